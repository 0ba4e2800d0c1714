"""Roles: what entities are by the use that claims and edges make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from iatrograph.release.evidence import AFFIRMS
from iatrograph.tables.summary import Roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iatrograph.model import Entity
    from iatrograph.release.evidence import ClaimColumns
    from iatrograph.tables.intake import Intake
    from iatrograph.tables.ragged import Flags, Rows
    from iatrograph.tables.summary import StatementColumns
    from iatrograph.vocabulary import Ontology


def members(entities: Sequence[Entity], name: str, ontology: Ontology) -> Flags:
    """Return which entities are of a class."""
    kinds = {cls for cls, known in ontology.classes.items() if name in known.ancestors}
    return np.array([not kinds.isdisjoint(entity.kinds) for entity in entities], dtype=bool)


def roles(
    intake: Intake,
    claims: ClaimColumns,
    given: StatementColumns,
    is_intervention: Flags,
    ontology: Ontology,
) -> Roles:
    """Return who plays which role; ``given`` are the statements that are claimed."""

    def edges(*names: str) -> Flags:
        narrower = {name for wide in names for name in ontology.descendants[wide]}
        wanted = np.array([name in narrower for name in intake.relations])
        held: Flags = given.is_asserted & wanted[given.relation]
        return held

    claim = claims.risks.owners()
    counted = (claims.stance[claim] == AFFIRMS) & claims.counts[claim]
    number = len(intake.entities)
    causes = edges("mayCause") & is_intervention[given.subject]
    return Roles(
        adverse_effect=_flags([given.object[causes]], number),
        mitigation=_flags([given.subject[edges("mitigates", "prevents")]], number),
        risk_factor=_flags(
            [claims.risks.values[counted], given.subject[edges("increasesRiskOf")]], number
        ),
    )


def _flags(rows: Iterable[Rows], length: int) -> Flags:
    flags = np.zeros(length, dtype=bool)
    for some in rows:
        flags[some] = True
    return flags
