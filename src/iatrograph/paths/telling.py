"""The telling: ranked paths with their statements, claims, score and a sentence in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from iatrograph.model import Direction, Path, PathStep, Score, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from iatrograph.catalog import Catalog
    from iatrograph.model import Claim, Source, StatementKey
    from iatrograph.paths.edges import Edge
    from iatrograph.paths.expansion import Network
    from iatrograph.paths.pattern import Hop, Pattern
    from iatrograph.paths.ranking import Rank

DAMPING: Final = 0.4
"""Exponent by which degrees count against a path (Himmelstein and Baranzini, 2015)."""


def tell(
    catalog: Catalog, pattern: Pattern, network: Network, ranks: Sequence[Rank]
) -> tuple[Path, ...]:
    """Return the paths of the ranks in the same order; one call for the claims of all of them."""
    bare = [_steps(pattern, network, rank.entities) for rank in ranks]
    claims = _claims(catalog, (step for steps in bare for step in steps))
    words = _Words(catalog, network, catalog.sources)
    paths = []
    for rank, steps in zip(ranks, bare, strict=True):
        full = tuple(replace(step, claims=claims[step.statements[0].key]) for step in steps)
        sentence = words.sentence(full, rank.entities)
        paths.append(Path(rank.entities, full, _score(rank), sentence))
    return tuple(paths)


def _score(rank: Rank) -> Score:
    return Score(-rank.negated_weight, rank.degree_product**-DAMPING, len(rank.entities) - 1)


def _steps(pattern: Pattern, network: Network, entities: Sequence[str]) -> list[PathStep]:
    return [
        _step(hop, network.edge(index, entities), entities)
        for index, hop in enumerate(pattern.hops)
    ]


def _step(hop: Hop, edge: Edge, entities: Sequence[str]) -> PathStep:
    ends = (edge.start, edge.end)
    subject, target = ends if hop.direction is Direction.OUT else ends[::-1]
    offered = dict.fromkeys(offer.statement for offer in edge.offers_on(entities))
    return PathStep(
        subject=subject,
        relation=hop.relation,
        object=target,
        statements=edge.direct or tuple(offered),
        is_conditional=not edge.direct,
        weight=edge.weight_on(entities) or 0,
    )


def _claims(catalog: Catalog, steps: Iterable[PathStep]) -> dict[StatementKey, tuple[Claim, ...]]:
    keys = list(dict.fromkeys(step.statements[0].key for step in steps))
    return dict(zip(keys, catalog.claims(keys), strict=True)) if keys else {}


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts steps into words."""

    catalog: Catalog
    network: Network
    sources: Mapping[str, Source]

    def sentence(self, steps: Sequence[PathStep], entities: Sequence[str]) -> str:
        """Return one sentence: what holds, how many say so, and what is said under conditions."""
        clauses = [self._clause(index, step, entities) for index, step in enumerate(steps)]
        told = "; ".join(clauses)
        return f"{told[:1].upper()}{told[1:]}."

    def _clause(self, index: int, step: PathStep, entities: Sequence[str]) -> str:
        relation = self.catalog.ontology.relations[step.statements[0].key.relation].label
        subject, target = self.network.labels[step.subject], self.network.labels[step.object]
        remarks = list(_said(step.claims, self.sources))
        if step.is_conditional:
            remarks.append(f"only for {self._needs(index, entities)}")
        return f"{subject} {relation} {target} ({', '.join(remarks)})"

    def _needs(self, index: int, entities: Sequence[str]) -> str:
        offer = self.network.edge(index, entities).offers_on(entities)[0]
        return " with ".join(self.network.labels[e] for e in entities if e in offer.needs)


_SAYING: Final = {
    Stance.AFFIRMS: "said by",
    Stance.DENIES: "denied by",
    Stance.MIXED: "left open by",
}


def _said(claims: Iterable[Claim], sources: Mapping[str, Source]) -> Iterable[str]:
    """Yield for each stance taken how many independent sources take it."""
    for stance, words in _SAYING.items():
        counted = [c for c in claims if c.stance is stance and not c.is_deprecated]
        origins = {sources[claim.source].lineage(claim) for claim in counted}
        if origins:
            yield f"{words} {len(origins)} independent source{'s' if len(origins) > 1 else ''}"
