"""The rules for claims, for millions of them: what was found right once is not asked twice.

Says of every claim what ``model.conformance`` says; a test compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iatrograph.model import Stance, claim_id
from iatrograph.model.conformance import (
    AGENT_TYPES,
    KNOWLEDGE_LEVELS,
    MANDATORY,
    claim_faults,
    statement_faults,
)

if TYPE_CHECKING:
    from iatrograph.model import Claim, StatementKey
    from iatrograph.model.conformance import Fault, Known
    from iatrograph.vocabulary import Ontology


class ClaimCheck:
    """Finds the first fault of each claim, given what claims may refer to."""

    def __init__(self, known: Known, ontology: Ontology) -> None:
        self._known, self._ontology = known, ontology
        self._right_ends: set[tuple[str, tuple[str, ...], tuple[str, ...]]] = set()
        self._right_values: set[tuple[str, tuple[str, ...]]] = set()
        self._right_origins: set[tuple[str, str, str]] = set()
        self._texts = {q.name: q.is_many for q in ontology.qualifiers.values() if q.kind == "text"}
        self._symmetric = frozenset(r.name for r in ontology.relations.values() if r.is_symmetric)

    def first_fault(self, claim: Claim) -> Fault | None:
        """Return the first rule that the claim breaks, None where it keeps to all."""
        if self._is_right(claim):
            return None
        faults = statement_faults(claim.statement, self._known, self._ontology)
        return next(faults, None) or next(claim_faults(claim, self._known, self._ontology), None)

    def _is_right(self, claim: Claim) -> bool:
        """Whether all of it was found right before; what is new is looked at and remembered."""
        return (
            self._has_right_ends(claim.statement)
            and claim.id == claim_id(claim.statement, claim.source)
            and self._has_right_origin(claim)
            and all(name in claim.qualifiers for name in MANDATORY)
            and not (claim.stance is Stance.DENIES and "frequency" in claim.qualifiers)
            and all(self._is_right_value(claim, *pair) for pair in claim.qualifiers.items())
        )

    def _has_right_ends(self, key: StatementKey) -> bool:
        subject, relation, value = key
        kinds = self._known.kinds
        ends = (relation, kinds.get(subject, ()), kinds.get(value, ()))
        if subject == value or (relation in self._symmetric and subject > value):
            return False
        if ends in self._right_ends:
            return True
        if any(statement_faults(key, self._known, self._ontology)):
            return False
        self._right_ends.add(ends)
        return True

    def _has_right_origin(self, claim: Claim) -> bool:
        origin = (claim.source, claim.knowledge_level, claim.agent_type)
        if origin in self._right_origins:
            return True
        right = (
            claim.source in self._known.sources
            and claim.knowledge_level in KNOWLEDGE_LEVELS
            and claim.agent_type in AGENT_TYPES
        )
        if right:
            self._right_origins.add(origin)
        return right

    def _is_right_value(self, claim: Claim, name: str, values: tuple[str, ...]) -> bool:
        if name in self._texts:  # few texts come twice: nothing to remember
            is_one_or_many = len(values) == 1 or self._texts[name]
            return is_one_or_many and all(text and text == text.strip() for text in values)
        if (name, values) in self._right_values:
            return True
        if any(claim_faults(claim, self._known, self._ontology)):
            return False
        self._right_values.add((name, values))
        return True
