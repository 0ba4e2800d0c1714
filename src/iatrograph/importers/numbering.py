"""Numbers for claims that share statement and source, and an eye on those that are the same."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iatrograph.model import StatementKey


class Numbering:
    """Numbers claims from 1 for each statement and source.

    It remembers 64 bits of each claim, not the claim: of ten million different ones, two are taken
    for the same in 1 of 400,000 data sets.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._claims: set[int] = set()
        self._again: dict[int, int] = {}

    def number(self, statement: StatementKey, source: str, content: str) -> int | None:
        """Return the number of a claim, None where the same one had a number already."""
        place = "\n".join((*statement, source))
        here, all_of_it = digest(place), digest(f"{place}\n{content}")
        if all_of_it in self._claims:
            return None
        self._claims.add(all_of_it)
        if here not in self._claims:
            self._claims.add(here)
            return 1
        self._again[here] = number = self._again.get(here, 1) + 1
        return number


def digest(text: str) -> int:
    """Return 64 bits that stand for a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
