import gzip
from pathlib import Path

import pytest
from tests.packing import PACKERS

from iatrograph.archives import opened, plain_suffix
from iatrograph.errors import UnreadableFile

ROWS = b"".join(b"%d\t%d\n" % (number, number**5) for number in range(40_000))


@pytest.fixture(params=PACKERS)
def packed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Write the rows plain and in each compression."""
    path = tmp_path / f"rows.tsv{request.param}"
    path.write_bytes(PACKERS[request.param](ROWS))
    return path


def test_what_is_packed_comes_out_as_it_was(packed: Path) -> None:
    """Every ending is unpacked."""
    with opened(packed) as file:
        assert b"".join(file) == ROWS
    assert plain_suffix(packed) == ".tsv"


def test_who_listens_hears_how_far_the_packed_file_is_read(packed: Path) -> None:
    """The counts ascend to the size of the file on the disk."""
    heard: list[tuple[Path, int, int]] = []
    with opened(packed, lambda *told: heard.append(told)) as file:
        assert file.readline() == b"0\t0\n"
        early = heard[-1][1]
        file.read()
    size = packed.stat().st_size
    assert 0 < early < size
    assert heard[-1] == (packed, size, size)
    assert [done for _, done, _ in heard] == sorted({done for _, done, _ in heard})


def test_a_cut_archive_says_so(tmp_path: Path) -> None:
    """The end of an archive is missed."""
    path = tmp_path / "rows.tsv.gz"
    path.write_bytes(gzip.compress(ROWS)[:-20])
    with pytest.raises(UnreadableFile, match="damaged or cut archive"), opened(path) as file:
        file.read()


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    """A missing file is named with its reason."""
    with pytest.raises(UnreadableFile, match="No such file"), opened(tmp_path / "rows.tsv"):
        pass
