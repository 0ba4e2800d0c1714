"""Columns that are longer than memory should hold: piece by piece to disk, one back at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iatrograph.tables import arrow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from iatrograph.tables.arrow import Column


class Pieces:
    """The same columns, again and again with other rows, each piece a file."""

    def __init__(self, folder: Path) -> None:
        """Take an empty folder; its files can go when all columns have been mapped."""
        self._folder, self._pieces = folder, list[arrow.Batch]()

    def add(self, columns: Mapping[str, Column]) -> None:
        """Put rows behind those that are there."""
        path = self._folder / f"piece-{len(self._pieces)}.arrow"
        arrow.Batch.of(columns).save(path)
        self._pieces.append(arrow.Batch.open(path))

    def column(self, name: str) -> Column:
        """Return a column of all rows, in memory."""
        return arrow.behind_one_another([piece.column(name) for piece in self._pieces])

    def names(self) -> Iterator[str]:
        """Yield the names of the columns; there are none before the first piece."""
        yield from self._pieces[0].batch.schema.names if self._pieces else ()

    def mapped(self, name: str, rows: npt.NDArray[np.integer]) -> Column:
        """Return some rows of a column, in their order, mapped from a file."""
        return self.kept(name, arrow.taken(self.column(name), rows))

    def kept(self, name: str, column: Column) -> Column:
        """Return a column mapped from a file that it is written to."""
        path = self._folder / f"column-{name}.arrow"
        arrow.Batch.of({name: column}).save(path)
        return arrow.Batch.open(path).column(name)
