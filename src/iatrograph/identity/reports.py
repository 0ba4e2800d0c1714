"""What was not joined though it looks alike, or joined though it looks odd, in sentences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from iatrograph.identity.cutting import KINDS
from iatrograph.identity.links import Strength, link_between
from iatrograph.identity.spelling import prefix_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from iatrograph.identity.cutting import Cut
    from iatrograph.identity.kinds import Kinds
    from iatrograph.identity.links import Graph, Link
    from iatrograph.model import Entity


class ReportKind(StrEnum):
    """What is reported."""

    SHARED_IDENTIFIER = "shared identifier"
    """One identifier is claimed for several things that are not one; it joins none of them."""
    CHAIN = "chain"
    """A chain of links would join what is not one; its weakest links are not used."""
    KINDS = "kinds"
    """Links would join kinds that exclude each other, or one id is described as both."""
    SAME_VOCABULARY = "same vocabulary"
    """A thing has two identifiers of one vocabulary; they are joined."""
    SAME_NAME = "same name"
    """Two things have one name, and no identifier joins them."""


@dataclass(frozen=True, slots=True)
class Report:
    """One finding: its kind, the ids it is about, a sentence, and the links that are not used."""

    kind: ReportKind
    ids: tuple[str, ...]
    sentence: str
    unused: tuple[Link, ...] = ()

    def __str__(self) -> str:
        """``kind: sentence``."""
        return f"{self.kind}: {self.sentence}"


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def of_cuts(cuts: Iterable[Cut], kinds: Kinds) -> Iterator[Report]:
    """Tell each cut."""
    for cut in cuts:
        kind = _kind(cut, kinds)
        ids = tuple(sorted({*cut.things, cut.nodes[0], cut.nodes[-1]}))
        unused = tuple(sorted(cut.unused, key=str))
        ways = ", ".join(map(str, cut.links))
        left = _listed(f"{link.subject} = {link.object}" for link in unused)
        sentence = f"{_claim(cut, kind, kinds)}: {ways}; not used: {left}"
        yield Report(kind, ids, sentence, unused)


def _kind(cut: Cut, kinds: Kinds) -> ReportKind:
    if cut.reason == KINDS:
        return ReportKind.KINDS
    is_shared = len(cut.nodes) == 3 and cut.nodes[1] not in kinds
    return ReportKind.SHARED_IDENTIFIER if is_shared else ReportKind.CHAIN


def _claim(cut: Cut, kind: ReportKind, kinds: Kinds) -> str:
    ends = sorted(zip((cut.nodes[0], cut.nodes[-1]), cut.things, strict=True))
    both = _listed(end if end == thing else f"{end} (of {thing})" for end, thing in ends)
    if kind is ReportKind.KINDS:
        described = (f"{end} is {' and '.join(kinds[end])}" for end, _ in ends)
        return f"{_listed(described)}, which cannot be one thing"
    if kind is ReportKind.SHARED_IDENTIFIER:
        return f"{cut.nodes[1]} is claimed for {both}, {cut.reason}"
    return f"{both}, {cut.reason}, would become one"


def of_contradictions(kinds: Kinds) -> Iterator[Report]:
    """Tell of each id that is described as two things that exclude each other."""
    for identifier, given in kinds.contradicted.items():
        left = " and ".join(kinds[identifier])
        sentence = f"{identifier} is described as {_listed(given)}; it is taken as {left}"
        yield Report(ReportKind.KINDS, (identifier,), sentence)


def of_vocabularies(graph: Graph, canonical: str, others: Iterable[str]) -> Iterator[Report]:
    """Tell where one thing has several identifiers of one vocabulary that no one states of it."""
    by_prefix: dict[str, list[str]] = defaultdict(list)
    for node in sorted((canonical, *others)):
        by_prefix[prefix_of(node)].append(node)
    for same in by_prefix.values():
        if len(same) > 1 and not _are_stated_together(graph, same):
            sentence = f"{canonical} has several identifiers of one vocabulary: {_listed(same)}"
            yield Report(ReportKind.SAME_VOCABULARY, (canonical, *same), sentence)


def _are_stated_together(graph: Graph, nodes: Iterable[str]) -> bool:
    """Whether one entity states them all, itself among them or not."""
    around = (
        {
            node,
            *(
                other
                for other in graph[node]
                if link_between(graph, node, other).strength >= Strength.STATED
            ),
        }
        for node in nodes
    )
    return bool(set.intersection(*around))


def of_names(
    entities: Iterable[Entity], canonical: Callable[[str], str], kinds: Kinds
) -> Iterator[Report]:
    """Tell where things of one family have one name, as label or synonym, and are not joined."""
    things: dict[tuple[str, str], set[str]] = defaultdict(set)
    families = cache(kinds.families)
    for entity in entities:
        for name in {_folded(name) for name in (entity.label, *entity.synonyms)}:
            for family in families(entity.kinds):
                things[name, family].add(canonical(entity.id))
    told: set[tuple[str, ...]] = set()
    for (name, _), same in sorted(things.items(), key=itemgetter(0)):
        ids = tuple(sorted(same))
        if len(ids) > 1 and ids not in told:
            told.add(ids)
            sentence = f"{_listed(ids)} have one name, {name!r}, and no identifier joins them"
            yield Report(ReportKind.SAME_NAME, ids, sentence)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
