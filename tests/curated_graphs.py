"""Random contributions that keep to every rule for curated files, with every qualifier there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from iatrograph.model import (
    Claim,
    Contribution,
    Entity,
    Explanation,
    Reference,
    Source,
    Stance,
    StatementKey,
    Step,
    claim_id,
)
from iatrograph.model.conformance import AGENT_TYPES, KNOWLEDGE_LEVELS, Known, statement_faults
from iatrograph.rdf import triples
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn, SearchStrategy

    from iatrograph.vocabulary import Qualifier

WORDS: Final = ontology()
KINDS: Final = {
    "drug-a": ("Drug",),
    "drug-b": ("Drug",),
    "CHEBI:7": ("Drug",),
    "measure": ("Therapy",),
    "umls:C00.1": ("Condition", "Effect"),
    "sign": ("Effect",),
    "target": ("Target", "Process"),
    "age": ("Context",),
    "people": ("Population",),
    "mouth": ("Route",),
    "brain": ("Anatomy",),
    "doctor": ("Care",),
    "scan": ("Diagnostic",),
    "walking": ("Functioning",),
}
SOURCES: Final = ("one", "two")
REFERENCES: Final = ("one", "ref-1")
IDENTIFIERS: Final = ("HP:0000001", "mesh:D1", "doi:10.1000/y%20z")
TEXT: Final = st.text(st.characters(exclude_categories=["Cs"])).map(str.strip).filter(bool)
KNOWN: Final = Known(KINDS, SOURCES, REFERENCES)
KEYS: Final = tuple(
    key
    for subject in KINDS
    for relation in WORDS.relations
    for value in KINDS
    if not list(statement_faults(key := StatementKey(subject, relation, value), KNOWN, WORDS))
)


def _some(values: SearchStrategy[str]) -> SearchStrategy[tuple[str, ...]]:
    return st.sets(values, max_size=3).map(lambda found: tuple(sorted(found)))


@st.composite
def entities(draw: DrawFn) -> tuple[Entity, ...]:
    """Draw all entities, each with random names."""
    found: list[Entity] = []
    for name, kinds in sorted(KINDS.items()):
        above = st.sampled_from([other for other in KINDS if other < name] or [name])
        found.append(
            Entity(
                id=name,
                label=f"{name} {draw(TEXT)}",
                kinds=kinds,
                synonyms=draw(_some(TEXT)),
                definition=draw(st.none() | TEXT),
                identifiers=draw(_some(st.sampled_from(IDENTIFIERS))),
                broader=tuple(b for b in draw(_some(above)) if b != name),
            )
        )
    return tuple(found)


def _values(qualifier: Qualifier) -> SearchStrategy[str]:
    if qualifier.scheme is not None:
        return st.sampled_from(sorted(WORDS.schemes[qualifier.scheme].by_key))
    if qualifier.kind == "text":
        return TEXT
    if qualifier.kind == "number":
        return st.sampled_from(("0", "0.05", "1"))
    if qualifier.kind == "reference":
        return st.sampled_from(REFERENCES)
    return st.sampled_from([e for e in KINDS if KNOWN.is_a(e, qualifier.range, WORDS)])


@st.composite
def claims(draw: DrawFn, key: StatementKey, source: str, number: int) -> Claim:
    """Draw one claim with any of the qualifiers."""
    stance = draw(st.sampled_from(Stance))
    wanted = set(draw(st.sets(st.sampled_from(sorted(WORDS.qualifiers)))))
    wanted |= {"certainty", "evidenceLevel", "paraphrase", "locator"}
    if stance is Stance.DENIES:
        wanted -= {"frequency"}
    qualifiers = {}
    for name in sorted(wanted):
        qualifier = WORDS.qualifiers[name]
        most = 3 if qualifier.is_many else 1
        values = draw(st.sets(_values(qualifier), min_size=1, max_size=most))
        qualifiers[name] = tuple(sorted(values))
    level = draw(st.sampled_from(KNOWLEDGE_LEVELS))
    agent = draw(st.sampled_from(AGENT_TYPES))
    return Claim(claim_id(key, source, number), key, stance, source, qualifiers, level, agent)


@st.composite
def explanations(draw: DrawFn, name: str, keys: tuple[StatementKey, ...]) -> Explanation:
    """Draw an explanation of statements that are claimed."""
    certainty = st.sampled_from(sorted(WORDS.schemes["CertaintyScheme"].by_key))
    direction = st.sampled_from(sorted(WORDS.schemes["DirectionScheme"].by_key))
    chain = draw(st.lists(st.sampled_from(keys), max_size=3))
    return Explanation(
        id=name,
        label=draw(TEXT),
        explains=tuple(sorted(draw(st.sets(st.sampled_from(keys), min_size=1, max_size=2)))),
        source=draw(st.sampled_from(SOURCES)),
        certainty=draw(certainty),
        hedge=draw(st.none() | TEXT),
        paraphrase=draw(TEXT),
        locator=draw(TEXT),
        steps=tuple(
            Step(position, key, draw(direction), draw(certainty))
            for position, key in enumerate(chain, start=1)
        ),
    )


@st.composite
def curated(draw: DrawFn) -> Contribution:
    """Draw a whole contribution, sorted as the reader sorts."""
    keys = tuple(draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True)))
    found = [
        draw(claims(key, source, number))
        for key in keys
        for source in draw(st.sampled_from((("one",), ("one", "two"))))
        for number in range(1, draw(st.integers(1, 2)) + 1)
    ]
    licences = ("CC0", "https://creativecommons.org/licenses/by/4.0/")
    return Contribution(
        sources=tuple(
            Source(name, draw(TEXT), "article", draw(st.none() | TEXT), draw(st.none() | TEXT), li)
            for name, li in zip(SOURCES, licences, strict=True)
        ),
        entities=draw(entities()),
        claims=tuple(sorted(found, key=lambda claim: claim.id)),
        references=tuple(
            Reference(
                name, draw(TEXT), draw(st.none() | TEXT), draw(_some(st.sampled_from(IDENTIFIERS)))
            )
            for name in REFERENCES
        ),
        explanations=tuple(draw(explanations(name, keys)) for name in ("how", "how-else")),
    )


def lines_of(contribution: Contribution) -> Iterator[str]:
    """Yield the curated N-Triples lines of a contribution."""
    found = tuple(contribution.claims)
    for entity in contribution.entities:
        yield from triples.entity_lines(entity)
    for source in contribution.sources:
        yield from triples.source_lines(source, WORDS)
    for reference in contribution.references:
        yield from triples.reference_lines(reference)
    for key in dict.fromkeys(claim.statement for claim in found):
        yield from triples.statement_key_lines(key)
    for claim in found:
        yield from triples.claim_lines(claim, WORDS)
    for explanation in contribution.explanations:
        yield from triples.explanation_lines(explanation, WORDS)
