from __future__ import annotations

import csv
import gzip
from io import StringIO
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iatrograph.errors import UnreadableFile
from iatrograph.importers.lines import LONGEST_LINE, NO_UTF8, TOO_LONG
from iatrograph.importers.rejects import Rejects
from iatrograph.importers.tables import OPEN_QUOTES, RAGGED, rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SHARING: Final = settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CELL: Final = st.text(
    st.characters(exclude_characters="\r\n\ufeff", codec="utf-8"), min_size=1, max_size=8
)


def read(
    path: Path,
    columns: Sequence[str] = ("id", "name"),
    rejects: Rejects | None = None,
    *,
    delimiter: str = "\t",
    has_header: bool = True,
    is_quoted: bool = False,
) -> list[tuple[int, tuple[str, ...]]]:
    """Return all rows of a table."""
    return list(
        rows(
            path,
            columns,
            rejects or Rejects("t"),
            delimiter=delimiter,
            has_header=has_header,
            is_quoted=is_quoted,
        )
    )


def table(folder: Path, content: str | bytes, name: str = "a.tsv") -> Path:
    """Write a table."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_columns_are_taken_by_name_in_the_order_asked_for(tmp_path: Path) -> None:
    """Others may stand between them, in any order; blank lines are passed over."""
    path = table(tmp_path, "name\tnote\tid\nOne\tx\t1\n\nTwo\ty\t2\n")

    assert read(path) == [(2, ("1", "One")), (4, ("2", "Two"))]


def test_a_table_without_a_header_is_read_by_place(tmp_path: Path) -> None:
    """Its first row is a row like others."""
    path = table(tmp_path, "1\tOne\n2\tTwo\n")

    assert read(path, has_header=False) == [(1, ("1", "One")), (2, ("2", "Two"))]


@SHARING
@given(cells=st.lists(st.tuples(CELL, CELL), min_size=1), end=st.sampled_from(["\n", "\r\n"]))
def test_quoted_cells_come_back(tmp_path: Path, cells: list[tuple[str, str]], end: str) -> None:
    """What a writer of CSV quotes is read as it was."""
    text = StringIO()
    writer = csv.writer(text, lineterminator=end)
    writer.writerows([("id", "name"), *cells])
    path = table(tmp_path, text.getvalue(), "a.csv")

    found = read(path, delimiter=",", is_quoted=True)
    assert found == list(enumerate(cells, start=2))


@SHARING
@given(body=st.lists(st.lists(CELL.filter(lambda text: "\t" not in text), max_size=4)))
def test_each_row_is_read_or_rejected(tmp_path: Path, body: list[list[str]]) -> None:
    """Ragged rows never shift cells into other columns, and none goes missing."""
    path = table(tmp_path, "\n".join(["id\tname", *("\t".join(cells) for cells in body)]))
    rejects = Rejects("t")

    found = read(path, rejects=rejects)
    assert [cells for _, cells in found] == [tuple(c) for c in body if len(c) == 2]
    ragged = [c for c in body if len(c) not in (0, 2)]
    assert rejects.counts.get(RAGGED, 0) == len(ragged)


@SHARING
@given(content=st.binary(max_size=300), is_quoted=st.booleans(), has_header=st.booleans())
def test_no_bytes_break_the_reader(
    tmp_path: Path, content: bytes, is_quoted: bool, has_header: bool
) -> None:
    """Rows are read or rejected, or the file is refused: never another error."""
    path = table(tmp_path, b"id\tname\n" * has_header + content)
    try:
        found = read(path, is_quoted=is_quoted, has_header=has_header)
    except UnreadableFile:
        return

    assert all(len(cells) == 2 for _, cells in found)


@pytest.mark.parametrize(
    ("content", "looks"),
    [
        ("id,name\n1,One\n", r"a\.tsv:1: has commas; expected the columns id, name, with tabs"),
        ("id;name\n1;One\n", "has semicolons"),
        ("id|name\n1|One\n", "has bars"),
        ("<html>\n", "has one column"),
        ("", "is empty; expected the columns id, name, with tabs"),
        ("id\tlabel\n", "no column name; it has id, label; expected the columns id, name"),
        ("id\tname\tid\n1\tOne\t1\n", "the column 'id' stands twice; keep one"),
        (b"id\tname\xff\n1\tOne\n", f":1: the header is {NO_UTF8}, or {TOO_LONG}"),
        (b"id\tname" + b"x" * LONGEST_LINE + b"\n1\tOne\n", f":1: the header is {NO_UTF8}, or"),
    ],
)
def test_a_file_of_another_layout_fails_at_once(
    tmp_path: Path, content: str | bytes, looks: str
) -> None:
    """The message says what the file looks like and what was expected."""
    with pytest.raises(UnreadableFile, match=looks):
        read(table(tmp_path, content))


def test_a_column_that_is_not_wanted_may_stand_twice(tmp_path: Path) -> None:
    """It is not looked at."""
    assert read(table(tmp_path, "id\tx\tname\tx\n1\t\tOne\t\n")) == [(2, ("1", "One"))]


def test_a_byte_order_mark_and_line_ends_of_windows_are_no_part_of_cells(tmp_path: Path) -> None:
    """The first column has its name, the last cell its value."""
    path = table(tmp_path, b"\xef\xbb\xbfid\tname\r\n1\tOne\r\n")

    assert read(path) == [(2, ("1", "One"))]


def test_bad_rows_are_rejected_one_by_one(tmp_path: Path) -> None:
    """Each with its own reason; the good rows around them are read."""
    long = b"3\t" + b"x" * (LONGEST_LINE + 1)
    body = [b'id,"name"', b"1,One", b"2", b"3,\xff", long, b'4,"open', b'5,"a"b', b'6,"S, ""x"""']
    rejects = Rejects("t")

    path = table(tmp_path, b"\n".join(body), "a.csv")
    found = read(path, rejects=rejects, delimiter=",", is_quoted=True)
    assert found == [(2, ("1", "One")), (8, ("6", 'S, "x"'))]
    assert rejects.counts == {RAGGED: 1, NO_UTF8: 1, TOO_LONG: 1, OPEN_QUOTES: 2}


def test_a_quoted_cell_too_long_for_the_reader_is_rejected(tmp_path: Path) -> None:
    """The limit of Python's reader of CSV is no error of ours."""
    path = table(tmp_path, 'id,name\n1,"' + "x" * 200_000 + '"\n2,Two\n', "a.csv")
    rejects = Rejects("t")

    assert read(path, rejects=rejects, delimiter=",", is_quoted=True) == [(3, ("2", "Two"))]
    assert rejects.counts == {OPEN_QUOTES: 1}


def test_a_cut_archive_fails_after_what_could_be_read(tmp_path: Path) -> None:
    """A download that broke off is not taken for a small table."""
    body = "".join(f"{n}\t{n * 7919 % 10007}\n" for n in range(30_000))
    path = table(tmp_path, gzip.compress(f"id\tname\n{body}".encode())[:-9], "a.tsv.gz")

    with pytest.raises(UnreadableFile, match="damaged or cut archive"):
        read(path)
