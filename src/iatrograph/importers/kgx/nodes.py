"""The things of a graph, joined over all rows that describe them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iatrograph.importers.kgx.exported import exported_entity
from iatrograph.importers.kgx.identifiers import identifier, sound_identifier
from iatrograph.importers.kgx.kinds import compatible, kinds_of
from iatrograph.importers.kgx.reading import NODES, records
from iatrograph.importers.kgx.reasons import (
    BAD_IDENTIFIER,
    EXCLUSIVE,
    NO_CLASS,
    NO_ID,
    OTHER_NAME,
    no_place,
)
from iatrograph.importers.kgx.record import shown
from iatrograph.model import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from iatrograph.importers.kgx.layout import Layout
    from iatrograph.importers.kgx.record import Record
    from iatrograph.importers.rejects import Rejects

_SYNONYMS: Final = ("synonym", "synonyms", "all_names", "full_name", "symbol")
_IDENTIFIERS: Final = (
    "equivalent_identifiers",
    "equivalent_curies",
    "same_as",
    "xref",
    "iri",
)
USED: Final = frozenset(
    {"id", "name", "category", ":LABEL", "description", *_SYNONYMS, *_IDENTIFIERS}
)
"""The properties that are taken in."""


class _Thing:
    """What is known of a thing so far; the dicts are sets that keep their order."""

    __slots__ = ("definition", "exported", "identifiers", "kinds", "name", "synonyms")

    def __init__(self) -> None:
        self.exported: Entity | None = None
        self.name = ""
        self.definition: str | None = None
        self.kinds: tuple[str, ...] = ()
        self.synonyms: dict[str, None] = {}
        self.identifiers: dict[str, None] = {}

    def entity(self, own: str) -> Entity:
        if self.exported:
            return self.exported
        label = self.name or own
        return Entity(
            id=own,
            label=label,
            kinds=self.kinds,
            synonyms=tuple(name for name in self.synonyms if name != label),
            definition=self.definition,
            identifiers=tuple(other for other in self.identifiers if other != own),
        )


class Things:
    """All things by their identifiers."""

    def __init__(self, layout: Layout) -> None:
        """Begin without any."""
        self._layout = layout
        self._things: dict[str, _Thing] = {}

    def __contains__(self, own: object) -> bool:
        return own in self._things

    def kinds(self, own: str) -> tuple[str, ...]:
        """Return the classes of a thing, none for one that is not known."""
        thing = self._things.get(own)
        return thing.kinds if thing else ()

    def entity_id(self, own: str) -> str:
        """Return the id of the entity of a node: its own, unless this project wrote the node."""
        thing = self._things.get(own)
        return thing.exported.id if thing and thing.exported else own

    def name(self, own: str) -> str:
        """Return the name of a thing, nothing where it has none."""
        thing = self._things.get(own)
        return thing.name if thing else ""

    def entities(self) -> tuple[Entity, ...]:
        """Return an entity for each, in the order in which they were first met."""
        return tuple(thing.entity(own) for own, thing in self._things.items())

    def mention(self, own: str, name: str, categories: Iterable[str], kind: str = "") -> None:
        """Take a thing that an edge names; one that is known already keeps what is known.

        Nothing is taken of what is of no known class; ``kind`` is its class where nothing else
        tells.
        """
        if own in self._things:
            return
        kinds = kinds_of(own, categories, self._layout).names or ((kind,) if kind else ())
        if kinds:
            thing = self._things[own] = _Thing()
            thing.kinds, thing.name = kinds, name

    def take(self, own: str, entity: Entity) -> None:
        """Take a node that this project wrote: the id it has here, and the entity it was."""
        thing = self._things[own] = _Thing()
        thing.exported, thing.kinds, thing.name = entity, entity.kinds, entity.label

    def describe(self, record: Record, rejects: Rejects) -> None:
        """Take a node."""
        own = identifier(record.one("id"))
        if own is None:
            rejects.add(record.path, record.line, NO_ID, record.text)
            return
        categories = record.many("category") or record.many(":LABEL")
        kinds = kinds_of(own, categories, self._layout)
        if not kinds.names:
            rejects.add(record.path, record.line, NO_CLASS, record.text)
            return
        thing = self._things.setdefault(own, _Thing())
        together = frozenset({*thing.kinds, *kinds.names})
        first = thing.kinds[0] if thing.kinds else ""
        thing.kinds = compatible(together, first)
        if kinds.is_cut or len(thing.kinds) < len(together):
            rejects.add(record.path, record.line, EXCLUSIVE, record.text)
        self._take_names(thing, record, rejects)
        self._take_identifiers(thing, record, rejects)
        thing.definition = thing.definition or record.one("description") or None

    def _take_names(self, thing: _Thing, record: Record, rejects: Rejects) -> None:
        name = record.one("name")
        if name and thing.name and name.casefold() != thing.name.casefold():
            rejects.add(record.path, record.line, OTHER_NAME, f"{thing.name} | {name}")
            thing.synonyms[name] = None
        thing.name = thing.name or name
        for column in _SYNONYMS:
            thing.synonyms.update(dict.fromkeys(record.many(column)))

    def _take_identifiers(self, thing: _Thing, record: Record, rejects: Rejects) -> None:
        wrong: list[str] = []
        for column in _IDENTIFIERS:
            for text in record.many(column):
                found = sound_identifier(text)
                if found is not None and ":" in found and "://" not in found:
                    thing.identifiers[found] = None
                elif column != "iri":
                    wrong.append(text)
        if wrong:
            rejects.add(record.path, record.line, BAD_IDENTIFIER, "|".join(wrong))


def read_nodes(paths: Iterable[Path], layout: Layout, rejects: Rejects) -> Things:
    """Read the files of nodes; raises UnreadableFile where one is something else."""
    things = Things(layout)
    for path in paths:
        told = {*USED, *layout.table(path, is_edges=False).needed}
        for record in records(path, NODES, rejects, layout):
            own, exported = identifier(record.one("id")), exported_entity(record)
            if own and exported:
                things.take(own, exported)
                continue
            tell(record, told, rejects)
            things.describe(record, rejects)
    return things


def tell(record: Record, told: set[str], rejects: Rejects) -> None:
    """Remark, once each, on the properties that are not among those used or told."""
    for column in _untold(record, told):
        told.add(column)
        rejects.remark(record.path, record.line, no_place(column), shown(record.values[column]))


def _untold(record: Record, told: set[str]) -> Iterator[str]:
    if not record.values.keys() <= told:
        yield from [column for column in record.values if column not in told]
