"""Names near to one that nobody knows, for messages that say what may have been meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST_LIKENESS: Final = 70
_MOST_BEHIND: Final = 10
"""On rapidfuzz's scale of 0 to 100: how like a name has to be, and how far behind the best."""


def near_matches(name: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the names most like the given one, best first; none where nothing is like it."""
    found = process.extract(
        name, sorted(names), scorer=fuzz.ratio, limit=limit, score_cutoff=_LEAST_LIKENESS
    )
    return tuple(match for match, likeness, _ in found if likeness >= found[0][1] - _MOST_BEHIND)


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return ``; did you mean a or b?``, or nothing where no name is near."""
    near = near_matches(name, names)
    return f"; did you mean {' or '.join(near)}?" if near else ""
