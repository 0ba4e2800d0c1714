"""A contribution: what one input brings to a build. Curated files and importers use this door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iatrograph.model.claim import Claim
    from iatrograph.model.entity import Entity
    from iatrograph.model.explanation import Explanation
    from iatrograph.model.source import Reference, Source


@dataclass(frozen=True, slots=True)
class Contribution:
    """Sources and entities first, then a stream of claims that is read once.

    ``claim_count`` is about how many claims there will be, for telling how long they take; 0 where
    nobody knows before they come.
    """

    sources: tuple[Source, ...]
    entities: Iterable[Entity]
    claims: Iterable[Claim]
    references: tuple[Reference, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    claim_count: int = 0
