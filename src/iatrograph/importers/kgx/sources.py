"""The sources of the claims of a KGX file: the primary knowledge source of each edge.

What a graph passes on as said by ``infores:sider`` is not what was read in SIDER: another release,
taken over by others, under terms that are not told. So it is a source of its own, ``infores-sider``
(or ``kgx-ctd`` for a name that is no infores), and never that of an importer.
Both go back to one origin, though, and count as one voice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iatrograph.importers.kgx.files import stem
from iatrograph.importers.origins import BY_INFORES
from iatrograph.model import Source

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.importers.kgx.layout import Layout
    from iatrograph.importers.kgx.record import Record
    from iatrograph.model import Reference

_SLOTS: Final = ("primary_knowledge_source", "original_knowledge_source")
_FORMER: Final = "knowledge_source"
_INFORES: Final = "infores:"
_NAMED: Final = (
    "Named as the primary source by edges of a KGX graph, which do not tell which release of it "
    "they come from, nor under which licence."
)
_NO_SLUG: Final = re.compile(r"[^a-z0-9]+")

USED: Final = frozenset({*_SLOTS, _FORMER})


class Sources:
    """Gives each edge its source, and knows all that were given."""

    def __init__(self, layout: Layout) -> None:
        """Begin without any."""
        self._layout = layout
        self._by_name: dict[str, str] = {}
        self._by_file: dict[Path, str] = {}
        self._sources: dict[str, Source] = {}

    def of(self, record: Record) -> str:
        """Return the id of the source of an edge; without one it is the file itself."""
        name = record.one(_SLOTS[0]) or record.one(_SLOTS[1])
        if not name:
            former = record.one(_FORMER)
            if not former.startswith(_INFORES):
                return self._of_file(record.path)
            name = former
        return self._by_name.get(name) or self._take(name)

    def all(self) -> tuple[Source, ...]:
        """Return the sources given so far, by id."""
        return tuple(source for _, source in sorted(self._sources.items()))

    def origins(self) -> tuple[Reference, ...]:
        """Return the works that sources given so far go back to."""
        found = {work.id: work for work in BY_INFORES.values()}
        return tuple(found[source.origin] for source in self.all() if source.origin)

    def _take(self, name: str) -> str:
        is_infores = name.startswith(_INFORES)
        slug = _slug(name.removeprefix(_INFORES))
        own = f"infores-{slug}" if is_infores else f"kgx-{slug}"
        while own in self._sources:
            own += "-"  # Two names of one slug: none takes the place of the other.
        self._add(own, name, name, _NAMED)
        self._by_name[name] = own
        return own

    def _of_file(self, path: Path) -> str:
        if path not in self._by_file:
            title = self._layout.source or stem(path) or path.parent.name
            own = self._by_file[path] = _slug(title)
            self._add(own, title, self._layout.identifier, None)
        return self._by_file[path]

    def _add(self, own: str, title: str, identifier: str | None, told: str | None) -> None:
        licence = None if told else self._layout.licence
        work = BY_INFORES.get(title)
        source = Source(
            own, title, "database", identifier, told, licence, work.id if work else None
        )
        self._sources.setdefault(own, source)


def _slug(title: str) -> str:
    return _NO_SLUG.sub("-", title.casefold()).strip("-") or "kgx"
