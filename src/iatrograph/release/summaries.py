"""Support, opposition and the other figures of the statements that are claimed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iatrograph.release.evidence import AFFIRMS, DENIES, MIXED, lineages, raised
from iatrograph.tables import layout
from iatrograph.tables.ragged import Ragged
from iatrograph.tables.summary import StatementColumns

if TYPE_CHECKING:
    import numpy.typing as npt

    from iatrograph.release.evidence import ClaimColumns, Weights
    from iatrograph.tables.intake import Intake
    from iatrograph.tables.ragged import Flags, Ints, Rows
    from iatrograph.vocabulary import Ontology


@dataclass(frozen=True, slots=True)
class Ends:
    """Subject, relation and object of statements."""

    subject: Rows
    relation: Rows
    object: Rows


def unpack(keys: Ints, intake: Intake) -> Ends:
    """Return the ends that statement keys stand for."""
    pairs, value = np.divmod(keys, max(len(intake.entities), 1))
    subject, relation = np.divmod(pairs, len(intake.relations))
    return Ends(*(part.astype(np.int32) for part in (subject, relation, value)))


def summarise(intake: Intake, claims: ClaimColumns, ontology: Ontology) -> StatementColumns:
    """Return all statements that are claimed, or stand in an explanation."""
    number, ends = len(intake.statement_keys), unpack(intake.statement_keys, intake)
    unconditional = claims.counts & ~claims.is_conditional
    affirms = claims.stance == AFFIRMS
    own_for = _best(claims, affirms & unconditional, number)
    own_against = _best(claims, ~affirms & unconditional, number)
    narrow, broad = _related(intake, ends, ontology)
    opposition = raised(own_against, narrow, own_against[broad])
    # Affirmation rises from what itself holds; its best weight decides, as any lesser one would.
    holds = own_for[narrow] >= opposition[narrow]
    support = raised(own_for, broad[holds], own_for[narrow[holds]])
    stances = _stances(claims, number)
    return StatementColumns(
        keys=intake.statement_keys,
        subject=ends.subject,
        relation=ends.relation,
        object=ends.object,
        support=support,
        opposition=opposition,
        claim_count=np.bincount(claims.statement, minlength=number).astype(np.int32),
        lineage_count=lineages(claims.statement, claims.lineage, claims.counts, number),
        is_asserted=(support != layout.NONE) & (support >= opposition),
        is_contested=_contested(stances, narrow, broad),
        possible_confounding_by_indication=_confounded(intake, ends, stances, ontology),
        stances=stances,
        conditional_on=_conditions(claims, affirms & claims.counts, number),
        claims=Ragged.of_sorted(
            claims.statement, np.arange(len(claims.statement), dtype=np.int32), number
        ),
    )


def _best(claims: ClaimColumns, chosen: Flags, statements: int) -> Weights:
    """Return the best weight among the chosen claims of each statement."""
    none = np.full(statements, layout.NONE, dtype=np.int8)
    return raised(none, claims.statement[chosen], claims.weight[chosen])


def _related(intake: Intake, ends: Ends, ontology: Ontology) -> tuple[Ints, Ints]:
    """Return pairs of rows: a statement, and one of a broader relation between the same two."""
    places = {name: place for place, name in enumerate(intake.relations)}
    found = [np.empty((2, 0), dtype=np.int64)]
    for name in intake.relations:
        rows = np.flatnonzero(ends.relation == places[name])
        for broader in ontology.relations[name].ancestors[1:]:
            shift = (places[broader] - places[name]) * len(intake.entities)
            wanted = intake.statement_keys[rows] + shift
            at = np.searchsorted(intake.statement_keys, wanted)
            at = np.minimum(at, len(intake.statement_keys) - 1)
            there = intake.statement_keys[at] == wanted
            found.append(np.stack([rows[there], at[there]]))
    narrow, broad = np.concatenate(found, axis=1)
    return narrow, broad


def _stances(claims: ClaimColumns, statements: int) -> npt.NDArray[np.uint8]:
    bits = np.zeros(statements, dtype=np.uint8)
    taken = np.left_shift(1, claims.stance[claims.counts]).astype(np.uint8)
    np.bitwise_or.at(bits, claims.statement[claims.counts], taken)
    return bits


def _contested(stances: npt.NDArray[np.uint8], narrow: Ints, broad: Ints) -> Flags:
    denial, mixed = 1 << DENIES, 1 << MIXED
    affirmed = stances & (1 << AFFIRMS) != 0
    opposed = stances & (denial | mixed) != 0
    affirmed_below, opposed_above = affirmed.copy(), opposed.copy()
    np.logical_or.at(affirmed_below, broad, affirmed[narrow])
    np.logical_or.at(opposed_above, narrow, opposed[broad])
    both_ways = stances & (denial | mixed) == denial | mixed
    contested: Flags = affirmed_below & opposed_above | both_ways
    return contested


def _confounded(
    intake: Intake, ends: Ends, stances: npt.NDArray[np.uint8], ontology: Ontology
) -> Flags:
    """Return which statements of harm have a use of the same subject against the same object."""

    def of(name: str) -> Flags:
        wanted = [relation in ontology.descendants[name] for relation in intake.relations]
        found: Flags = np.array(wanted)[ends.relation]
        return found

    pairs = ends.subject.astype(np.int64) * len(intake.entities) + ends.object
    is_affirmed = stances & (1 << AFFIRMS) != 0
    confounded: Flags = of("mayCause") & np.isin(pairs, pairs[of("addresses") & is_affirmed])
    return confounded


def _conditions(claims: ClaimColumns, chosen: Flags, statements: int) -> Ragged:
    owners = claims.only_if.owners()
    kept = chosen[owners]
    return Ragged.of_pairs(claims.statement[owners[kept]], claims.only_if.values[kept], statements)
