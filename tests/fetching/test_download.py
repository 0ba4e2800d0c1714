"""One file from a server on loopback: gone on with, held against its pin, or clearly refused."""

from __future__ import annotations

import gzip
import os
import resource
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fetching.site import Site, pinned, running_site

from iatrograph.errors import DownloadFailed, InvalidSetting
from iatrograph.fetching import open_client
from iatrograph.fetching.download import TRIES, Told, download
from iatrograph.fetching.https import LONGEST_WAIT_S, REDIRECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iatrograph.fetching import PinnedFile
    from iatrograph.fetching.https import Client

CONTENT: Final = os.urandom(200_000)
OTHER: Final = os.urandom(200_000)


class Stopped(Exception):
    """Stands for Ctrl-C."""


class Waits(list[float]):
    """Remembers how long was to be waited, and waits not."""

    @property
    def told(self) -> Told:
        """Tell nobody but this."""
        return Told(wait=self.append)


def stop(_: float) -> None:
    """End the run where it would wait."""
    raise Stopped


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def left(folder: Path) -> set[str]:
    """Return the names of what is in a folder."""
    return {path.name for path in folder.iterdir()}


def begin(client: Client, site: Site, file: PinnedFile, folder: Path, kept: int) -> None:
    """Load the first bytes of a file and stop there."""
    site.served["/file.tsv"].cuts = [kept]
    with pytest.raises(Stopped):
        download(client, file, folder, Told(wait=stop))
    assert (folder / "file.tsv.part").stat().st_size == kept
    site.requests.clear()


def test_a_file_is_loaded_whole(site: Site, client: Client, tmp_path: Path) -> None:
    """Its bytes are there under its name, and nothing else; progress ends at its size."""
    shown: list[tuple[str, int, int]] = []
    told = Told(progress=lambda *step: shown.append(step))

    download(client, site.serve(CONTENT), tmp_path, told)

    assert (tmp_path / "file.tsv").read_bytes() == CONTENT
    assert left(tmp_path) == {"file.tsv"}
    assert shown[0] == ("file.tsv", 0, len(CONTENT))
    assert shown[-1] == ("file.tsv", len(CONTENT), len(CONTENT))
    assert site.requests[0]["accept-encoding"] == "identity"


def test_another_run_goes_on_where_one_stopped(site: Site, client: Client, tmp_path: Path) -> None:
    """It asks for the rest, of the very file that it began."""
    file = site.serve(CONTENT)
    begin(client, site, file, tmp_path, 50_000)

    download(client, file, tmp_path, Told())

    assert (tmp_path / "file.tsv").read_bytes() == CONTENT
    assert left(tmp_path) == {"file.tsv"}
    (request,) = site.requests
    assert request["range"] == "bytes=50000-"
    assert request["if-range"] == '"1"'


def test_a_weak_etag_is_no_ground_to_go_on_by(site: Site, client: Client, tmp_path: Path) -> None:
    """RFC 9110 forbids it in If-Range; the pinned size and hash are then what holds."""
    file = site.serve(CONTENT, etag='W/"1"')
    begin(client, site, file, tmp_path, 50_000)

    download(client, file, tmp_path, Told())

    (request,) = site.requests
    assert request["range"] == "bytes=50000-"
    assert "if-range" not in request
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


def test_a_server_without_ranges_sends_all_again(
    site: Site, client: Client, tmp_path: Path
) -> None:
    """What was there is given up, and the file is right."""
    file = site.serve(CONTENT, has_ranges=False)
    begin(client, site, file, tmp_path, 50_000)

    download(client, file, tmp_path, Told())

    assert site.ranges == ["bytes=50000-"]
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


def test_a_file_that_changed_is_begun_anew(site: Site, client: Client, tmp_path: Path) -> None:
    """The other ETag makes the server send all of the file that was meant from the start."""
    file = pinned(CONTENT, f"{site.address}/file.tsv")
    site.serve(OTHER, etag='"0"')
    begin(client, site, file, tmp_path, 50_000)
    site.serve(CONTENT, etag='"1"')

    download(client, file, tmp_path, Told())

    assert site.ranges == ["bytes=50000-"]
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


def test_a_damaged_part_is_loaded_anew(site: Site, client: Client, tmp_path: Path) -> None:
    """Bytes of another file, by which no ETag says so, are found out by the hash."""
    file = site.serve(CONTENT)
    (tmp_path / "file.tsv.part").write_bytes(OTHER[:50_000])

    download(client, file, tmp_path, Told())

    assert site.ranges == ["bytes=50000-", ""]
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


