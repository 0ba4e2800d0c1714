"""Claims as CSV: one row each, every qualifier of the ontology a column of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.exporters.csv import csv_bytes
from iatrograph.exporters.values import join

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    header = [*_FIXED, *(name for q in qualifiers for name in _columns(q))]
    relations = content.ontology.relations
    return csv_bytes(
        header,
        (
            [*_fixed(content, statement, claim), *_qualified(content, qualifiers, claim)]
            for statement, claims in content.statements
            if not relations[statement.key.relation].is_derived
            for claim in claims
        ),
    )


def _has_names(qualifier: Qualifier) -> bool:
    return qualifier.kind in {"entity", "reference"}


def _columns(qualifier: Qualifier) -> tuple[str, ...]:
    name = qualifier.column
    return (name, f"{name}_names") if _has_names(qualifier) else (name,)


def _fixed(content: Content, statement: Statement, claim: Claim) -> Iterator[object]:
    subject, relation, target = statement.key
    source = content.sources.get(claim.source)
    yield claim.id
    yield from (subject, content.labels.get(subject, subject))
    yield from (relation, content.ontology.relations[relation].label)
    yield from (target, content.labels.get(target, target))
    yield statement.key.id
    yield from (statement.support, statement.opposition)
    yield from (statement.is_asserted, statement.is_contested)
    yield claim.stance.value
    yield from (claim.source, content.source_title(claim), source.kind if source else None)
    yield from (claim.knowledge_level, claim.agent_type)


def _qualified(content: Content, qualifiers: list[Qualifier], claim: Claim) -> Iterator[object]:
    for qualifier in qualifiers:
        values = claim.many(qualifier.name)
        # A single text is left as it is: its bars separate nothing.
        yield values[0] if qualifier.kind == "text" and values else join(values)
        if _has_names(qualifier):
            yield join(content.names(qualifier, claim))
