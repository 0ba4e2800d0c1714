"""A claim: what one source says about one statement in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iatrograph.model.statement import StatementKey


class Stance(StrEnum):
    """The side a claim takes; the value is the name of the property in RDF."""

    AFFIRMS = "affirms"
    DENIES = "denies"
    MIXED = "mixedOn"


def claim_id(statement: StatementKey, source: str, number: int = 1) -> str:
    """Return ``statement.source``, with the number from the second claim on."""
    suffix = f".{number}" if number > 1 else ""
    return f"{statement.id}.{source}{suffix}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's stance on one statement, with its qualifiers.

    ``qualifiers`` maps the name of a qualifier of the ontology to its values, in order: notations
    of concepts (``possible``), ids of entities, ids of references, or words. A qualifier that the
    source does not give is absent. ``knowledge_level`` and ``agent_type`` are Biolink values.
    """

    id: str
    statement: StatementKey
    stance: Stance
    source: str
    qualifiers: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    knowledge_level: str = "not_provided"
    agent_type: str = "not_provided"

    def one(self, qualifier: str) -> str | None:
        """Return the single value of a qualifier, or None."""
        values = self.qualifiers.get(qualifier)
        return values[0] if values else None

    def many(self, qualifier: str) -> tuple[str, ...]:
        """Return all values of a qualifier, none if it is absent."""
        return self.qualifiers.get(qualifier, ())

    @property
    def is_conditional(self) -> bool:
        """Whether the claim is limited to some context."""
        return "onlyIf" in self.qualifiers

    @property
    def is_deprecated(self) -> bool:
        """Whether the curator has withdrawn it; then it counts nowhere."""
        return self.one("rank") == "deprecated"