def test_wrong_bytes_in_pieces_are_refused_in_the_end(
    site: Site, client: Client, tmp_path: Path
) -> None:
    """However often the connection is cut, all is loaded anew but once."""
    site.serve(OTHER, cuts=[100_000, 200_000] * 10)
    file = pinned(CONTENT, f"{site.address}/file.tsv")

    with pytest.raises(DownloadFailed, match="its SHA-256 is"):
        download(client, file, tmp_path, Waits().told)

    assert site.ranges == ["", "bytes=100000-"] * 2
    assert left(tmp_path) == set()


def test_an_etag_that_is_none_is_not_sent(site: Site, client: Client, tmp_path: Path) -> None:
    """What stands beside a part may be damaged too."""
    file = site.serve(CONTENT)
    begin(client, site, file, tmp_path, 50_000)
    (tmp_path / "file.tsv.part.etag").write_bytes(b'"1"\r\nX: y\xff')

    download(client, file, tmp_path, Told())

    assert "if-range" not in site.requests[0]
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("name", "value"), [("ALL_PROXY", "gopher://x"), ("SSL_CERT_FILE", "/nowhere/ca.pem")]
)
def test_an_environment_that_cannot_be_used_is_told(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the name of the variable; its value may hold a password."""
    monkeypatch.setenv(name, value)

    with pytest.raises(InvalidSetting, match=rf"{name}.*mend or unset it"), open_client():
        pass


@pytest.mark.parametrize("size", [len(CONTENT), len(CONTENT) + 1])
def test_a_part_that_is_too_long_or_wrong_is_given_up(
    site: Site, client: Client, tmp_path: Path, size: int
) -> None:
    """It is loaded anew without asking for a range that cannot be."""
    (tmp_path / "file.tsv.part").write_bytes(b"x" * size)

    download(client, site.serve(CONTENT), tmp_path, Told())

    assert site.ranges == [""]
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


def test_a_part_that_was_whole_only_gets_its_name(
    site: Site, client: Client, tmp_path: Path
) -> None:
    """Nothing is asked for where a run was ended right before the end."""
    (tmp_path / "file.tsv.part").write_bytes(CONTENT)

    download(client, site.serve(CONTENT), tmp_path, Told())

    assert site.requests == []
    assert left(tmp_path) == {"file.tsv"}


@pytest.mark.parametrize("told", ["bytes 0-9/10", "bytes 49999-199999/200000", "pages 1-2/3"])
def test_another_range_than_asked_is_not_taken(
    site: Site, client: Client, tmp_path: Path, told: str
) -> None:
    """The part is given up and all is asked for."""
    file = site.serve(CONTENT, content_range=told)
    begin(client, site, file, tmp_path, 50_000)

    download(client, file, tmp_path, Waits().told)

    assert site.ranges == ["bytes=50000-", ""]
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


def test_what_can_no_more_be_gone_on_with_is_begun_anew(
    site: Site, client: Client, tmp_path: Path
) -> None:
    """The server has less than the part, for a moment: 416."""
    file = pinned(CONTENT, f"{site.address}/file.tsv")
    site.serve(CONTENT)
    begin(client, site, file, tmp_path, 50_000)
    site.served["/file.tsv"].statuses = [416]

    download(client, file, tmp_path, Waits().told)

    assert site.ranges == ["bytes=50000-", ""]
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


@pytest.mark.parametrize("is_reset", [False, True])
def test_a_cut_connection_is_taken_up_again(
    site: Site, client: Client, tmp_path: Path, is_reset: bool
) -> None:
    """In the same run, from the byte where it was cut, after a wait."""
    file, waits = site.serve(CONTENT, cuts=[70_000, 70_000], is_reset=is_reset), Waits()

    download(client, file, tmp_path, waits.told)

    assert (tmp_path / "file.tsv").read_bytes() == CONTENT
    assert site.ranges == ["", "bytes=70000-", "bytes=140000-"]
    assert waits == [1, 1]


def test_a_slow_server_is_asked_again(site: Site, client: Client, tmp_path: Path) -> None:
    """A body that stands still for longer than the limit is as good as cut."""
    file, waits = site.serve(CONTENT, pauses_s=[1.0]), Waits()

    download(client, file, tmp_path, waits.told)

    assert site.ranges == ["", "bytes=100000-"]
    assert waits == [1]
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


def test_an_end_without_all_the_bytes_is_taken_up_again(
    site: Site, client: Client, tmp_path: Path
) -> None:
    """Where no length was told, an end that came too soon looks like any other."""
    file = site.serve(CONTENT, has_length=False, cuts=[70_000])

    download(client, file, tmp_path, Waits().told)

    assert site.ranges == ["", "bytes=70000-"]
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


def test_a_compressed_answer_is_unpacked(site: Site, client: Client, tmp_path: Path) -> None:
    """What a server or proxy compresses all the same gives the bytes of the file."""
    site.serve(gzip.compress(CONTENT), headers={"Content-Encoding": "gzip"})

    download(client, pinned(CONTENT, f"{site.address}/file.tsv"), tmp_path, Told())

    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


def test_wrong_bytes_are_refused(site: Site, client: Client, tmp_path: Path) -> None:
    """Both hashes are told, nothing is kept, and what had the name before is untouched."""
    site.serve(OTHER)
    file, wrong = pinned(CONTENT, f"{site.address}/file.tsv"), pinned(OTHER, "")
    (tmp_path / "file.tsv").write_bytes(b"before")

    with pytest.raises(DownloadFailed) as caught:
        download(client, file, tmp_path, Told())

    for told in (file.address, file.sha256, wrong.sha256, "NAME=DIR"):
        assert told in str(caught.value)
    assert left(tmp_path) == {"file.tsv"}
    assert (tmp_path / "file.tsv").read_bytes() == b"before"


@pytest.mark.parametrize(
    ("content", "has_length", "told"),
    [
        (CONTENT + b"x", True, "200,001 bytes are there, not 200,000"),
        (b"version https://git-lfs.github.com/spec/v1", True, "42 bytes are there"),
        (CONTENT + CONTENT, False, "more than the pinned 200,000 bytes"),
    ],
)
def test_a_file_of_another_size_is_refused(
    site: Site, client: Client, tmp_path: Path, content: bytes, has_length: bool, told: str
) -> None:
    """At once where the size is told, else with the first byte too many."""
    site.serve(content, has_length=has_length)

    with pytest.raises(DownloadFailed, match=told):
        download(client, pinned(CONTENT, f"{site.address}/file.tsv"), tmp_path, Told())

    assert left(tmp_path) == set()
    assert len(site.requests) == 1


def test_an_answer_of_another_size_costs_no_bytes(
    site: Site, client: Client, tmp_path: Path
) -> None:
    """A page that asks for a password in place of the file leaves the part as it was."""
    file = site.serve(CONTENT, has_ranges=False)
    begin(client, site, file, tmp_path, 50_000)
    site.serve(b"<html>log in", has_ranges=False)

    with pytest.raises(DownloadFailed, match="12 bytes are there"):
        download(client, file, tmp_path, Told())

    assert (tmp_path / "file.tsv.part").read_bytes() == CONTENT[:50_000]


def test_what_is_not_there_is_told_at_once(site: Site, client: Client, tmp_path: Path) -> None:
    """404 is no passing trouble."""
    with pytest.raises(DownloadFailed, match=r"/file\.tsv: the server answers 404 Not Found; load"):
        download(client, pinned(CONTENT, f"{site.address}/file.tsv"), tmp_path, Told())

    assert len(site.requests) == 1
    assert left(tmp_path) == set()


def test_a_server_in_trouble_is_asked_again(site: Site, client: Client, tmp_path: Path) -> None:
    """Longer and longer is waited between the tries."""
    file, waits = site.serve(CONTENT, statuses=[500, 502, 503]), Waits()

    download(client, file, tmp_path, waits.told)

    assert waits == [1, 2, 4]
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("asked", "waited"), [("7", 7), ("999999", LONGEST_WAIT_S), ("Wed, 21 Oct 2026", 1)]
)
def test_as_long_is_waited_as_the_server_asks(
    site: Site, client: Client, tmp_path: Path, asked: str, waited: float
) -> None:
    """Within reason."""
    file, waits = site.serve(CONTENT, statuses=[429], headers={"Retry-After": asked}), Waits()

    download(client, file, tmp_path, waits.told)

    assert waits == [waited]


def test_a_server_that_stays_in_trouble_is_left(site: Site, client: Client, tmp_path: Path) -> None:
    """The error says what it answered, and that one can try again."""
    file = site.serve(CONTENT, statuses=[500] * 20)

    with pytest.raises(DownloadFailed, match="answers 500 Internal Server Error; check the conn"):
        download(client, file, tmp_path, Waits().told)

    assert len(site.requests) == TRIES


def test_no_server_at_all_is_told(client: Client, tmp_path: Path) -> None:
    """As when there is no network."""
    with running_site() as gone:
        file = gone.serve(CONTENT)

    with pytest.raises(DownloadFailed, match=f"{file.address}: .*refused.*; check the connection"):
        download(client, file, tmp_path, Waits().told)


def test_tries_that_get_no_further_come_to_an_end(
    site: Site, client: Client, tmp_path: Path
) -> None:
    """A server without ranges that always cuts at the half is left, and the half is kept."""
    file = site.serve(CONTENT, has_ranges=False, cuts=[100_000] * 20)

    with pytest.raises(DownloadFailed, match="100,000 of 200,000 bytes are kept"):
        download(client, file, tmp_path, Waits().told)

    assert len(site.requests) == TRIES
    assert (tmp_path / "file.tsv.part").read_bytes() == CONTENT[:100_000]


def test_a_redirect_is_followed(site: Site, client: Client, tmp_path: Path) -> None:
    """With the range that was asked for."""
    file = site.serve(CONTENT)
    begin(client, site, file, tmp_path, 50_000)
    site.serve(CONTENT, "moved/file.tsv")
    site.served["/file.tsv"].location = "/moved/file.tsv"

    download(client, file, tmp_path, Told())

    assert site.ranges == ["bytes=50000-"] * 2
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


@pytest.mark.parametrize("location", ["http://example.org/file.tsv", "ftp://127.0.0.1/file.tsv"])
def test_a_redirect_away_from_https_is_refused(
    site: Site, client: Client, tmp_path: Path, location: str
) -> None:
    """Nothing is asked of where it leads."""
    file = site.serve(CONTENT, location=location)

    with pytest.raises(DownloadFailed, match="which is not https"):
        download(client, file, tmp_path, Told())

    assert len(site.requests) == 1


def test_a_redirect_in_a_circle_is_left(site: Site, client: Client, tmp_path: Path) -> None:
    """After a few rounds."""
    file = site.serve(CONTENT, location="/file.tsv")

    with pytest.raises(DownloadFailed, match="is sent on more than"):
        download(client, file, tmp_path, Told())

    assert len(site.requests) == REDIRECTS + 1


def test_without_leave_not_even_loopback_is_asked_over_http(site: Site, tmp_path: Path) -> None:
    """Users have https alone."""
    file = site.serve(CONTENT)

    with open_client() as client, pytest.raises(DownloadFailed, match="which is not https"):
        download(client, file, tmp_path, Told())

    assert site.requests == []


def test_no_room_is_told_and_what_fits_is_kept(site: Site, client: Client, tmp_path: Path) -> None:
    """With room again, the next run goes on from there."""
    file = site.serve(CONTENT)

    with room_for(100_000), pytest.raises(DownloadFailed, match="make room, or name another fold"):
        download(client, file, tmp_path, Told())
    download(client, file, tmp_path, Told())

    assert site.ranges == ["", "bytes=100000-"]
    assert (tmp_path / "file.tsv").read_bytes() == CONTENT


def test_a_folder_that_cannot_be_written_is_told(
    site: Site, client: Client, tmp_path: Path
) -> None:
    """A directory stands where the file should be."""
    (tmp_path / "file.tsv").mkdir()

    with pytest.raises(DownloadFailed, match=r"cannot write .*file\.tsv\.part: Is a directory"):
        download(client, site.serve(CONTENT), tmp_path, Told())


@settings(max_examples=60, deadline=None)
@given(
    content=st.binary(min_size=1, max_size=5_000),
    cuts=st.lists(st.tuples(st.integers(1, 2_000), st.booleans()), max_size=12),
    etag=st.sampled_from(['"1"', 'W/"1"', ""]),
)
def test_wherever_it_is_cut_the_result_is_the_file(
    content: bytes, cuts: list[tuple[int, bool]], etag: str
) -> None:
    """Also where the run ends with the cut and another goes on."""
    ends = [is_end for _, is_end in cuts]

    def wait_or_end(_: float) -> None:
        if ends.pop(0):
            raise Stopped

    def run(client: Client, file: PinnedFile, folder: Path) -> bool:
        try:
            download(client, file, folder, Told(wait=wait_or_end))
        except Stopped:
            return False
        return True

    with (
        tempfile.TemporaryDirectory() as name,
        running_site() as site,
        open_client(is_loopback_allowed=True) as client,
    ):
        folder = Path(name)
        file = site.serve(content, etag=etag, cuts=[size for size, _ in cuts])
        while not run(client, file, folder):
            pass
        assert (folder / "file.tsv").read_bytes() == content
        assert left(folder) == {"file.tsv"}
        starts = [int(asked.strip("bytes=-") or 0) for asked in site.ranges]
        assert starts == sorted(set(starts)), "a byte was asked for twice"
