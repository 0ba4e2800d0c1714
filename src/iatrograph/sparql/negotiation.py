"""Chooses the format of an answer by the header Accept, as RFC 9110 section 12.5.1 has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from iatrograph.errors import NotAcceptable
from iatrograph.sparql.formats import OFFERED, Format, ResultKind, named

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_ACCEPT: Final = 4000


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One range of an Accept header, such as ``text/*;q=0.5``."""

    media_type: str
    quality: float

    def fit(self, media_types: Iterable[str], main: str = "") -> int:
        """Return how closely it names one of these: 3 exactly, 2 the type, 1 anything, 0 no."""
        if self.media_type == "*/*":
            return 1
        if self.media_type.endswith("/*"):
            stem = self.media_type[:-1]
            return 2 if any(m.startswith(stem) for m in ([main] if main else media_types)) else 0
        return 3 if self.media_type in media_types else 0


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """Return the ranges of an Accept header; what is no range is passed over."""
    ranges = (_media_range(part) for part in header[:_MAX_ACCEPT].split(","))
    return tuple(r for r in ranges if r is not None)


def _media_range(part: str) -> MediaRange | None:
    media_type, *parameters = (p.strip().lower() for p in part.split(";"))
    if media_type.count("/") != 1:
        return None
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            quality = _quality(value.strip())
    return MediaRange(media_type, quality)


def _quality(value: str) -> float:
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0


def quality_of(
    media_types: frozenset[str], ranges: Iterable[MediaRange], main: str = ""
) -> tuple[float, int]:
    """Return the quality that the closest range gives these media types, and how close it is.

    Where one of them is the ``main`` one, ranges such as ``text/*`` are held against it alone.
    """
    best = max(((r.fit(media_types, main), r.quality) for r in ranges), default=(0, 0.0))
    fit, quality = best
    return (quality, fit) if fit else (0.0, 0)


def graded(offered: Format, ranges: Iterable[MediaRange]) -> tuple[float, int]:
    """Return the quality of a format, and how closely it was named."""
    return quality_of(offered.media_types, ranges, offered.media_type)


def choose(kind: ResultKind, accept: str, format_name: str = "") -> Format:
    """Return the format for an answer of this kind.

    ``format_name`` (the parameter ``format``) goes before Accept, unless it names a format of
    another kind of answer: clients send one for all their queries. Raises NotAcceptable.
    """
    return _choose(kind, accept, format_name[:100])


@lru_cache(maxsize=512)
def _choose(kind: ResultKind, accept: str, format_name: str) -> Format:
    offered = OFFERED[kind]
    if format_name:
        found = named(format_name, kind)
        if found is not None:
            return found
        if not any(named(format_name, other) for other in OFFERED):
            raise NotAcceptable(tuple(f.name for f in offered))
    ranges = parse_accept(accept)
    if not ranges:
        return offered[0]
    grades = [(graded(f, ranges), -place) for place, f in enumerate(offered)]
    ((quality, _), place) = max(grades)
    if quality <= 0:
        raise NotAcceptable(tuple(f.media_type for f in offered))
    return offered[-place]
