"""The kinds of what is described, and which of them exclude each other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iatrograph.model import Entity
    from iatrograph.vocabulary import Ontology

ROOT: Final = "Entity"


class Kinds:
    """The concrete classes of each described identifier, over all data sets together."""

    def __init__(self, entities: Iterable[Entity], ontology: Ontology) -> None:
        """Take all entities, more than one of an id too."""
        self._ontology = ontology
        self._order = {cls.name: place for place, cls in enumerate(ontology.concrete_classes)}
        self._described: dict[str, tuple[str, ...]] = {}
        self.contradicted: dict[str, tuple[str, ...]] = {}
        """Ids to which data sets give kinds that exclude each other, with all of these kinds."""
        self.exclusive = tuple(
            pair for group in ontology.disjoint_classes for pair in combinations(sorted(group), 2)
        )
        """Pairs of classes of which nothing has both."""
        for entity in entities:
            known = self._described.get(entity.id)
            if known is None or set(known) != set(entity.kinds):
                self._described[entity.id] = self.ordered({*(known or ()), *entity.kinds})
        for identifier, kinds in self._described.items():
            if len(kinds) > 1 and (kept := self.compatible(kinds)) != kinds:
                self.contradicted[identifier] = kinds
                self._described[identifier] = kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._described)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._described

    def __getitem__(self, identifier: str) -> tuple[str, ...]:
        return self._described[identifier]

    def ordered(self, kinds: Iterable[str]) -> tuple[str, ...]:
        """Return kinds once each, in display order."""
        last = len(self._order)
        return tuple(sorted(set(kinds), key=lambda kind: (self._order.get(kind, last), kind)))

    def compatible(self, kinds: Iterable[str]) -> tuple[str, ...]:
        """Return the kinds in display order, without those that an earlier one excludes."""
        kept: list[str] = []
        for kind in self.ordered(kinds):
            if not any(self._exclude(kind, other) for other in kept):
                kept.append(kind)
        return tuple(kept)

    def _exclude(self, one: str, other: str) -> bool:
        above, below = self.ancestors((one,)), self.ancestors((other,))
        return any(
            (a in above and b in below) or (b in above and a in below) for a, b in self.exclusive
        )

    def ancestors(self, kinds: Iterable[str]) -> frozenset[str]:
        """Return the kinds and all classes above them; of an unknown kind, itself."""
        classes = self._ontology.classes
        return frozenset(
            name
            for kind in kinds
            for name in (classes[kind].ancestors if kind in classes else (kind,))
        )

    def families(self, kinds: Iterable[str]) -> frozenset[str]:
        """Return the broadest classes above the kinds: a condition and an effect are findings."""
        classes = self._ontology.classes
        return frozenset(
            name
            for name in self.ancestors(kinds)
            if name != ROOT
            and (name not in classes or set(classes[name].ancestors) <= {name, ROOT})
        )
