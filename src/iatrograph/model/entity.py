"""An entity: anything a claim can be about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entity:
    """A drug, condition, effect, mechanism, mitigation or any other thing of the graph.

    ``id`` is its slug or CURIE, unique in a release. ``kinds`` are its concrete classes in display
    order, at least one; ``roles`` are inferred from use. ``identifiers`` are CURIEs of the same
    thing elsewhere, ``broader`` the ids of entities that include it.
    """

    id: str
    label: str
    kinds: tuple[str, ...]
    roles: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    definition: str | None = None
    identifiers: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
