"""The claims as arrays: which side each takes, how much it weighs, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from iatrograph.model import Stance
from iatrograph.tables import arrow, layout
from iatrograph.tables.ragged import Flags, Ints, Ragged, Rows, distinct

if TYPE_CHECKING:
    from iatrograph.tables.intake import Intake
    from iatrograph.vocabulary import Ontology

Weights = npt.NDArray[np.int8]

AFFIRMS, DENIES, MIXED = (
    layout.STANCES.index(stance) for stance in (Stance.AFFIRMS, Stance.DENIES, Stance.MIXED)
)

RISKS: Final = ("likelier_with", "worse_with")


@dataclass(frozen=True, slots=True)
class ClaimColumns:
    """The claims in the order of their statements.

    ``counts`` is false for deprecated ones, ``lineage`` is one number for one origin, ``risks`` are
    the entities with which a claim is likelier or worse.
    """

    statement: Rows
    stance: npt.NDArray[np.int8]
    weight: Weights
    counts: Flags
    is_conditional: Flags
    lineage: Ints
    only_if: Ragged
    risks: Ragged


def read_claims(intake: Intake, ontology: Ontology) -> ClaimColumns:
    """Return the claims of an intake as the derivation looks at them."""
    columns = intake.claims
    only_if = arrow.ragged_of(columns["only_if"])
    evidence = ontology.schemes["EvidenceScheme"].concepts
    weights = [layout.NONE if c.weight is None else c.weight for c in evidence] + [layout.NONE]
    ranks = [concept.key for concept in ontology.schemes["RankScheme"].concepts]
    rank = arrow.codes_of(columns["rank"])
    risks = [arrow.ragged_of(columns[name]) for name in RISKS]
    return ClaimColumns(
        statement=arrow.array_of(columns["statement"]),
        stance=arrow.array_of(columns["stance"]),
        # The code of a claim without evidence is -1: the last weight, which is none.
        weight=np.array(weights, dtype=np.int8)[arrow.codes_of(columns["evidence_level"])],
        counts=rank != ranks.index("deprecated"),
        is_conditional=np.diff(only_if.offsets) > 0,
        lineage=_lineage(intake),
        only_if=only_if,
        risks=Ragged.of_pairs(
            np.concatenate([risk.owners() for risk in risks]),
            np.concatenate([risk.values for risk in risks]),
            len(only_if.offsets) - 1,
        ),
    )


def _lineage(intake: Intake) -> Ints:
    """Return a number for the origin of each claim: a reference, its own or its source's, or that.

    References come before sources.
    """
    works = {work.id: row for row, work in enumerate(intake.references)}
    origins = [
        len(works) + row if source.origin is None else works[source.origin]
        for row, source in enumerate(intake.sources)
    ]
    stated = arrow.ragged_of(intake.claims["lineage"])
    lineage: Ints = np.array(origins, dtype=np.int64)[arrow.array_of(intake.claims["source"])]
    lineage[stated.owners()] = stated.values
    return lineage


def raised(weights: Weights, rows: npt.NDArray[np.integer], by: Weights) -> Weights:
    """Return the weights, each at least as high as those given for its row."""
    raised = weights.copy()
    np.maximum.at(raised, rows, by)
    return raised


def lineages(
    owners: npt.NDArray[np.integer], lineage: Ints, counts: Flags, statements: int
) -> Rows:
    """Return how many origins there are among the claims of each statement that count."""
    origins = int(lineage.max(initial=0)) + 1
    pairs = distinct(owners[counts].astype(np.int64) * origins + lineage[counts])
    return np.bincount(pairs // origins, minlength=statements).astype(np.int32)
