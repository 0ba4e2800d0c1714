"""Pages: which arguments choose one, how large it may be, and what a page says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iatrograph.errors import InvalidRequest
from iatrograph.graphql.specification import Argument, OutputType, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE_SIZE: Final = 20
"""Edges of a page where the query does not say how many."""


class Window(NamedTuple):
    """A stretch of a list: how many, after how many."""

    first: int
    after: int


class PageInfo(NamedTuple):
    """Where a page stands in its list."""

    window: Window
    shown: int
    total: int


FIRST: Final = Argument(
    "first", "int | None", f"How many at most; {PAGE_SIZE} unless given.", PAGE_SIZE
)

PAGE_ARGUMENTS: Final = (
    FIRST,
    Argument("after", "str | None", "The cursor after which the page starts."),
)

PAGE_INFO: Final = OutputType(
    "PageInfo",
    "Where a page stands in its list.",
    (
        plain(
            "hasNextPage",
            "bool",
            "Whether more edges follow.",
            lambda p: p.window.after + p.shown < p.total,
        ),
        plain(
            "hasPreviousPage", "bool", "Whether edges come before.", lambda p: p.window.after > 0
        ),
        plain(
            "startCursor",
            "str | None",
            "The cursor of the first edge.",
            lambda p: cursor(p.window.after) if p.shown else None,
        ),
        plain(
            "endCursor",
            "str | None",
            "The cursor of the last edge; give it as `after` for the next page.",
            lambda p: cursor(p.window.after + p.shown - 1) if p.shown else None,
        ),
    ),
)


def cursor(position: int) -> str:
    """Return the cursor of the edge at a position, counted from 0."""
    return f"{position + 1}"


def window(arguments: Mapping[str, Any]) -> Window:
    """Return the window that the arguments ask for.

    Raises InvalidRequest for a negative number, or a cursor that was never given out.
    """
    after = arguments.get("after")
    if after is not None and not (after.isascii() and after.isdigit() and len(after) < 12):
        raise InvalidRequest("the argument after is not a cursor of this list: take an endCursor")
    return Window(page_size(arguments), int(after or 0))


def page_size(arguments: Mapping[str, Any]) -> int:
    """Return how many edges a page may have. Raises InvalidRequest for a negative number."""
    first: int | None = arguments.get("first")
    if first is None:
        return PAGE_SIZE
    if first < 0:
        raise InvalidRequest("the argument first must not be negative")
    return first
