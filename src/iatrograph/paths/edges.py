"""The edges of one level: which entities a hop joins, outright or under conditions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from iatrograph.model import Direction, Stance, StatementFilter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from iatrograph.catalog import Catalog
    from iatrograph.model import Claim, Statement, StatementKey
    from iatrograph.paths.pattern import Hop


class Offer(NamedTuple):
    """A conditional claim that would carry an edge on a path through all that it needs."""

    weight: int
    needs: frozenset[str]
    statement: Statement


class Edge(NamedTuple):
    """Two neighbours on a path, in its order.

    ``direct`` are the asserted statements between them, best first, and ``weight`` the support of
    the best. Only where there is none, ``offers`` are the conditional claims that might stand in.
    """

    start: str
    end: str
    weight: int
    direct: tuple[Statement, ...]
    offers: tuple[Offer, ...] = ()

    def offers_on(self, entities: Collection[str]) -> tuple[Offer, ...]:
        """Return the offers whose conditions are all among the entities, best first."""
        return tuple(offer for offer in self.offers if offer.needs.issubset(entities))

    def weight_on(self, entities: Collection[str]) -> int | None:
        """Return the evidence weight on a path of these entities; None if the edge fails there."""
        if self.direct:
            return self.weight
        return max((offer.weight for offer in self.offers_on(entities)), default=None)


def edges_from(
    catalog: Catalog, ids: Sequence[str], hop: Hop, *, backwards: bool = False
) -> list[Edge]:
    """Return all edges of a hop at the entities, which stand before it, or behind if backwards.

    One call for the statements of all of them, and one for the claims of the conditional ones.
    """
    direction = hop.reversed_direction if backwards else hop.direction
    pages = catalog.statements(ids, hop.relation, direction)
    between: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for entity, page in zip(ids, pages, strict=True):
        for statement in page.statements:
            other = _other_end(statement, entity)
            between[(other, entity) if backwards else (entity, other)].append(statement)
    offers = _offers(catalog, between.values())
    edges = (_edge(pair, statements, offers) for pair, statements in between.items())
    return [edge for edge in edges if edge.start != edge.end and (edge.direct or edge.offers)]


def degrees(
    catalog: Catalog, ids: Sequence[str], relation: str, direction: Direction
) -> dict[str, int]:
    """Return how many asserted statements of the relation each entity has, at least 1."""
    pages = catalog.statements(ids, relation, direction, StatementFilter(is_asserted=True), first=0)
    return {entity: max(1, page.total) for entity, page in zip(ids, pages, strict=True)}


def _other_end(statement: Statement, entity: str) -> str:
    return statement.key.object if statement.key.subject == entity else statement.key.subject


def _edge(
    pair: tuple[str, str],
    statements: list[Statement],
    offers: Mapping[StatementKey, tuple[Offer, ...]],
) -> Edge:
    direct = [statement for statement in statements if statement.is_asserted]
    if direct:
        direct.sort(key=_best_first)
        return Edge(*pair, direct[0].support or 0, tuple(direct))
    found = [offer for statement in statements for offer in offers.get(statement.key, ())]
    return Edge(*pair, 0, (), tuple(sorted(found, key=_offer_best_first)))


def _best_first(statement: Statement) -> tuple[object, ...]:
    return (-(statement.support or 0), -statement.claim_count, statement.key)


def _offer_best_first(offer: Offer) -> tuple[object, ...]:
    return (-offer.weight, *_best_first(offer.statement))


def _offers(
    catalog: Catalog, groups: Iterable[list[Statement]]
) -> dict[StatementKey, tuple[Offer, ...]]:
    """Return the offers of every conditional statement of pairs that nothing joins outright."""
    conditional = [
        statement
        for statements in groups
        if not any(s.is_asserted for s in statements)
        for statement in statements
        if statement.conditional_on
    ]
    claims = catalog.claims([s.key for s in conditional]) if conditional else []
    weights = {c.key: c.weight or 0 for c in catalog.ontology.schemes["EvidenceScheme"].concepts}
    return {
        statement.key: tuple(_offers_of(statement, own, weights))
        for statement, own in zip(conditional, claims, strict=True)
    }


def _offers_of(
    statement: Statement, claims: Iterable[Claim], weights: Mapping[str, int]
) -> Iterable[Offer]:
    for claim in claims:
        weight = weights.get(claim.one("evidenceLevel") or "", 0)
        if (
            claim.stance is Stance.AFFIRMS
            and not claim.is_deprecated
            and weight >= (statement.opposition or 0)
        ):
            yield Offer(weight, frozenset(claim.many("onlyIf")), statement)
