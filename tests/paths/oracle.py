"""The definition of a path, read off a networkx graph: slow, and plain to check."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from iatrograph.exporters.networkx import to_networkx
from iatrograph.model import Direction, Stance
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from iatrograph.catalog import Catalog
    from iatrograph.model import Path
    from iatrograph.paths import Hop, Pattern

WEIGHTS = {c.key: c.weight or 0 for c in ontology().schemes["EvidenceScheme"].concepts}


class Found(NamedTuple):
    """What the two searches must agree on, in the order that ranks it."""

    negated_weight: int
    negated_degree_weight: float
    labels: tuple[str, ...]
    entities: tuple[str, ...]
    conditional: tuple[bool, ...]


class Oracle:
    """Tries every chain of entities."""

    def __init__(self, catalog: Catalog) -> None:
        self.graph: nx.MultiDiGraph[str] = to_networkx(catalog)

    def paths(self, pattern: Pattern, fixed: dict[str, str]) -> list[Found]:
        """Return all paths, best first."""
        places = {pattern.positions.index(name): entity for name, entity in fixed.items()}
        found: list[Found] = []
        for entities in self.chains(len(pattern.positions)):
            if all(entities[place] == entity for place, entity in places.items()):
                found += self.path(pattern, entities)
        return sorted(found)

    def chains(self, length: int) -> Iterator[tuple[str, ...]]:
        """Yield all tuples of different entities of which any two neighbours share a statement."""
        chains: list[tuple[str, ...]] = [(entity,) for entity in self.graph]
        for _ in range(length - 1):
            chains = [
                (*chain, other)
                for chain in chains
                for other in {*self.graph.succ[chain[-1]], *self.graph.pred[chain[-1]]}
                if other not in chain
            ]
        yield from chains

    def path(self, pattern: Pattern, entities: tuple[str, ...]) -> Iterator[Found]:
        """Yield the path of the entities, unless one of its steps fails."""
        weights: list[int] = []
        conditional: list[bool] = []
        product = 1
        for hop, (start, end) in zip(pattern.hops, pairwise(entities), strict=True):
            step = self.step(hop, start, end, set(entities))
            if step is None:
                return
            weights.append(step[0])
            conditional.append(step[1])
            product *= self.degree(hop, start, at_start=True)
            product *= self.degree(hop, end, at_start=False)
        labels = tuple(self.graph.nodes[entity]["label"] for entity in entities)
        yield Found(-min(weights), -(product**-0.4), labels, entities, tuple(conditional))

    def step(self, hop: Hop, start: str, end: str, path: set[str]) -> tuple[int, bool] | None:
        """Return the weight and whether it is conditional, None where the step fails."""
        if hop.kind and not self.is_a(end, hop.kind):
            return None
        subject, target = (start, end) if hop.direction is Direction.OUT else (end, start)
        edges = list(self.edges(hop.relation, subject, target))
        direct = [edge["support"] for edge in edges if edge["is_asserted"]]
        if direct:
            return max(direct), False
        offers = [
            WEIGHTS[claim.one("evidenceLevel") or ""]
            for edge in edges
            for claim in edge["claims"]
            if claim.stance is Stance.AFFIRMS
            and not claim.is_deprecated
            and set(claim.many("onlyIf")) <= path
            and WEIGHTS[claim.one("evidenceLevel") or ""] >= (edge["opposition"] or 0)
        ]
        return (max(offers), True) if offers else None

    def edges(self, relation: str, subject: str, target: str) -> Iterator[dict[str, Any]]:
        """Yield the edges of the relation and narrower ones from subject to object."""
        for name in ontology().descendants[relation]:
            for ends in [(subject, target), (target, subject)][: 1 + is_symmetric(name)]:
                if self.graph.has_edge(*ends, name):
                    yield self.graph.edges[*ends, name]

    def degree(self, hop: Hop, entity: str, *, at_start: bool) -> int:
        """Count the asserted edges of the hop that the entity has on its side of it."""
        outwards = (hop.direction is Direction.OUT) is at_start
        found = 0
        for subject, target, name in self.graph.edges(keys=True):
            asserted = self.graph.edges[subject, target, name]["is_asserted"]
            if asserted and name in ontology().descendants[hop.relation]:
                ends = (
                    {subject, target} if is_symmetric(name) else {subject if outwards else target}
                )
                found += entity in ends
        return max(1, found)

    def is_a(self, entity: str, kind: str) -> bool:
        """Tell whether an entity is of a class."""
        node = self.graph.nodes[entity]
        classes = ontology().classes
        return any(kind in classes[name].ancestors for name in (*node["kinds"], *node["roles"]))


def is_symmetric(relation: str) -> bool:
    """Tell whether a relation holds both ways."""
    return ontology().relations[relation].is_symmetric


def summary(path: Path) -> Found:
    """Return what the oracle knows of a path."""
    return Found(
        -path.score.weakest_evidence,
        -path.score.degree_weight,
        (),
        path.entities,
        tuple(step.is_conditional for step in path.steps),
    )
