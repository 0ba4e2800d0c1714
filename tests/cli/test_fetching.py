"""What ``iatrograph fetch`` prints and leaves, and how builds take what it loaded."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Final

import pytest
from tests.asking import run_command
from tests.fetching.command import command, environment
from tests.fetching.site import Site, file_set, running_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iatrograph.fetching import FileSet

INDICATIONS: Final = (
    b"doid_id\tdrugbank_id\tdisease\tdrug\tcategory\tn_curators\tn_resources\n"
    b"DOID:2377\tDB00181\tmultiple sclerosis\tBaclofen\tSYM\t3\t2\n"
)
MAPPINGS: Final = (
    b"subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    b"HP:9999999\tskos:exactMatch\tDOID:2377\tsemapv:ManualMappingCuration\n"
)
CONTENT: Final = os.urandom(300_000)
NOTICE: Final = "for non-commercial use only"


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a server on loopback."""
    with running_site() as running:
        yield running


@pytest.fixture
def sets(site: Site) -> tuple[FileSet, ...]:
    """Return a small data set as it is published, mappings, and what nobody reads."""
    indications = site.serve(INDICATIONS, "pharmacotherapydb-indications.tsv")
    same = site.serve(MAPPINGS, "same.sssom.tsv")
    return (
        file_set(indications, name="pharmacotherapydb"),
        file_set(same, name="mappings", option="--mappings"),
        file_set(site.serve(CONTENT, "tiny.bin"), name="tiny", notice=NOTICE),
    )


