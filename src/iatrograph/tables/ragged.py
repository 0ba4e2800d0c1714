"""Lists of row numbers, one list for each row of a table, as two arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pathlib import Path

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


class Gathered(NamedTuple):
    """Values of several lists behind one another, and which of the lists each came from."""

    values: Rows
    owner: Ints


@dataclass(frozen=True, slots=True)
class Ragged:
    """List ``i`` is ``values[offsets[i]:offsets[i + 1]]``."""

    offsets: Ints
    values: Rows

    @classmethod
    def of_sorted(cls, owners: npt.NDArray[np.integer], values: Rows, length: int) -> Ragged:
        """Make lists from values whose owners ascend; lists nobody owns are empty."""
        counts = np.bincount(owners, minlength=length)
        return cls(offsets_of(counts), values.astype(np.int32, copy=False))

    @classmethod
    def of_pairs(cls, owners: npt.NDArray[np.integer], values: Rows, length: int) -> Ragged:
        """Make lists from pairs in any order: each list ascends and has no value twice."""
        order = np.lexsort((values, owners))
        owners, values = owners[order], values[order]
        if len(owners):
            is_new = np.ones(len(owners), dtype=bool)
            is_new[1:] = (owners[1:] != owners[:-1]) | (values[1:] != values[:-1])
            owners, values = owners[is_new], values[is_new]
        return cls.of_sorted(owners, values, length)

    @classmethod
    def open(cls, folder: Path, name: str) -> Ragged:
        """Memory-map the two arrays that ``save`` wrote."""
        offsets, values = (
            np.load(folder / f"{name}_{part}.npy", mmap_mode="r") for part in ("offsets", "rows")
        )
        # Slices of a plain array cost half of those of np.memmap; both look at the same pages.
        return cls(offsets.view(np.ndarray), values.view(np.ndarray))

    def save(self, folder: Path, name: str) -> None:
        """Write the two arrays."""
        np.save(folder / f"{name}_offsets.npy", self.offsets)
        np.save(folder / f"{name}_rows.npy", self.values)

    def of(self, row: int) -> Rows:
        """Return one list."""
        return self.values[self.offsets[row] : self.offsets[row + 1]]

    def gather(self, rows: npt.NDArray[np.integer]) -> Gathered:
        """Return the lists of many rows behind one another."""
        return Gathered(*_gather(self.values, self.offsets[rows], self.offsets[rows + 1]))

    def rename(self, new: npt.NDArray[np.integer]) -> Ragged:
        """Put ``new[value]`` for every value."""
        return Ragged(self.offsets, new[self.values].astype(np.int32, copy=False))

    def owners(self) -> Ints:
        """Return the list each value belongs to."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))


def distinct(numbers: Ints) -> Ints:
    """Return the different numbers, ascending.

    ``np.unique`` does the same with a hash table, that packed keys fill unevenly: seconds for what
    sorting does in a tenth of one.
    """
    ordered = np.sort(numbers)
    is_new = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    return ordered[is_new]


def among(numbers: npt.NDArray[np.integer], ascending: npt.NDArray[np.integer]) -> Flags:
    """Return which numbers stand in an ascending array; for long ones faster than ``np.isin``."""
    if not len(ascending):
        return np.zeros(len(numbers), dtype=bool)
    at = np.minimum(np.searchsorted(ascending, numbers), len(ascending) - 1)
    found: Flags = ascending[at] == numbers
    return found


def offsets_of(counts: npt.NDArray[np.integer]) -> Ints:
    """Return where lists of these lengths begin, and the end of the last."""
    offsets = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets


def _gather(values: Rows, starts: Ints, ends: Ints) -> tuple[Rows, Ints]:
    lengths = ends - starts
    owner = np.repeat(np.arange(len(lengths)), lengths)
    places = np.arange(len(owner)) + np.repeat(starts - offsets_of(lengths)[:-1], lengths)
    return values[places], owner


def page(gathered: Gathered, lists: int, first: int | None, after: int) -> tuple[Gathered, Ints]:
    """Keep a page of each list, and tell how long each list is in all."""
    totals = np.bincount(gathered.owner, minlength=lists)
    begins = offsets_of(totals)[:-1]
    starts = np.minimum(after, totals)
    ends = totals if first is None else np.minimum(starts + first, totals)
    return Gathered(*_gather(gathered.values, begins + starts, begins + ends)), totals
