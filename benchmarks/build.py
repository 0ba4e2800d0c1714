"""Builds a release, and loads the same triples into a bare store beside it.

Each is a process of its own, so that its CPU time and its peak of memory can be told: the whole
build with reading, identity, tables, search, derivation and store; pyoxigraph loading and
compacting the same triples out of one file; rdflib parsing a tenth of them.

``python -m benchmarks.build WHAT`` says of what: ``sider``, ``all`` (every set of the shared data,
in the folder that IATROGRAPH_SHARED names), or a number of made-up claims.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox
import rdflib

from benchmarks.large import ask
from benchmarks.made_up import made_up
from benchmarks.shared_data import SETS, contributions, has_shared_data
from iatrograph.release import build_release, open_current
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iatrograph.model import Contribution

MADE_UP: Final = "300000"
TENTH: Final = 10


class Cost(NamedTuple):
    """What a process took: seconds on the clock and of CPU, and its peak of memory."""

    seconds: float
    cpu_seconds: float
    peak_mb: float

    def __str__(self) -> str:
        """Return it as the table has it."""
        return f"{self.seconds:9.1f}{self.cpu_seconds:9.1f}{self.peak_mb:9.0f}"


def given(what: str) -> Sequence[Contribution]:
    """Return what a release is built of."""
    if what.isdecimal():
        return [made_up(int(what))]
    return contributions(SETS if what == "all" else (what,))


def whole_build(folder: Path, what: str) -> None:
    """Build a release, and print when each part is done."""
    began, last = time.perf_counter(), ""
    taken = given(what)
    print(f"    {time.perf_counter() - began:7.1f} s   read and joined", flush=True)

    def progress(stage: str, done: int, total: int | None) -> None:
        nonlocal last
        if total == done and stage != last:
            last = stage
            print(f"    {time.perf_counter() - began:7.1f} s   {stage}: {done:,}", flush=True)

    build_release(taken, folder / "data", ontology(), progress)


def bare_load(folder: Path, what: str) -> None:
    """Load the triples into a store and compact it."""
    del what
    store = ox.Store(folder / "bare")
    store.bulk_load(path=folder / "all.nt", format=ox.RdfFormat.N_TRIPLES)
    store.optimize()


def rdflib_load(folder: Path, what: str) -> None:
    """Parse a tenth of the triples."""
    del what
    rdflib.Graph().parse(folder / "tenth.nt", format="nt")


PARTS: Final[dict[str, Callable[[Path, str], None]]] = {
    "whole build": whole_build,
    "pyoxigraph, load and optimize": bare_load,
    "rdflib, a tenth of the triples": rdflib_load,
}


def measured(part: str, folder: Path, what: str) -> Cost:
    """Run one part in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.build", "--part", part, str(folder), what]
    began = time.perf_counter()
    with subprocess.Popen(command) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{part} failed")
    in_mb = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, in_mb)


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def write_triples(store: Path, folder: Path) -> None:
    """Write all triples of a store, and the first tenth of them."""
    everything, tenth = folder / "all.nt", folder / "tenth.nt"
    opened = ox.Store.read_only(str(store))
    opened.dump(everything, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    with everything.open("rb") as lines, tenth.open("wb") as some:
        some.writelines(islice(lines, len(opened) // TENTH))


def compare(what: str) -> None:
    """Print the costs of all parts, the disk for each claim, and the ratio of the first two."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found: dict[str, Cost] = {}
        for part in PARTS:
            found[part] = measured(part, folder, what)
            if part == "whole build":
                release = open_current(folder / "data")
                counts, disk = release.info.counts, size_of(release.folder)
                write_triples(release.store_path, folder)
                release.tables.close()
                if what == "all":
                    ask(folder / "data")
        print(f"{what}: {counts['claims']:,} claims, {counts['triples']:,} triples")
        print(f"{'':32}{'s':>9}{'CPU s':>9}{'peak MB':>9}")
        for part, cost in found.items():
            print(f"{part:32}{cost}")
        print(f"disk for each claim: {disk / counts['claims']:,.0f} bytes")
        whole, bare = (found[part] for part in list(PARTS)[:2])
        print(
            f"whole build / pyoxigraph: {whole.seconds / bare.seconds:.2f} by the clock, "
            f"{whole.cpu_seconds / bare.cpu_seconds:.2f} by CPU time\n"
        )


def main() -> None:
    """Compare what was named; SIDER and all sets where they are, or else a made-up graph."""
    if sys.argv[1:2] == ["--part"]:
        PARTS[sys.argv[2]](Path(sys.argv[3]), sys.argv[4])
        return
    for what in sys.argv[1:] or (("sider", "all") if has_shared_data() else (MADE_UP,)):
        compare(what)


if __name__ == "__main__":
    main()
