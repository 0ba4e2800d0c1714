"""An explanation: the way a source says a benefit or a harm comes about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iatrograph.model.statement import StatementKey


@dataclass(frozen=True, slots=True)
class Step:
    """One position in a chain. ``direction`` and ``certainty`` are notations."""

    position: int
    statement: StatementKey
    direction: str | None = None
    certainty: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """An ordered chain of statements, or none where the source says that the way is unclear."""

    id: str
    label: str
    explains: tuple[StatementKey, ...]
    source: str
    certainty: str
    hedge: str | None = None
    paraphrase: str | None = None
    locator: str | None = None
    steps: tuple[Step, ...] = ()
