"""What follows from the claims: support, opposition, edges, derived statements and roles.

The rules themselves are written in ``ontology/rules``; this computes the same on whole columns, and
a test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from iatrograph.model import Stance
from iatrograph.tables import arrow, layout
from iatrograph.tables.ragged import Flags, Ints, Ragged, Rows
from iatrograph.tables.summary import Roles, StatementColumns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iatrograph.model import Entity
    from iatrograph.tables.intake import Intake
    from iatrograph.vocabulary import Ontology

Weights = npt.NDArray[np.int8]

_AFFIRMS, _DENIES, _MIXED = (
    layout.STANCES.index(stance) for stance in (Stance.AFFIRMS, Stance.DENIES, Stance.MIXED)
)
_RISKS: Final = ("likelier_with", "worse_with")
_DERIVED: Final = "modifiesRiskOf"


class Derived(NamedTuple):
    """All statements with their summaries, and the roles of the entities."""

    statements: StatementColumns
    roles: Roles


@dataclass(frozen=True, slots=True)
class _Claims:
    """The claims as arrays, in the order of their statements; ``lineage`` tells origins apart."""

    statement: Rows
    stance: npt.NDArray[np.int8]
    weight: Weights
    counts: Flags
    is_conditional: Flags
    lineage: Ints
    only_if: Ragged
    risks: Ragged


@dataclass(frozen=True, slots=True)
class _Ends:
    """Subject, relation and object of statements."""

    subject: Rows
    relation: Rows
    object: Rows


def derive(intake: Intake, ontology: Ontology) -> Derived:
    """Return the statements of an intake with all that follows from its claims."""
    claims = _claims(intake, ontology)
    ends = _unpack(intake.statement_keys, intake)
    given = _summarise(intake, claims, ends, ontology)
    is_intervention = _are(intake.entities, "Intervention", ontology)
    derived = _risk_modifiers(intake, claims, given, is_intervention)
    roles = _roles(intake, claims, given, is_intervention, ontology)
    return Derived(_together(given, derived), roles)


def _claims(intake: Intake, ontology: Ontology) -> _Claims:
    columns = intake.claims
    only_if = arrow.ragged_of(columns["only_if"])
    evidence = ontology.schemes["EvidenceScheme"].concepts
    weights = [layout.NONE if c.weight is None else c.weight for c in evidence] + [layout.NONE]
    ranks = [concept.key for concept in ontology.schemes["RankScheme"].concepts]
    rank = arrow.codes_of(columns["rank"])
    risks = [arrow.ragged_of(columns[name]) for name in _RISKS]
    return _Claims(
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
    """Return a number for the origin of each claim: a reference, or else its source."""
    stated = arrow.ragged_of(intake.claims["lineage"])
    lineage = arrow.array_of(intake.claims["source"]).astype(np.int64) + len(intake.references)
    lineage[stated.owners()] = stated.values
    return lineage


def _unpack(keys: Ints, intake: Intake) -> _Ends:
    pairs, value = np.divmod(keys, max(len(intake.entities), 1))
    subject, relation = np.divmod(pairs, len(intake.relations))
    return _Ends(*(part.astype(np.int32) for part in (subject, relation, value)))


def _summarise(
    intake: Intake, claims: _Claims, ends: _Ends, ontology: Ontology
) -> StatementColumns:
    number = len(intake.statement_keys)
    unconditional = claims.counts & ~claims.is_conditional
    affirms = claims.stance == _AFFIRMS
    own_for = _best(claims, affirms & unconditional, number)
    own_against = _best(claims, ~affirms & unconditional, number)
    narrow, broad = _related(intake, ends, ontology)
    opposition = _raised(own_against, narrow, own_against[broad])
    # Affirmation rises from what itself holds; its best weight decides, as any lesser one would.
    holds = own_for[narrow] >= opposition[narrow]
    support = _raised(own_for, broad[holds], own_for[narrow[holds]])
    stances = _stances(claims, number)
    return StatementColumns(
        keys=intake.statement_keys,
        subject=ends.subject,
        relation=ends.relation,
        object=ends.object,
        support=support,
        opposition=opposition,
        claim_count=np.bincount(claims.statement, minlength=number).astype(np.int32),
        lineage_count=_lineages(claims.statement, claims.lineage, claims.counts, number),
        is_asserted=(support != layout.NONE) & (support >= opposition),
        is_contested=_contested(stances, narrow, broad),
        stances=stances,
        conditional_on=_conditions(claims, affirms & claims.counts, number),
        claims=Ragged.of_sorted(
            claims.statement, np.arange(len(claims.statement), dtype=np.int32), number
        ),
    )


def _best(claims: _Claims, chosen: Flags, statements: int) -> Weights:
    """Return the best weight among the chosen claims of each statement."""
    none = np.full(statements, layout.NONE, dtype=np.int8)
    return _raised(none, claims.statement[chosen], claims.weight[chosen])


def _raised(weights: Weights, rows: npt.NDArray[np.integer], by: Weights) -> Weights:
    raised = weights.copy()
    np.maximum.at(raised, rows, by)
    return raised


def _related(intake: Intake, ends: _Ends, ontology: Ontology) -> tuple[Ints, Ints]:
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


def _stances(claims: _Claims, statements: int) -> npt.NDArray[np.uint8]:
    bits = np.zeros(statements, dtype=np.uint8)
    taken = np.left_shift(1, claims.stance[claims.counts]).astype(np.uint8)
    np.bitwise_or.at(bits, claims.statement[claims.counts], taken)
    return bits


def _contested(stances: npt.NDArray[np.uint8], narrow: Ints, broad: Ints) -> Flags:
    denial, mixed = 1 << _DENIES, 1 << _MIXED
    affirmed = stances & (1 << _AFFIRMS) != 0
    opposed = stances & (denial | mixed) != 0
    affirmed_below, opposed_above = affirmed.copy(), opposed.copy()
    np.logical_or.at(affirmed_below, broad, affirmed[narrow])
    np.logical_or.at(opposed_above, narrow, opposed[broad])
    both_ways = stances & (denial | mixed) == denial | mixed
    contested: Flags = affirmed_below & opposed_above | both_ways
    return contested


def _lineages(
    owners: npt.NDArray[np.integer], lineage: Ints, counts: Flags, statements: int
) -> Rows:
    pairs = np.unique(np.stack([owners[counts], lineage[counts]]), axis=1)
    return np.bincount(pairs[0], minlength=statements).astype(np.int32)


def _conditions(claims: _Claims, chosen: Flags, statements: int) -> Ragged:
    owners = claims.only_if.owners()
    kept = chosen[owners]
    return Ragged.of_pairs(claims.statement[owners[kept]], claims.only_if.values[kept], statements)


def _are(entities: Sequence[Entity], name: str, ontology: Ontology) -> Flags:
    """Return which entities are of a class."""
    kinds = {cls for cls, known in ontology.classes.items() if name in known.ancestors}
    return np.array([not kinds.isdisjoint(entity.kinds) for entity in entities], dtype=bool)


def _risk_modifiers(
    intake: Intake, claims: _Claims, given: StatementColumns, is_intervention: Flags
) -> StatementColumns:
    """Return the derived statements: what makes an effect of an intervention likelier or worse."""
    claim, risk = claims.risks.owners(), claims.risks.values
    statement = claims.statement[claim]
    subject = given.subject[statement]
    kept = (
        (claims.stance[claim] == _AFFIRMS)
        & claims.counts[claim]
        & given.is_asserted[statement]
        & is_intervention[subject]
    )
    claim, packed = claim[kept], _pack_derived(intake, risk[kept], subject[kept])
    keys, owner = np.unique(packed, return_inverse=True)
    number, ends = len(keys), _unpack(keys, intake)
    none = np.full(number, layout.NONE, dtype=np.int8)
    derived_from = Ragged.of_pairs(owner, claim, number)
    owners, rows = derived_from.owners(), derived_from.values
    return StatementColumns(
        keys=keys,
        subject=ends.subject,
        relation=ends.relation,
        object=ends.object,
        support=_raised(none, owners, claims.weight[rows]),
        opposition=none,
        claim_count=np.diff(derived_from.offsets).astype(np.int32),
        lineage_count=_lineages(
            owners, claims.lineage[rows], np.ones(len(rows), dtype=bool), number
        ),
        is_asserted=np.ones(number, dtype=bool),
        is_contested=np.zeros(number, dtype=bool),
        stances=np.full(number, 1 << _AFFIRMS, dtype=np.uint8),
        conditional_on=Ragged.of_sorted(owners[:0], rows[:0], number),
        claims=derived_from,
    )


def _pack_derived(intake: Intake, risk: Rows, intervention: Rows) -> Ints:
    sizes = len(intake.relations), len(intake.entities)
    relation = np.full(len(risk), intake.relations.index(_DERIVED), dtype=np.int32)
    return layout.pack_keys(risk, relation, intervention, *sizes)


def _roles(
    intake: Intake,
    claims: _Claims,
    given: StatementColumns,
    is_intervention: Flags,
    ontology: Ontology,
) -> Roles:
    def edges(*names: str) -> Flags:
        narrower = {name for wide in names for name in ontology.descendants[wide]}
        wanted = np.array([name in narrower for name in intake.relations])
        held: Flags = given.is_asserted & wanted[given.relation]
        return held

    claim = claims.risks.owners()
    counted = (claims.stance[claim] == _AFFIRMS) & claims.counts[claim]
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
