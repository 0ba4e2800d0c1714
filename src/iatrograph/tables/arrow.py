"""The door to Arrow: columns from sparse values, files written once and memory-mapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pyarrow.compute as pc  # type: ignore[import-untyped]

from iatrograph.tables.ragged import Ragged, offsets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

Column = Any
"""An Arrow array; the library has no types."""

Named = TypeVar("Named")

CHUNK: Final = 1 << 16


class Texts:
    """Strings that arrive one by one, kept as Arrow chunks."""

    def __init__(self) -> None:
        self._chunks: list[Column] = []
        self._open: list[str] = []

    def append(self, text: str) -> None:
        """Add a string."""
        self._open.append(text)
        if len(self._open) == CHUNK:
            self._close()

    def column(self) -> Column:
        """Return all strings as one column."""
        self._close()
        return pa.concat_arrays(self._chunks)

    def _close(self) -> None:
        self._chunks.append(pa.array(self._open, pa.string()))
        self._open = []


def strings(values: Sequence[str | None]) -> Column:
    """Return a column of strings."""
    return pa.array(values, pa.string())


def string_lists(values: Sequence[Sequence[str]]) -> Column:
    """Return a column of lists of strings."""
    return pa.array(values, pa.list_(pa.string()))


def number_lists(values: Sequence[Sequence[int]]) -> Column:
    """Return a column of lists of row numbers."""
    return pa.array(values, pa.list_(pa.int32()))


def records(values: Sequence[Sequence[Mapping[str, object]]], **fields: str) -> Column:
    """Return a column of lists of records, given the Arrow type name of each field."""
    record = pa.struct([(name, pa.type_for_alias(kind)) for name, kind in fields.items()])
    return pa.array(values, pa.list_(record))


def numbers(values: npt.NDArray[Any]) -> Column:
    """Return a column of numbers."""
    return pa.array(values)


def coded(codes: npt.NDArray[np.integer], names: Sequence[str]) -> Column:
    """Return a column of names stored as their places in ``names``."""
    smallest = np.int8 if len(names) < 128 else np.int16
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(smallest)), strings(names))


def lists(ragged: Ragged, values: Column | None = None) -> Column:
    """Return a column of lists: of row numbers, or of the given values."""
    offsets = pa.array(ragged.offsets.astype(np.int32))
    return pa.ListArray.from_arrays(offsets, numbers(ragged.values) if values is None else values)


def spread(column: Column, rows: npt.NDArray[np.integer], length: int) -> Column:
    """Return a longer column with a column's values at ``rows`` and nulls elsewhere.

    Without any value the column has no type and takes no room.
    """
    if not len(rows):
        return pa.nulls(length)
    places = np.full(length, -1, dtype=np.int32)
    places[rows] = np.arange(len(rows), dtype=np.int32)
    return column.take(pa.array(places, mask=places < 0))


def ragged_of(column: Column) -> Ragged:
    """Return the lists of a column of lists of numbers; null and no type are empty lists."""
    if pa.types.is_null(column.type):
        return Ragged(np.zeros(len(column) + 1, dtype=np.int64), np.empty(0, dtype=np.int32))
    lengths = column.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    return Ragged(offsets_of(lengths), column.flatten().to_numpy())


def flattened(column: Column) -> tuple[list[Any], npt.NDArray[np.int64]]:
    """Return the values of a column of lists behind one another, and the row of each."""
    lengths = column.value_lengths().to_numpy()
    return column.flatten().to_pylist(), np.repeat(np.arange(len(column)), lengths)


def array_of(column: Column) -> npt.NDArray[Any]:
    """Return the numbers of a column that has no nulls, without copying."""
    if pa.types.is_dictionary(column.type):
        column = column.indices
    return cast("npt.NDArray[Any]", column.to_numpy())


def codes_of(column: Column) -> npt.NDArray[Any]:
    """Return the codes of a column of coded names, -1 for null and for a column without type."""
    if pa.types.is_null(column.type):
        return np.full(len(column), -1, dtype=np.int8)
    return cast("npt.NDArray[Any]", column.indices.fill_null(-1).to_numpy())


def names_of(column: Column) -> tuple[str, ...]:
    """Return the names that a column of coded names chooses from."""
    return tuple(column.dictionary.to_pylist())


def order_by(*columns: Column) -> npt.NDArray[np.int64]:
    """Return the row numbers in ascending order of the columns, the first one foremost."""
    table = pa.table({str(place): column for place, column in enumerate(columns)})
    keys = [(name, "ascending") for name in table.column_names]
    return cast("npt.NDArray[np.int64]", pc.sort_indices(table, sort_keys=keys).to_numpy())


def taken(column: Column, rows: npt.NDArray[np.integer]) -> Column:
    """Return the values at some rows, in their order."""
    return column.take(pa.array(rows))


def texts_at(column: Column, rows: npt.NDArray[np.integer]) -> Column:
    """Return the strings at some rows; -1 gives null."""
    return column.take(pa.array(rows, mask=rows < 0))


def joined(*parts: Column | str) -> Column:
    """Return strings put together of columns and constants; null where a part is null."""
    return pc.binary_join_element_wise(*parts, "")


def concatenated(*parts: Column | str) -> Column:
    """Return strings put together of columns and constants; a part that is null adds nothing."""
    return pc.binary_join_element_wise(*parts, "", null_handling="replace", null_replacement="")


def mended(column: Column, faulty: str, mend: Callable[[str], str]) -> Column:
    """Return strings, those mended in which a pattern (RE2) is found."""
    found = pc.match_substring_regex(column, faulty)
    if not pc.any(found).as_py():
        return column
    right = [None if text is None else mend(text) for text in column.filter(found).to_pylist()]
    return pc.replace_with_mask(column, found, strings(right))


def sorted_lists(owners: npt.NDArray[np.integer], texts: Column, length: int) -> Column:
    """Return for each owner its texts in ascending order put together; null for one without."""
    order = order_by(numbers(owners), texts)
    counts = np.bincount(owners, minlength=length)
    lists = pa.ListArray.from_arrays(
        pa.array(offsets_of(counts).astype(np.int32)),
        taken(texts, order),
        mask=pa.array(counts == 0),
    )
    return pc.binary_join(lists, "")


def together(columns: Sequence[Column]) -> Column:
    """Return columns of strings behind one another."""
    return pa.concat_arrays(columns) if columns else strings(())


def behind_one_another(columns: Sequence[Column]) -> Column:
    """Return pieces of a column as one; those without any value may be without a type."""
    types = [column.type for column in columns if not pa.types.is_null(column.type)]
    if not types:
        return pa.nulls(sum(map(len, columns)))
    return pa.concat_arrays([column.cast(types[0]) for column in columns])


def has_values(column: Column) -> bool:
    """Whether any row has a value."""
    return bool(column.null_count < len(column))


def is_list(column: Column) -> bool:
    """Whether a column has lists."""
    return bool(pa.types.is_list(column.type))


def parts_of(column: Column) -> tuple[Column, npt.NDArray[np.int64]]:
    """Return the values of a column of lists behind one another as a column, and their rows."""
    lengths = column.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    return column.flatten(), np.repeat(np.arange(len(column)), lengths)


def bytes_of(column: Column) -> memoryview:
    """Return the UTF-8 of all strings of a column behind one another, without copying."""
    if not len(column):
        return memoryview(b"")
    _, offsets, data = column.buffers()
    places = np.frombuffer(offsets, dtype=np.int32)
    start, end = places[column.offset], places[column.offset + len(column)]
    return memoryview(data)[start:end] if data else memoryview(b"")


def repeats(column: Column) -> npt.NDArray[np.int64]:
    """Return the rows whose value is that of the row before."""
    if len(column) < 2:
        return np.empty(0, dtype=np.int64)
    same = pc.equal(column.slice(1), column.slice(0, len(column) - 1))
    return np.flatnonzero(same.to_numpy(zero_copy_only=False)) + 1


class Batch:
    """Columns of one length by name, as one memory-mapped batch."""

    def __init__(self, batch: Any) -> None:
        self.batch = batch

    def __len__(self) -> int:
        return int(self.batch.num_rows)

    @classmethod
    def of(
        cls, columns: Mapping[str, Column], notes: Mapping[str, Mapping[str, str]] | None = None
    ) -> Batch:
        """Put columns together; ``notes`` are kept with the column of that name."""
        fields = [
            pa.field(name, column.type, metadata=(notes or {}).get(name))
            for name, column in columns.items()
        ]
        return cls(pa.record_batch(list(columns.values()), schema=pa.schema(fields)))

    @classmethod
    def open(cls, path: Path) -> Batch:
        """Memory-map a file."""
        return cls(pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0))

    def save(self, path: Path) -> None:
        """Write a file of one batch, so that a column is one array when it is mapped."""
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, self.batch.schema) as file:
            file.write_batch(self.batch)

    def column(self, name: str) -> Column:
        """Return a column."""
        return self.batch.column(name)

    def array(self, name: str) -> npt.NDArray[Any]:
        """Return a column of numbers or codes as an array over the mapped file."""
        return array_of(self.column(name))

    def notes(self) -> dict[str, dict[str, str]]:
        """Return the notes of the columns that have some, in column order."""
        return {
            field.name: {k.decode(): v.decode() for k, v in field.metadata.items()}
            for field in self.batch.schema
            if field.metadata
        }

    def take(self, rows: npt.NDArray[np.integer]) -> Batch:
        """Return the rows in the given order."""
        return Batch(self.batch.take(pa.array(rows)))

    def rows(self) -> list[dict[str, Any]]:
        """Return every row as a dictionary: for small tables."""
        return cast("list[dict[str, Any]]", self.batch.to_pylist())


def release_memory() -> None:
    """Give memory that no column uses any more back to the system."""
    pa.default_memory_pool().release_unused()


_BITS: Final = np.left_shift(1, np.arange(8)).astype(np.uint8)


def is_coded(column: Column) -> bool:
    """Whether a column has names stored as codes."""
    return bool(pa.types.is_dictionary(column.type))


class Given:
    """Which rows of a column have a value, read off the bits that Arrow keeps of it."""

    def __init__(self, column: Column) -> None:
        """Take a column of a memory-mapped file."""
        bits = column.buffers()[0]
        self._is_none = column.null_count == len(column)
        self._bits = None if bits is None else np.frombuffer(bits, dtype=np.uint8)
        self._offset = column.offset

    def any_at(self, rows: npt.NDArray[np.integer]) -> bool:
        """Tell whether any of the rows has a value."""
        if self._is_none or self._bits is None:
            return not self._is_none
        places = rows + self._offset
        return bool((self._bits[places >> 3] & _BITS[places & 7]).any())


def named_at(
    column: Column, rows: npt.NDArray[np.integer], names: Sequence[Named]
) -> list[Named | None] | None:
    """Return what stands in ``names`` for the codes at some rows; None where all are null.

    Ten times faster than letting Arrow look the names up.
    """
    codes = column.indices.take(pa.array(rows))
    if codes.null_count == len(codes):
        return None
    choice = (*names, None)
    return [choice[code] for code in codes.fill_null(-1).to_numpy().tolist()]


def values_at(column: Column, rows: npt.NDArray[np.integer]) -> list[Any] | None:
    """Return the values of some rows, or None where all of them are null."""
    if pa.types.is_null(column.type):
        return None
    taken = column.take(pa.array(rows))
    return None if taken.null_count == len(taken) else cast("list[Any]", taken.to_pylist())
