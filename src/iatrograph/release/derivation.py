"""What follows from the claims: support, opposition, edges, derived statements and roles.

The rules themselves are written in ``ontology/rules``; this computes the same on whole columns, and
a test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from iatrograph.release.evidence import read_claims
from iatrograph.release.risk_modifiers import risk_modifiers
from iatrograph.release.roles import members, roles
from iatrograph.release.summaries import summarise
from iatrograph.tables.ragged import Ragged
from iatrograph.tables.summary import Roles, StatementColumns

if TYPE_CHECKING:
    import numpy.typing as npt

    from iatrograph.release.evidence import ClaimColumns
    from iatrograph.tables.intake import Intake
    from iatrograph.vocabulary import Ontology


HARM: Final = ("mayCause", "worsens")


class Derived(NamedTuple):
    """All statements with their summaries, and the roles of the entities."""

    statements: StatementColumns
    roles: Roles


def derive(intake: Intake, ontology: Ontology) -> Derived:
    """Return the statements of an intake with all that follows from its claims."""
    claims = read_claims(intake, ontology)
    given = summarise(intake, claims, ontology)
    is_intervention = members(intake.entities, "Intervention", ontology)
    claims = replace(claims, risks=_risks_of_harm(intake, claims, given, ontology))
    derived = risk_modifiers(intake, claims, given, is_intervention)
    return Derived(
        _together(given, derived), roles(intake, claims, given, is_intervention, ontology)
    )


def _risks_of_harm(
    intake: Intake, claims: ClaimColumns, given: StatementColumns, ontology: Ontology
) -> Ragged:
    """Return the risks on claims about harm: what makes a benefit likelier is no risk."""
    names = {name for wide in HARM for name in ontology.descendants[wide]}
    is_harm = np.array([name in names for name in intake.relations])[given.relation]
    owners, values = claims.risks.owners(), claims.risks.values
    kept = is_harm[claims.statement[owners]]
    return Ragged.of_sorted(owners[kept], values[kept], len(claims.statement))


def _together(given: StatementColumns, derived: StatementColumns) -> StatementColumns:
    """Return both in the order of their keys."""
    keys = np.concatenate([given.keys, derived.keys])
    order = np.argsort(keys, kind="stable")

    def merged(name: str) -> npt.NDArray[np.generic]:
        return np.concatenate([getattr(given, name), getattr(derived, name)])[order]

    def lists(name: str) -> Ragged:
        first, second = getattr(given, name), getattr(derived, name)
        both = Ragged(
            np.concatenate([first.offsets, second.offsets[1:] + first.offsets[-1]]),
            np.concatenate([first.values, second.values]),
        )
        values, owner = both.gather(order)
        return Ragged.of_sorted(owner, values, len(order))

    ragged = {"conditional_on": lists("conditional_on"), "claims": lists("claims")}
    plain = set(StatementColumns.__dataclass_fields__) - ragged.keys()
    return StatementColumns(**{name: merged(name) for name in plain}, **ragged)  # type: ignore[arg-type]