def run(tmp_path: Path, sets: tuple[FileSet, ...], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command that knows these sets to its end."""
    return subprocess.run(
        command(tmp_path, sets, *words),
        env=environment(tmp_path / "data"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_set_is_fetched_and_built_with(tmp_path: Path, sets: tuple[FileSet, ...]) -> None:
    """From the name alone to claims in a release; mappings alike."""
    for name in ("pharmacotherapydb", "mappings"):
        done = run(tmp_path, sets, "fetch", name)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        assert str(tmp_path / "data" / "downloads" / name) in done.stdout
    assert "`iatrograph build --mappings mappings` takes it" in done.stdout

    words = ("--with", "pharmacotherapydb", "--mappings", "mappings")
    built = run(tmp_path, sets, "build", *words)
    assert built.returncode == 0, built.stderr
    shown = run_command(
        "show", "baclofen.mitigates.multiple-sclerosis", "--json", data_dir=tmp_path / "data"
    )
    sources = {claim["source"] for claim in json.loads(shown.stdout)["statement"]["claims"]}
    assert "pharmacotherapydb" in sources
    told = run(tmp_path, sets, "explain-identity", "multiple-sclerosis", *words)
    assert "= HP:9999999" in told.stdout, told.stderr


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("--with", "pharmacotherapydb"), "pharmacotherapydb"),
        (("--mappings", "mappings"), "mappings"),
    ],
)
def test_a_build_with_what_was_not_fetched_says_how(
    tmp_path: Path, sets: tuple[FileSet, ...], words: tuple[str, str], name: str
) -> None:
    """The command that loads it; no release is made."""
    done = run(tmp_path, sets, "build", *words)

    assert done.returncode == 1
    assert f"`iatrograph fetch {name}` loads what is missing" in done.stderr
    assert not (tmp_path / "data" / "current").exists()


def test_mappings_are_no_data_set(tmp_path: Path) -> None:
    """The sets that `--with` takes are named."""
    done = run_command("build", "--with", "mappings", data_dir=tmp_path)

    assert done.returncode == 2
    told = " ".join(done.stderr.replace("│", " ").split())
    assert "'mappings' is not NAME=PATH, nor a set that can be fetched (sider, hetionet" in told


def test_a_file_of_that_name_goes_before_a_set(tmp_path: Path, sets: tuple[FileSet, ...]) -> None:
    """`--mappings` is a path first."""
    folder = tmp_path / "work"
    (folder / "mappings").mkdir(parents=True)

    done = subprocess.run(
        command(tmp_path, sets, "build", "--mappings", "mappings"),
        cwd=folder,
        env=environment(tmp_path / "data"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 1
    assert "mappings: no file of mappings" in done.stderr


def test_another_folder_is_named(tmp_path: Path, site: Site, sets: tuple[FileSet, ...]) -> None:
    """The files go into it, and how a build takes them is told; a second run loads nothing."""
    folder = tmp_path / "here"

    first = run(tmp_path, sets, "fetch", "pharmacotherapydb", "--to", str(folder))
    second = run(tmp_path, sets, "fetch", "pharmacotherapydb", "--to", str(folder), "--json")

    assert f"`iatrograph build --with pharmacotherapydb={folder}` takes it" in first.stdout
    assert (folder / "pharmacotherapydb-indications.tsv").read_bytes() == INDICATIONS
    assert json.loads(second.stdout)["loaded"] == []
    assert len(site.requests) == 1
    assert not (tmp_path / "data").exists()


def test_the_sets_are_listed(tmp_path: Path, sets: tuple[FileSet, ...], site: Site) -> None:
    """With size, licence, folder, and what of it is there; nothing is loaded."""
    run(tmp_path, sets, "fetch", "mappings")
    requests = len(site.requests)

    table = run(tmp_path, sets, "fetch").stdout
    listed = json.loads(run(tmp_path, sets, "fetch", "tiny", "--list", "--json").stdout)

    head, *rows = table.splitlines()
    assert head.split() == ["name", "size", "files", "there", "folder", "home", "licence"]
    there = {row.split()[0]: row.split()[3:6] for row in rows}
    assert there == {
        "pharmacotherapydb": ["0", "of", "1"],
        "mappings": ["1", "of", "1"],
        "tiny": ["0", "of", "1"],
    }
    assert "CC0" in table
    assert str(tmp_path / "data" / "downloads" / "tiny") in table
    assert [one["missing"] for one in listed] == [
        ["pharmacotherapydb-indications.tsv"],
        [],
        ["tiny.bin"],
    ]
    assert len(site.requests) == requests


def test_all_that_can_be_fetched_is_listed(tmp_path: Path) -> None:
    """The bundled sets, of which nothing is there."""
    listed = json.loads(run_command("fetch", "--json", data_dir=tmp_path).stdout)

    names = ["sider", "hetionet", "pharmacotherapydb", "drugcentral", "mappings"]
    assert [one["name"] for one in listed] == names
    assert all(one["missing"] == [file["name"] for file in one["files"]] for one in listed)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "told"), [("siedr", "no file set 'siedr'; did you mean sider?"), ("xyz", "there are:")]
)
def test_an_unknown_set_is_told(tmp_path: Path, name: str, told: str) -> None:
    """With names near to it, or all."""
    done = run_command("fetch", name, data_dir=tmp_path)

    assert done.returncode == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())


def test_a_licence_against_commerce_is_told_first(
    tmp_path: Path, site: Site, sets: tuple[FileSet, ...]
) -> None:
    """On stderr, before what then fails, and nobody has to answer."""
    site.served.clear()

    done = run(tmp_path, sets, "fetch", "tiny")

    first, second = done.stderr.splitlines()
    assert first == f"Tiny: {NOTICE} (CC0)"
    assert "404" in second


def test_what_is_not_wanted_on_a_pipe_is_not_there(
    tmp_path: Path, sets: tuple[FileSet, ...]
) -> None:
    """A download tells stderr its notice and no progress."""
    done = run(tmp_path, sets, "fetch", "tiny")

    assert done.returncode == 0
    assert done.stderr == f"Tiny: {NOTICE} (CC0)\n"


def test_what_cannot_be_had_is_one_line(
    tmp_path: Path, site: Site, sets: tuple[FileSet, ...]
) -> None:
    """Address, what happened, remedy; exit 1."""
    site.served.clear()

    done = run(tmp_path, sets, "fetch", "mappings")

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"iatrograph: {site.address}/same.sssom.tsv: the server answers")
    assert len(done.stderr.splitlines()) == 1


def test_ctrl_c_leaves_what_was_loaded(
    tmp_path: Path, site: Site, sets: tuple[FileSet, ...]
) -> None:
    """It says so, and the next run goes on from there."""
    site.served["/tiny.bin"].pauses_s = [10]
    part = tmp_path / "data" / "downloads" / "tiny" / "tiny.bin.part"

    with subprocess.Popen(
        command(tmp_path, sets, "fetch", "tiny"),
        env=environment(tmp_path / "data"),
        stderr=subprocess.PIPE,
        text=True,
        # Who runs the tests in the background has SIGINT ignored, and so would the command.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        wait_for(part, 100_000)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    kept = part.stat().st_size
    done = run(tmp_path, sets, "fetch", "tiny")

    assert process.returncode == 130
    assert f"stopped; what was loaded stays in {part.parent}" in told
    assert kept >= 100_000
    assert done.returncode == 0, done.stderr
    assert site.ranges[-1] == f"bytes={kept}-"
    assert part.with_name("tiny.bin").read_bytes() == CONTENT


def test_progress_is_shown_on_a_terminal(
    tmp_path: Path, site: Site, sets: tuple[FileSet, ...]
) -> None:
    """Name, bytes, rate and time left; a pipe gets none of it, as other tests show."""
    site.served["/tiny.bin"].pauses_s = [1.0]
    terminal, slave = pty.openpty()
    with subprocess.Popen(
        command(tmp_path, sets, "fetch", "tiny"),
        env={**environment(tmp_path / "data"), "COLUMNS": "120", "TERM": "xterm"},
        stdout=subprocess.DEVNULL,
        stderr=slave,
    ) as process:
        os.close(slave)
        shown = read_all(terminal)
    os.close(terminal)

    assert process.returncode == 0, shown
    assert "tiny.bin" in shown
    assert "/300.0 kB" in shown
    assert "B/s" in shown
    assert "0:00:0" in shown


def wait_for(path: Path, size: int) -> None:
    """Wait until a file has grown to a size."""
    until = time.monotonic() + 30
    while not path.exists() or path.stat().st_size < size:
        assert time.monotonic() < until, f"{path} does not grow"
        time.sleep(0.02)


def read_all(terminal: int) -> str:
    """Return what is written to a terminal until its other end is closed."""
    parts = []
    try:
        while part := os.read(terminal, 65_536):
            parts.append(part)
    except OSError:  # the way a terminal says that nobody writes any more
        pass
    return b"".join(parts).decode()
