"""A set in a folder: what is there is left alone, what is missing or wrong is loaded."""

from __future__ import annotations

import fcntl
import threading
from typing import TYPE_CHECKING

import pytest
from tests.fetching.site import Site, file_set, pinned

from iatrograph.errors import DownloadFailed, UnreadableFile
from iatrograph.fetching import FileSet, downloads, fetch, fetched, missing
from iatrograph.fetching.download import Told
from iatrograph.fetching.folder import LOCK

if TYPE_CHECKING:
    from pathlib import Path

    from iatrograph.fetching.https import Client


@pytest.fixture
def wanted(site: Site) -> FileSet:
    """Return a set of two files."""
    return file_set(site.serve(b"one\n", "a/one.tsv"), site.serve(b"two\n", "b/two.tsv"))


def test_a_set_is_loaded_once(site: Site, client: Client, wanted: FileSet, tmp_path: Path) -> None:
    """The second time nothing is asked for."""
    folder = downloads(tmp_path, wanted.name)

    first = fetch(client, wanted, folder, Told())
    second = fetch(client, wanted, folder, Told())

    assert (first, second) == (wanted.files, ())
    assert len(site.requests) == 2
    assert fetched(wanted, tmp_path) == folder
    assert (folder / "two.tsv").read_bytes() == b"two\n"


@pytest.mark.parametrize("other", [b"TWO\n", b"longer than two\n"])
def test_only_what_is_wrong_is_loaded_again(
    site: Site, client: Client, wanted: FileSet, tmp_path: Path, other: bytes
) -> None:
    """Also where size alone would not tell."""
    fetch(client, wanted, tmp_path, Told())
    (tmp_path / "two.tsv").write_bytes(other)

    assert [file.name for file in missing(wanted, tmp_path)] == ["two.tsv"]
    assert [file.name for file in fetch(client, wanted, tmp_path, Told())] == ["two.tsv"]
    assert (tmp_path / "two.tsv").read_bytes() == b"two\n"
    assert len(site.requests) == 3


def test_a_file_of_somebody_is_not_replaced(
    site: Site, client: Client, wanted: FileSet, tmp_path: Path
) -> None:
    """In a folder of the user's, nothing is loaded while another file has the name of one."""
    (tmp_path / "two.tsv").write_bytes(b"mine\n")

    with pytest.raises(DownloadFailed, match=r"two\.tsv is there and is another file; move it"):
        fetch(client, wanted, tmp_path, Told(), may_replace=False)

    assert (tmp_path / "two.tsv").read_bytes() == b"mine\n"
    assert site.requests == []


def test_what_was_not_fetched_is_told_with_the_remedy(wanted: FileSet, tmp_path: Path) -> None:
    """The files, the folder and the command."""
    with pytest.raises(UnreadableFile, match=r"has no one\.tsv, two\.tsv as .*`iatrograph fetch t"):
        fetched(wanted, tmp_path)


def test_a_file_that_fails_leaves_those_before_it(
    site: Site, client: Client, wanted: FileSet, tmp_path: Path
) -> None:
    """The next run loads the rest."""
    lost = pinned(b"lost\n", f"{site.address}/lost.tsv", "lost.tsv")
    with pytest.raises(DownloadFailed, match="404"):
        fetch(client, file_set(*wanted.files, lost), tmp_path, Told())

    assert missing(wanted, tmp_path) == ()


def test_two_runs_do_not_write_one_part(
    site: Site, client: Client, wanted: FileSet, tmp_path: Path
) -> None:
    """The second waits for the first, says so, and then finds what is there."""
    waits = threading.Event()
    told = Told(trouble=lambda _: waits.set())
    run = threading.Thread(target=fetch, args=(client, wanted, tmp_path, told))
    with (tmp_path / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run.start()
        assert waits.wait(10)
        assert site.requests == []
        for file, content in zip(wanted.files, (b"one\n", b"two\n"), strict=True):
            (tmp_path / file.name).write_bytes(content)
    run.join(10)

    assert not run.is_alive()
    assert site.requests == []


def test_a_folder_that_cannot_be_made_is_told(
    client: Client, wanted: FileSet, tmp_path: Path
) -> None:
    """Where a file stands in its way."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(DownloadFailed, match=r"cannot write .*file/folder: Not a directory; name"):
        fetch(client, wanted, tmp_path / "file" / "folder", Told())
