"""A pattern: the chain of relations that a path has to follow."""

from __future__ import annotations

from dataclasses import dataclass

from iatrograph.model import Direction


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a pattern.

    ``direction`` is OUT where the entity before is the subject. Narrower relations count as well.
    ``kind`` is a class, role or interface that the entity reached must have; None takes any.
    """

    relation: str
    direction: Direction
    kind: str | None = None

    @property
    def reversed_direction(self) -> Direction:
        """The direction as seen from the entity behind the step."""
        return Direction.IN if self.direction is Direction.OUT else Direction.OUT


@dataclass(frozen=True, slots=True)
class Pattern:
    """The positions of a path by name, and the hops between them, one fewer."""

    positions: tuple[str, ...]
    hops: tuple[Hop, ...]
