"""Writes the tables of a made-up graph of ten million claims, and asks them.

``python -m benchmarks.tables CLAIMS`` sets the size. There is no store: see ``benchmarks.build``.
"""

from __future__ import annotations

import gc
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from benchmarks.made_up import made_up
from iatrograph.catalog import Catalog
from iatrograph.model import Direction
from iatrograph.paths import care_paths
from iatrograph.release.derivation import derive
from iatrograph.tables import Tables
from iatrograph.tables.intake import take_in
from iatrograph.tables.writer import write_tables
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Callable

CLAIMS: Final = 10_000_000
ROUNDS: Final = 20


def _silent(stage: str, done: int, total: int | None) -> None:
    del stage, done, total


def _write(folder: Path, claims: int) -> None:
    words, began = ontology(), time.perf_counter()

    def told(what: str) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
        print(f"  {time.perf_counter() - began:8.1f} s   {what}, peak {peak:.2f} GB", flush=True)

    intake = take_in([made_up(claims)], words, _silent, folder)
    told("claims made up and taken in")
    derived = derive(intake, words)
    told("derived")
    write_tables(folder, intake, *derived, words, _silent)
    told("tables and search written")


def _median_ms(ask: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def _ask(folder: Path) -> None:
    began = time.perf_counter()
    tables = Tables.open(folder)
    print(f"  opened in {time.perf_counter() - began:.2f} s: {dict(tables.counts)}")
    gc.freeze()  # as the server does
    catalog = Catalog(tables, ontology())
    degrees = catalog.degrees("relatedTo", Direction.OUT)
    hub = tables.ids[int(degrees.argmax())]
    some = [tables.ids[row] for row in np.argsort(-degrees)[:2000].tolist()]
    condition = tables.ids[int(catalog.degrees("treats", Direction.IN).argmax())]
    questions: dict[str, Callable[[], object]] = {
        f"100 of the {degrees.max():,} statements of one entity": lambda: catalog.statements(
            [hub], "relatedTo", Direction.OUT, first=100
        ),
        "the first statement of each of 2,000 entities": lambda: catalog.statements(
            some, "relatedTo", Direction.OUT, first=1
        ),
        "search by the beginning of a name": lambda: catalog.search("comp"),
        f"the best 50 of {care_paths(catalog, condition).total:,} care paths": lambda: care_paths(
            catalog, condition
        ),
    }
    for what, ask in questions.items():
        print(f"  {what}: {_median_ms(ask):.1f} ms")
    tables.close()


def main() -> None:
    """Print what writing takes, and how long answers do."""
    claims = int(sys.argv[1]) if sys.argv[1:] else CLAIMS
    with tempfile.TemporaryDirectory() as name:
        print(f"{claims:,} claims asked for")
        _write(Path(name), claims)
        _ask(Path(name))


if __name__ == "__main__":
    main()
