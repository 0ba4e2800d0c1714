"""What an export is made of: sorted streams, and the names that stand behind their ids."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iatrograph.model import Claim, Entity, Reference, Source, Statement
    from iatrograph.release import Release
    from iatrograph.tables import Tables
    from iatrograph.vocabulary import Ontology, Qualifier

BATCH: Final = 2_000
"""Statements whose claims are fetched in one call."""

DISCLAIMER: Final = (
    "Not medical advice. A statement is what sources say, not what is certain; "
    "no statement does not mean that something is safe."
)


class Stated(NamedTuple):
    """A statement with its claims; a derived one with those that it is derived from."""

    statement: Statement
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Entities by id, statements by key; both are streams, to be read once, in this order."""

    release: str
    ontology: Ontology
    entities: Iterable[Entity]
    statements: Iterable[Stated]
    labels: Mapping[str, str]
    sources: Mapping[str, Source]
    references: Mapping[str, Reference]

    def names(self, qualifier: Qualifier, claim: Claim) -> tuple[str, ...]:
        """Return the values of a qualifier in words: labels and titles in place of ids."""
        values = claim.many(qualifier.name)
        if qualifier.kind == "entity":
            return tuple(self.labels.get(value, value) for value in values)
        if qualifier.kind == "reference":
            return tuple(self._title(value) for value in values)
        return values

    def source_title(self, claim: Claim) -> str:
        """Return the title of a claim's source."""
        source = self.sources.get(claim.source)
        return source.title if source else claim.source

    def about(self) -> str:
        """Return what a reader of the file must know: release, sources, licences, disclaimer."""
        used = sorted(self.sources.values(), key=lambda source: source.id)
        sources = "; ".join(f"{s.title} ({s.licence or 'licence not stated'})" for s in used)
        return f"Iatrograph, release {self.release}. Sources: {sources}. {DISCLAIMER}"

    def _title(self, reference: str) -> str:
        found = self.references.get(reference)
        return found.title if found else reference


def whole_release(release: Release, ontology: Ontology, *, unasserted: bool = True) -> Content:
    """Return everything in a release, or its asserted statements only."""
    tables = release.tables
    statements = (s for s in tables.all_statements() if unasserted or s.is_asserted)
    labels = {entity.id: entity.label for entity in tables.all_entities()}
    return _content(release, ontology, tables.all_entities(), statements, labels)


def part_of_release(
    release: Release, ontology: Ontology, statements: Iterable[Statement]
) -> Content:
    """Return some statements of a release with the entities at their ends.

    The statements are sorted here, so all of them are held at once.
    """
    ordered = sorted({s.key: s for s in statements}.values(), key=lambda s: s.key)
    ids = sorted({end for s in ordered for end in (s.key.subject, s.key.object)})
    entities = [entity for entity in release.tables.entities(ids) if entity]
    labels = _labels_beyond(release.tables, ordered) | {e.id: e.label for e in entities}
    return _content(release, ontology, entities, ordered, labels)


def _content(
    release: Release,
    ontology: Ontology,
    entities: Iterable[Entity],
    statements: Iterable[Statement],
    labels: Mapping[str, str],
) -> Content:
    tables = release.tables
    return Content(
        release=release.info.id,
        ontology=ontology,
        entities=entities,
        statements=with_claims(tables, statements),
        labels=labels,
        sources=tables.sources,
        references=tables.references,
    )


def with_claims(tables: Tables, statements: Iterable[Statement]) -> Iterator[Stated]:
    """Yield the statements in the same order, each with its claims, fetched in batches."""
    stream = iter(statements)
    while batch := list(islice(stream, BATCH)):
        yield from map(Stated, batch, tables.claims([s.key for s in batch]))


def _labels_beyond(tables: Tables, statements: list[Statement]) -> dict[str, str]:
    """Return labels of entities that the claims mention beside the ends of their statements."""
    claims = tables.claims([s.key for s in statements])
    named = {
        value
        for own in claims
        for claim in own
        for values in claim.qualifiers.values()
        for value in values
    } | {value for s in statements for value in s.conditional_on}
    found = tables.entities(sorted(named))
    return {entity.id: entity.label for entity in found if entity}
