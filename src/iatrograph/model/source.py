"""What claims rest on: sources, and the references that sources cite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iatrograph.model.claim import Claim


@dataclass(frozen=True, slots=True)
class Source:
    """A document or data set. ``kind`` is a notation of the source kinds.

    ``origin`` is the id of the reference that all its claims go back to, where it passes on, or is
    one of several readings of, a work that others have read too.
    """

    id: str
    title: str
    kind: str
    identifier: str | None = None
    description: str | None = None
    licence: str | None = None
    origin: str | None = None

    def lineage(self, claim: Claim) -> tuple[str, str]:
        """Return what claims of one lineage share: kind and id of what one of its claims goes to.

        That is the reference that the claim names, or else the origin of the source, or the source.
        """
        work = claim.one("lineage") or self.origin
        return ("reference", work) if work else ("source", self.id)


@dataclass(frozen=True, slots=True)
class Reference:
    """A work as a source cites it; ``identifiers`` are as printed there."""

    id: str
    title: str
    citation: str | None = None
    identifiers: tuple[str, ...] = ()
