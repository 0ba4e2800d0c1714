from __future__ import annotations

import bz2
import gzip
import json
import lzma
import resource
from io import StringIO
from typing import TYPE_CHECKING, Final

import pytest
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.packing import PACKERS

from iatrograph.archives import plain_suffix
from iatrograph.errors import UnreadableFile
from iatrograph.importers.lines import LONGEST_LINE, NO_UTF8, TOO_LONG, lines
from iatrograph.importers.rejects import Rejects

if TYPE_CHECKING:
    from pathlib import Path

SHARING: Final = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXTS: Final = st.lists(
    st.text(st.characters(exclude_characters="\r\n\ufeff", codec="utf-8"), max_size=20), min_size=1
)


def read(path: Path, rejects: Rejects | None = None) -> list[tuple[int, str]]:
    """Return all lines of a file."""
    return list(lines(path, rejects or Rejects("t")))


@pytest.mark.parametrize("ending", PACKERS)
@SHARING
@given(texts=TEXTS, end=st.sampled_from(["\n", "\r\n"]), is_ended=st.booleans())
def test_lines_come_back_however_they_are_packed(
    tmp_path: Path, ending: str, texts: list[str], end: str, is_ended: bool
) -> None:
    """Each line comes with its number and without its end, last line feed or not."""
    path = tmp_path / f"a.tsv{ending}"
    content = end.join(texts) + (end if is_ended or not texts[-1] else "")
    path.write_bytes(PACKERS[ending](content.encode()))

    assert read(path) == list(enumerate(texts, start=1))


@pytest.mark.parametrize("ending", [ending for ending in PACKERS if ending])
@SHARING
@given(share=st.floats(0, 1, exclude_max=True))
def test_an_archive_cut_anywhere_is_told(tmp_path: Path, ending: str, share: float) -> None:
    """No cut archive passes for a shorter file."""
    packed = PACKERS[ending]("".join(f"line {n * n}\n" for n in range(500)).encode())
    path = tmp_path / f"a.tsv{ending}"
    path.write_bytes(packed[: max(1, int(share * len(packed)))])

    with pytest.raises(UnreadableFile, match=r"damaged or cut|no |nvalid|nexpected"):
        read(path)


@pytest.mark.parametrize("ending", [ending for ending in PACKERS if ending])
def test_a_damaged_archive_is_told(tmp_path: Path, ending: str) -> None:
    """Text that is named as an archive is no archive."""
    path = tmp_path / f"a.tsv{ending}"
    path.write_text("id\tname\n")

    with pytest.raises(UnreadableFile):
        read(path)


def test_what_stood_before_the_cut_is_read_first(tmp_path: Path) -> None:
    """Lines are given while the archive is read, the error comes where it ends."""
    packed = gzip.compress("".join(f"{n * 7919 % 10007}\n" for n in range(50_000)).encode())
    path = tmp_path / "a.tsv.gz"
    path.write_bytes(packed[:-5])
    found: list[tuple[int, str]] = []

    with pytest.raises(UnreadableFile, match="damaged or cut archive"):
        found.extend(lines(path, Rejects("t")))
    assert len(found) > 40_000


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    """Only at the beginning of the file; elsewhere it is a character like others."""
    path = tmp_path / "a.tsv"
    path.write_bytes("\ufeffid\n\ufeffb\n".encode())

    assert read(path) == [(1, "id"), (2, "\ufeffb")]


def test_a_line_that_is_no_utf8_is_rejected_and_told(tmp_path: Path) -> None:
    """The lines around it are read; what can be shown of it is kept."""
    path = tmp_path / "a.tsv"
    path.write_bytes(b"one\ntwo \xff\xe9\nthree\n")
    file = StringIO()
    rejects = Rejects("set", file)

    assert read(path, rejects) == [(1, "one"), (3, "three")]
    assert json.loads(file.getvalue()) == {
        "source": "set",
        "file": "a.tsv",
        "line": 2,
        "reason": NO_UTF8,
        "text": "two \ufffd\ufffd",
    }


@SHARING
@given(content=st.binary(max_size=200))
def test_no_bytes_break_the_reader(tmp_path: Path, content: bytes) -> None:
    """Every line is read or rejected, or the file is refused: never another error."""
    path = tmp_path / "a.tsv"
    path.write_bytes(content)
    rejects = Rejects("t")
    try:
        found = read(path, rejects)
    except UnreadableFile:
        return

    count = content.count(b"\n") + (not content.endswith(b"\n") and content != b"")
    assert len(found) + sum(rejects.counts.values()) == count


def test_a_line_of_a_hundred_megabytes_is_rejected_and_not_held(tmp_path: Path) -> None:
    """The line after it has its right number, and memory does not grow with the line."""
    path = tmp_path / "a.tsv.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b"id\n")
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b"\nlast\n")
    rejects = Rejects("t")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert read(path, rejects) == [(1, "id"), (3, "last")]
    assert rejects.counts == {TOO_LONG: 1}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


@pytest.mark.parametrize("more", [0, 1])
def test_the_longest_line_is_read_and_a_longer_one_is_not(tmp_path: Path, more: int) -> None:
    """The limit is on the bytes before the line feed."""
    path = tmp_path / "a.tsv"
    path.write_bytes(b"x" * (LONGEST_LINE + more) + b"\nlast")
    rejects = Rejects("t")

    found = [number for number, _ in read(path, rejects)]
    assert (found, dict(rejects.counts)) == (([2], {TOO_LONG: 1}) if more else ([1, 2], {}))


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        ("id\tname\n".encode("utf-16"), "is UTF-16; save it as UTF-8"),
        (gzip.compress(b"id\n"), r"compressed with gzip; give its name the ending \.gz"),
        (bz2.compress(b"id\n"), r"compressed with bzip2; give its name the ending \.bz2"),
        (lzma.compress(b"id\n"), r"compressed with xz; give its name the ending \.xz"),
        (zstd.compress(b"id\n"), r"compressed with zstd; give its name the ending \.zst"),
        (b"PK\x03\x04rest", "is a zip archive; unpack it"),
    ],
)
def test_a_file_that_is_something_else_is_told(tmp_path: Path, content: bytes, remedy: str) -> None:
    """The message says what it looks like and what to do."""
    path = tmp_path / "a.tsv"
    path.write_bytes(content)

    with pytest.raises(UnreadableFile, match=remedy):
        read(path)


def test_an_empty_file_has_no_lines_and_a_missing_one_is_told(tmp_path: Path) -> None:
    """Who needs lines says so; who cannot open says that."""
    (tmp_path / "a.tsv").touch()

    assert read(tmp_path / "a.tsv") == []
    with pytest.raises(UnreadableFile, match="No such file"):
        read(tmp_path / "b.tsv")
    with pytest.raises(UnreadableFile, match="directory"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.tsv", ".tsv"), ("a.tsv.gz", ".tsv"), ("a.JSONL.zst", ".jsonl"), ("a", ""), ("a.gz", "")],
)
def test_the_ending_of_the_compression_is_not_that_of_the_file(
    tmp_path: Path, name: str, suffix: str
) -> None:
    """``.tsv.gz`` is a table with tabs."""
    assert plain_suffix(tmp_path / name) == suffix
