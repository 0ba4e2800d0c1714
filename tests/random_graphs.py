"""Random contributions that keep to the ontology, small enough that claims meet each other."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

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
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

WORDS = ontology()
KINDS = (
    ("Drug",),
    ("Drug", "DrugClass"),
    ("Therapy",),
    ("Condition",),
    ("Effect",),
    ("Condition", "Effect"),
    ("Target",),
    ("Process", "Effect"),
    ("Context",),
)
IDS = ("a", "b-1", "CHEBI:1", "MONDO:0.5", "d", "e", "f", "g", "h")
RELATIONS = tuple(r.name for r in WORDS.relations.values() if not r.is_derived)
LABELS = st.sampled_from(
    ("beta", "Beta", "alpha", "älpha", "\u03b12\u03b4-1", "two  words", "x")
) | st.text(st.characters(codec="utf-8"), min_size=1, max_size=6)
SOURCES = (
    Source("one", "First", "article", identifier="one.txt"),
    Source("three", "Third", "database", origin="r"),
    Source("two", "Second", "paper", licence="https://creativecommons.org/licenses/by/4.0/"),
)
REFERENCES = (Reference("one", "A work of the same id"), Reference("r", "R", "R 2020", ("1", "2")))
OTHER_QUALIFIERS = {
    "severity": ("mild", "fatal"),
    "hedge": ("may", 'can,\n\tthey "say" \\ ü\x7f'),
    "frequencyLow": ("0.013", "0.5"),
    "publication": ("PMID:1", "PMID:12", "a < b"),
    "addressee": tuple(c.key for c in WORDS.schemes["AddresseeScheme"].concepts),
    "citedReference": ("one", "r"),
}


def fits(entity: Entity, cls: str) -> bool:
    """Whether an entity may stand where a relation wants a class."""
    wanted = WORDS.kind_of_role(cls)
    return any(wanted in WORDS.classes[kind].ancestors for kind in entity.kinds)


def possible_keys(entities: tuple[Entity, ...]) -> list[StatementKey]:
    """Return every statement that keeps to domains and ranges."""
    return [
        StatementKey(subject.id, relation, value.id)
        for relation in RELATIONS
        for subject in entities
        if fits(subject, WORDS.relations[relation].domain)
        for value in entities
        if fits(value, WORDS.relations[relation].range)
    ]


@st.composite
def entities(draw: DrawFn) -> tuple[Entity, ...]:
    """Draw two entities or more, some of them broader than others."""
    ids = IDS[: draw(st.integers(2, len(IDS)))]
    found: list[Entity] = []
    for identifier in ids:
        earlier = st.sampled_from([e.id for e in found]) if found else st.nothing()
        found.append(
            Entity(
                id=identifier,
                label=draw(LABELS),
                kinds=draw(st.sampled_from(KINDS)),
                synonyms=tuple(sorted(draw(st.sets(LABELS, max_size=2)))),
                definition=draw(st.none() | st.just("An invented example.")),
                identifiers=draw(st.sampled_from(((), ("UMLS:C1", "MESH:D1")))),
                broader=tuple(sorted(draw(st.sets(earlier, max_size=2)))) if found else (),
            )
        )
    return tuple(found)


def _some(values: tuple[str, ...]) -> SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(values), max_size=2).map(lambda some: tuple(sorted(some)))


@st.composite
def qualifiers(draw: DrawFn, ids: tuple[str, ...]) -> MappingProxyType[str, tuple[str, ...]]:
    """Draw qualifiers, those that the derivation looks at foremost."""
    rarely = st.sampled_from((False, False, False, True)).flatmap(
        lambda given: _some(ids) if given else st.just(())
    )
    evidence = [c.key for c in WORDS.schemes["EvidenceScheme"].concepts]
    chosen = {
        "certainty": ("possible",),
        "evidenceLevel": (draw(st.sampled_from(evidence)),),
        "rank": draw(st.sampled_from(((), (), ("normal",), ("deprecated",)))),
        "onlyIf": draw(rarely),
        "likelierWith": draw(rarely),
        "worseWith": draw(rarely),
        "lineage": draw(st.sampled_from(((), (), ("one",), ("r",)))),
    }
    for name, values in OTHER_QUALIFIERS.items():
        some = draw(st.just(()) | _some(values))
        chosen[name] = some if WORDS.qualifiers[name].is_many else some[:1]
    order = WORDS.qualifiers
    return MappingProxyType({name: chosen[name] for name in order if chosen.get(name)})


@st.composite
def contributions(draw: DrawFn) -> Contribution:
    """Draw a contribution of few statements, so that relations meet their super-relations."""
    known = draw(entities())
    keys = possible_keys(known)
    some = draw(st.lists(st.sampled_from(keys), max_size=2)) if keys else []
    near = [key for key in keys if any(_related(key, one) for one in some)]
    stated = draw(st.lists(st.sampled_from(near), max_size=16)) if near else []
    claims = tuple(_claims(draw, stated, tuple(e.id for e in known)))
    return Contribution(SOURCES, known, claims, REFERENCES, tuple(_explanations(draw, claims)))


def _related(key: StatementKey, other: StatementKey) -> bool:
    """Whether two statements are of the same two entities and the same line of relations."""
    lines = WORDS.relations[key.relation].ancestors, WORDS.relations[other.relation].ancestors
    return key[::2] == other[::2] and lines[0][-1] == lines[1][-1]


def _claims(draw: DrawFn, stated: list[StatementKey], ids: tuple[str, ...]) -> list[Claim]:
    numbers: Counter[tuple[StatementKey, str]] = Counter()
    found = []
    for key in stated:
        source = draw(st.sampled_from(("one", "two", "three")))
        numbers[key, source] += 1
        found.append(
            Claim(
                id=claim_id(key, source, numbers[key, source]),
                statement=key,
                stance=draw(st.sampled_from(Stance)),
                source=source,
                qualifiers=draw(qualifiers(ids)),
                knowledge_level="knowledge_assertion",
                agent_type=draw(st.sampled_from(("manual_agent", "text_mining_agent"))),
            )
        )
    return found


def _explanations(draw: DrawFn, claims: tuple[Claim, ...]) -> list[Explanation]:
    keys = sorted({claim.statement for claim in claims})
    if not keys:
        return []
    some = st.lists(st.sampled_from(keys), max_size=2, unique=True)
    return [
        Explanation(
            id=f"why-{number}",
            label=f"why {number}",
            explains=tuple(sorted(draw(some))) or (keys[0],),
            source="one",
            certainty="unknown",
            hedge=draw(st.none() | st.just("may")),
            steps=tuple(
                Step(place, key, draw(st.sampled_from((None, "unsigned"))), None)
                for place, key in enumerate(draw(some), start=1)
            ),
        )
        for number in range(draw(st.integers(0, 2)))
    ]
