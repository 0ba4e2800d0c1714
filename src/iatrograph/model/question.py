"""What can be asked of the primitives, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from iatrograph.model.claim import Stance
    from iatrograph.model.statement import Statement


class Direction(StrEnum):
    """Whether the entities asked about are the subjects (out) or the objects (in)."""

    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements count; None and an empty set filter nothing.

    ``stances`` keeps statements with at least one claim of one of the stances.
    """

    min_support: int | None = None
    is_asserted: bool | None = None
    is_contested: bool | None = None
    stances: frozenset[Stance] = frozenset()


class StatementPage(NamedTuple):
    """Statements of one entity: how many there are, and those of the page asked for."""

    total: int
    statements: tuple[Statement, ...]


class SearchHit(NamedTuple):
    """An entity found, the name that matched, and how well (1 exact, towards 0 far)."""

    entity: str
    label: str
    kinds: tuple[str, ...]
    matched: str
    score: float
