"""What claims rest on: sources, and the references that sources cite."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A document or data set. ``kind`` is a notation of the source kinds."""

    id: str
    title: str
    kind: str
    identifier: str | None = None
    description: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A work as a source cites it; ``identifiers`` are as printed there."""

    id: str
    title: str
    citation: str | None = None
    identifiers: tuple[str, ...] = ()
