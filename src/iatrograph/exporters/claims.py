"""Claims as CSV: one row each, every qualifier of the ontology a column of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.exporters.csv import csv_bytes
from iatrograph.exporters.values import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iatrograph.exporters.content import Content
    from iatrograph.model import Claim, Statement
    from iatrograph.vocabulary import Qualifier

_FIXED: Final = (
    "claim",
    "subject",
    "subject_label",
    "relation",
    "relation_label",
    "object",
    "object_label",
    "statement",
    "statement_support",
    "statement_opposition",
    "statement_asserted",
    "statement_contested",
    "statement_possible_confounding_by_indication",
    "stance",
    "source",
    "source_title",
    "source_kind",
    "knowledge_level",
    "agent_type",
)


def claim_rows(content: Content) -> Iterator[bytes]:
    """Yield a row for every claim, in order of statements.

    Several values of a qualifier are joined by a bar. Where they are entities or references, the
    column holds their ids and ``<column>_names`` their labels or titles. Statements that are
    derived from claims about others have no rows of their own.
    """
    qualifiers = sorted(content.ontology.qualifiers.values(), key=lambda q: q.column)
    columns = [name for qualifier in qualifiers for name in _columns(qualifier)]
    places = {q.name: (q, columns.index(q.column)) for q in qualifiers}
    relations = content.ontology.relations
    rows = (
        [*_fixed(content, statement, claim), *_qualified(content, claim, places, len(columns))]
        for statement, claims in content.statements
        if not relations[statement.key.relation].is_derived
        for claim in claims
    )
    return csv_bytes([*_FIXED, *columns], rows)


def _has_names(qualifier: Qualifier) -> bool:
    return qualifier.kind in {"entity", "reference"}


def _columns(qualifier: Qualifier) -> tuple[str, ...]:
    name = qualifier.column
    return (name, f"{name}_names") if _has_names(qualifier) else (name,)


def _fixed(content: Content, statement: Statement, claim: Claim) -> tuple[object, ...]:
    subject, relation, target = statement.key
    source = content.sources.get(claim.source)
    return (
        claim.id,
        subject,
        content.labels.get(subject, subject),
        relation,
        content.ontology.relations[relation].label,
        target,
        content.labels.get(target, target),
        statement.key.id,
        statement.support,
        statement.opposition,
        _truth(statement.is_asserted),
        _truth(statement.is_contested),
        _truth(statement.possible_confounding_by_indication),
        claim.stance.value,
        claim.source,
        content.source_title(claim),
        source.kind if source else None,
        claim.knowledge_level,
        claim.agent_type,
    )


_PLAIN: Final = frozenset({"text", "number"})


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _qualified(
    content: Content, claim: Claim, places: Mapping[str, tuple[Qualifier, int]], width: int
) -> list[object]:
    cells: list[object] = [None] * width
    for name, values in claim.qualifiers.items():
        qualifier, place = places[name]
        # A single text is left as it is: its bars separate nothing.
        cells[place] = (
            join(values) if qualifier.is_many or qualifier.kind not in _PLAIN else values[0]
        )
        if _has_names(qualifier):
            cells[place + 1] = join(content.names(qualifier, claim))
    return cells
