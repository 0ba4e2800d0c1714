"""The terms of SIDER: MedDRA preferred terms by their UMLS concepts, and the names folded in."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import TYPE_CHECKING, Final

from iatrograph.model import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iatrograph.importers.rejects import Rejects
    from iatrograph.importers.sider.files import Row

NO_CONCEPT: Final = "no UMLS concept"
NO_NAME: Final = "no name"
NO_LEVEL: Final = "neither lowest level term nor preferred term"
NO_PREFERRED: Final = "lowest level term without a preferred term"

_CONCEPT: Final = re.compile(r"C\d{7}")


class Terms:
    """The terms met so far, with the names that a search should find them by."""

    def __init__(self, rejects: Rejects) -> None:
        """Take where the rows go whose term cannot be used."""
        self._rejects = rejects
        self._labels: dict[str, str] = {}
        self._preferred: dict[str, set[str]] = defaultdict(set)
        self._names: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._kinds: dict[str, set[str]] = defaultdict(set)
        self._placed: set[tuple[str, str]] = set()
        self._waiting: dict[tuple[str, str], list[Row]] = defaultdict(list)

    def preferred(self, row: Row, on_label: str, kind: str) -> str | None:
        """Take a row that ends with the level, the concept and the name of a term.

        ``on_label`` is the concept that the label has, of the compound in the first cell. Returns
        the id of the entity of a preferred term. A lowest level term is kept as a name and gives
        None, and so does a rejected row.
        """
        level, concept, name = row.cells[-3:]
        place = intern(row.cells[0]), intern(on_label)
        if reason := _fault(on_label, level, concept, name):
            row.reject(self._rejects, reason)
        elif level == "LLT":
            self._names[name, concept].add(on_label)
            if place not in self._placed:
                self._waiting[place].append(row)
        else:
            entity = intern(f"umls:{concept}")
            self._labels.setdefault(entity, name.strip())
            self._preferred[on_label].add(entity)
            self._kinds[entity].add(kind)
            self._placed.add(place)
            self._waiting.pop(place, None)
            if self._labels[entity] != name:
                self.also_called(concept, name)
            return entity
        return None

    def also_called(self, concept: str, name: str) -> None:
        """Note another name of a concept; it counts if that turns out to be a preferred term."""
        self._names[name, concept].add(concept)

    def end_file(self) -> None:
        """Reject the lowest level terms for which the file has no preferred term."""
        for row in chain.from_iterable(self._waiting.values()):
            row.reject(self._rejects, NO_PREFERRED)
        self._waiting.clear()
        self._placed.clear()

    def entities(self) -> Iterator[Entity]:
        """Yield each preferred term, with the kinds it was met as.

        Another name of the same concept is a synonym of it; the name of a lowest level term that is
        a concept of its own is one of the preferred terms that it stands under.
        """
        synonyms = defaultdict(set)
        for (name, concept), on_labels in self._names.items():
            own = f"umls:{concept}"
            above = {e for on_label in on_labels for e in self._preferred.get(on_label, ())}
            for entity in {own} if own in self._labels else above:
                synonyms[entity].add(name)
        for entity, label in sorted(self._labels.items()):
            kinds = tuple(sorted(self._kinds[entity]))  # Condition before Effect, as displayed
            yield Entity(entity, label, kinds, synonyms=_distinct(label, synonyms[entity]))


@lru_cache(maxsize=1 << 15)
def _fault(on_label: str, level: str, concept: str, name: str) -> str | None:
    if level not in ("LLT", "PT"):
        return NO_LEVEL
    if not (_CONCEPT.fullmatch(concept) and _CONCEPT.fullmatch(on_label)):
        return NO_CONCEPT
    return None if name.strip() else NO_NAME


def _distinct(label: str, names: set[str]) -> tuple[str, ...]:
    """Return the names in order, once each, whatever their capitals, and without the label."""
    by_fold = {name.strip().casefold(): name.strip() for name in sorted(names, reverse=True)}
    return tuple(sorted(n for fold, n in by_fold.items() if fold and fold != label.casefold()))
