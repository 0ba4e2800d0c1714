"""The entities of a data set, gathered while its rows are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iatrograph.model import Entity
from iatrograph.model.conformance import identifier_faults
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_identifier(curie: str, prefix: str) -> bool:
    """Whether a CURIE has this prefix and the form that the ontology gives for it."""
    is_of_prefix = curie.startswith(f"{prefix}:")
    return is_of_prefix and next(identifier_faults(curie, ontology()), None) is None


@dataclass(slots=True)
class _Thing:
    """What is known so far; the dicts are sets that keep their order."""

    definition: str | None = None
    kinds: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    broader: dict[str, None] = field(default_factory=dict)


class Things:
    """Takes each mention of a thing and gives one entity for each id.

    The first name is the label, further ones are synonyms; a thing without any is labelled with its
    id.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._things: dict[str, _Thing] = {}

    def add(
        self,
        identifier: str,
        kind: str,
        name: str = "",
        *,
        definition: str | None = None,
        broader: str | None = None,
    ) -> None:
        """Take a mention: the class it has there, its name, and an id of what includes it."""
        thing = self._things.setdefault(identifier, _Thing())
        thing.definition = thing.definition or definition
        thing.kinds[kind] = None
        if name.strip():
            thing.names[name.strip()] = None
        if broader is not None:
            thing.broader[broader] = None

    def entities(self) -> tuple[Entity, ...]:
        """Return an entity for each id, in the order in which they were first met."""
        return tuple(self._entities())

    def _entities(self) -> Iterator[Entity]:
        for identifier, thing in self._things.items():
            label, *synonyms = thing.names or (identifier,)
            yield Entity(
                id=identifier,
                label=label,
                kinds=tuple(thing.kinds),
                synonyms=tuple(synonyms),
                definition=thing.definition,
                broader=tuple(thing.broader),
            )
