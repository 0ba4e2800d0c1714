"""The offers: conditional claims that would carry an edge on a path through all that they need."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from iatrograph.model import Stance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from iatrograph.catalog import Catalog
    from iatrograph.model import Claim, Statement
    from iatrograph.tables.ragged import Rows


class Offer(NamedTuple):
    """A conditional claim: its weight, the rows of the entities it needs, and its statement."""

    weight: int
    needs: frozenset[int]
    statement: Statement


Pair = tuple[int, int]
"""The rows of two neighbours on a path, in its order."""

Offers = dict[Pair, tuple[Offer, ...]]
"""The offers of each pair that nothing joins outright, best first."""


def met(offers: Iterable[Offer], entities: Collection[int]) -> tuple[Offer, ...]:
    """Return the offers whose needs are all among the entities."""
    return tuple(offer for offer in offers if offer.needs.issubset(entities))


def read_offers(catalog: Catalog, pairs: Sequence[Pair], statement_rows: Rows) -> Offers:
    """Return the offers of conditional statements, each between a pair; one call for all claims."""
    statements = catalog.tables.statements_at(statement_rows)
    claims = catalog.claims([statement.key for statement in statements]) if statements else []
    weights = {c.key: c.weight or 0 for c in catalog.ontology.schemes["EvidenceScheme"].concepts}
    needed = {name for own in claims for claim in own for name in claim.many("onlyIf")}
    rows = dict(zip(needed, catalog.tables.rows(list(needed)).tolist(), strict=True))
    found: dict[Pair, list[Offer]] = defaultdict(list)
    for pair, statement, own in zip(pairs, statements, claims, strict=True):
        found[pair].extend(_offers_of(statement, own, weights, rows))
    return {
        pair: tuple(sorted(offers, key=_best_first)) for pair, offers in found.items() if offers
    }


def _offers_of(
    statement: Statement,
    claims: Iterable[Claim],
    weights: Mapping[str, int],
    rows: Mapping[str, int],
) -> Iterator[Offer]:
    for claim in claims:
        weight = weights.get(claim.one("evidenceLevel") or "", 0)
        if (
            claim.stance is Stance.AFFIRMS
            and not claim.is_deprecated
            and weight >= (statement.opposition or 0)
        ):
            yield Offer(weight, frozenset(rows[name] for name in claim.many("onlyIf")), statement)


def _best_first(offer: Offer) -> tuple[object, ...]:
    statement = offer.statement
    return (-offer.weight, -(statement.support or 0), -statement.claim_count, statement.key)
