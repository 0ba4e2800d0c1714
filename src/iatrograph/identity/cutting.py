"""What may not become one thing, and which links are not used so that it does not.

Three things are never joined:

* two curated entities;
* two entities whose kinds exclude each other, such as a drug and a finding;
* two identifiers of one vocabulary that data sets describe, or one that a curator states and any
  other. A vocabulary that has two identifiers means two things, unless one curated entity states
  both. Where nobody describes the second, and no curator chose, they are joined and reported.

Where links would join such a pair, the shortest way between the two is taken, and of the links on
it those of the least strength are not used: cross-references give way first, then exact mappings,
then what data sets state of their entities, then what curators state. Equally short ways give way
together; then the next pair is looked for, until none is left. Nothing of this depends on the
order of entities or mappings.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import networkx as nx

from iatrograph.identity.links import Strength, in_order, link_between
from iatrograph.identity.spelling import prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iatrograph.identity.kinds import Kinds
    from iatrograph.identity.links import Graph, Link

    Colours = Mapping[str, str]

CURATED: Final = "two curated entities"
KINDS: Final = "kinds that exclude each other"
VOCABULARY: Final = "two identifiers of one vocabulary"


@dataclass(frozen=True, slots=True)
class Cut:
    """A way that would have joined two things, and why it may not.

    ``nodes`` are the identifiers on the way, ``links`` what lies between them. ``things`` are what
    both ends stand for: the curated entity that states the end, else the end itself.
    """

    reason: str
    nodes: tuple[str, ...]
    links: tuple[Link, ...]
    things: tuple[str, str]

    @property
    def unused(self) -> tuple[Link, ...]:
        """The weakest links on the way."""
        least = min(link.strength for link in self.links)
        return tuple(link for link in self.links if link.strength == least)


def separate(graph: Graph, kinds: Kinds) -> list[Cut]:
    """Take links out of the graph until nothing is joined that may not be; return what was cut."""
    cuts: list[Cut] = []
    waiting = [
        component for component in nx.connected_components(graph) if _may_conflict(component, kinds)
    ]
    while waiting:
        part = in_order(graph, waiting.pop())
        if found := _shortest(part, kinds):
            cuts += found
            unused = {(link.subject, link.object) for cut in found for link in cut.unused}
            graph.remove_edges_from(unused)
            part.remove_edges_from(unused)
            waiting += nx.connected_components(part)
    return cuts


def _may_conflict(component: Iterable[str], kinds: Kinds) -> bool:
    """Whether to look at a component: it has something curated, or two that are described."""
    described = [node for node in component if node in kinds]
    return len(described) > 1 or not all(map(prefix_of, described))


def _shortest(part: Graph, kinds: Kinds) -> list[Cut]:
    """Return the shortest ways between any two that may not be joined; all are equally long."""
    found = [
        _cut(part, reason, nodes, colours)
        for reason, colours in _colourings(part, kinds)
        for nodes in _between_colours(part, colours)
    ]
    least = min((len(cut.nodes) for cut in found), default=0)
    return [cut for cut in found if len(cut.nodes) == least]


def _cut(part: Graph, reason: str, nodes: tuple[str, ...], colours: Colours) -> Cut:
    links = tuple(link_between(part, one, other) for one, other in pairwise(nodes))
    ends = nodes[0], nodes[-1]
    things = ends if reason == KINDS else (colours[ends[0]], colours[ends[1]])
    return Cut(reason, nodes, links, things)


def _colourings(part: Graph, kinds: Kinds) -> Iterator[tuple[str, Colours]]:
    """Yield colourings of nodes of which no two colours may be joined, with the reason."""
    by_vocabulary: dict[str, dict[str, str]] = defaultdict(dict)
    for node, owner in _owners(part, kinds).items():
        by_vocabulary[prefix_of(node)][node] = owner
    for prefix, colours in by_vocabulary.items():
        if len({*colours.values()}) > 1:
            yield (VOCABULARY if prefix else CURATED), colours
    above = {node: kinds.ancestors(kinds[node]) for node in part if node in kinds}
    for pair in kinds.exclusive:
        colours = {node: name for node, names in above.items() for name in pair if name in names}
        if len({*colours.values()}) > 1:
            yield KINDS, colours


def _owners(part: Graph, kinds: Kinds) -> dict[str, str]:
    """Return each identifier that stands for something, with the curated entity that states it.

    Where a curator has chosen in a vocabulary, every identifier of it stands for something.
    """
    curated: dict[str, str] = {}
    for node in filter(prefix_of, part):
        links = (link_between(part, node, other) for other in part[node])
        if curators := [link.subject for link in links if link.strength == Strength.CURATED]:
            curated[node] = min(curators)
    chosen = {prefix_of(node) for node in curated}
    return {
        node: curated.get(node, node) for node in part if node in kinds or prefix_of(node) in chosen
    }


def _between_colours(part: Graph, colours: Colours) -> list[tuple[str, ...]]:
    """Return shortest ways between nodes of two colours.

    Every node belongs to the coloured node nearest to it; where two such realms touch, a way goes
    over the border, and the shortest of these ways is the shortest there is.
    """
    realms = {node: node for node in colours}
    depths = dict.fromkeys(colours, 0)
    before: dict[str, str] = {}
    waiting = deque(colours)
    while waiting:
        node = waiting.popleft()
        for other in part[node]:
            if other not in realms:
                realms[other], before[other], depths[other] = realms[node], node, depths[node] + 1
                waiting.append(other)
    borders = [
        (depths[one] + depths[other], one, other)
        for one, other in part.edges
        if colours[realms[one]] != colours[realms[other]]
    ]
    least = min((length for length, *_ in borders), default=0)
    return [
        (*reversed(_way(one, before)), *_way(other, before))
        for length, one, other in borders
        if length == least
    ]


def _way(node: str, before: Mapping[str, str]) -> list[str]:
    """Return the nodes from one back to where its realm begins."""
    way = [node]
    while way[-1] in before:
        way.append(before[way[-1]])
    return way
