"""The derived statements: what makes an effect of an intervention likelier or worse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from iatrograph.release.evidence import AFFIRMS, lineages, raised
from iatrograph.release.summaries import unpack
from iatrograph.tables import layout
from iatrograph.tables.ragged import Ragged
from iatrograph.tables.summary import StatementColumns

if TYPE_CHECKING:
    from iatrograph.release.evidence import ClaimColumns
    from iatrograph.tables.intake import Intake
    from iatrograph.tables.ragged import Flags, Ints, Rows

_DERIVED: Final = "modifiesRiskOf"


def risk_modifiers(
    intake: Intake, claims: ClaimColumns, given: StatementColumns, is_intervention: Flags
) -> StatementColumns:
    """Return a statement for each intervention and what raises the risk of it."""
    claim, risk = claims.risks.owners(), claims.risks.values
    statement = claims.statement[claim]
    subject = given.subject[statement]
    kept = (
        (claims.stance[claim] == AFFIRMS)
        & claims.counts[claim]
        & given.is_asserted[statement]
        & is_intervention[subject]
    )
    claim, packed = claim[kept], _keys(intake, risk[kept], subject[kept])
    keys, owner = np.unique(packed, return_inverse=True)
    number, ends = len(keys), unpack(keys, intake)
    none = np.full(number, layout.NONE, dtype=np.int8)
    derived_from = Ragged.of_pairs(owner, claim, number)
    owners, rows = derived_from.owners(), derived_from.values
    return StatementColumns(
        keys=keys,
        subject=ends.subject,
        relation=ends.relation,
        object=ends.object,
        support=raised(none, owners, claims.weight[rows]),
        opposition=none,
        claim_count=np.diff(derived_from.offsets).astype(np.int32),
        lineage_count=lineages(
            owners, claims.lineage[rows], np.ones(len(rows), dtype=bool), number
        ),
        is_asserted=np.ones(number, dtype=bool),
        is_contested=np.zeros(number, dtype=bool),
        possible_confounding_by_indication=np.zeros(number, dtype=bool),
        stances=np.full(number, 1 << AFFIRMS, dtype=np.uint8),
        conditional_on=Ragged.of_sorted(owners[:0], rows[:0], number),
        claims=derived_from,
    )


def _keys(intake: Intake, risk: Rows, intervention: Rows) -> Ints:
    sizes = len(intake.relations), len(intake.entities)
    relation = np.full(len(risk), intake.relations.index(_DERIVED), dtype=np.int32)
    return layout.pack_keys(risk, relation, intervention, *sizes)
