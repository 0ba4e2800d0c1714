"""The files of SIDER: their names and columns, and a look at their layout before they are read."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.errors import UnreadableFile
from iatrograph.importers.folder import optional_file
from iatrograph.importers.lines import lines
from iatrograph.importers.rejects import Rejects
from iatrograph.importers.sider.compounds import is_stitch
from iatrograph.importers.tables import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAMPLE: Final = 20
"""Lines at the top of a file of which at least one has to look as it should."""


class Layout(NamedTuple):
    """A published file without a heading: its name, and the columns in their order."""

    name: str
    columns: tuple[str, ...]


SIDE_EFFECTS: Final = Layout(
    "meddra_all_se.tsv",
    ("stitch_flat", "stitch_stereo", "umls_from_label", "meddra_type", "umls", "name"),
)
FREQUENCIES: Final = Layout(
    "meddra_freq.tsv",
    (
        *("stitch_flat", "stitch_stereo", "umls_from_label", "placebo", "frequency"),
        *("lower", "upper", "meddra_type", "umls", "name"),
    ),
)
INDICATIONS: Final = Layout(
    "meddra_all_indications.tsv",
    (
        *("stitch_flat", "umls_from_label", "method", "concept_name"),
        *("meddra_type", "umls", "name"),
    ),
)
DRUG_NAMES: Final = Layout("drug_names.tsv", ("stitch_flat", "name"))
REQUIRED: Final = (SIDE_EFFECTS, FREQUENCIES, INDICATIONS)


class Row(NamedTuple):
    """The cells of a line and where it stands; lines are counted from 1."""

    path: Path
    line: int
    cells: tuple[str, ...]

    def reject(self, rejects: Rejects, reason: str) -> None:
        """Give it up for a reason."""
        rejects.add(self.path, self.line, reason, "\t".join(self.cells))


def require(folder: Path) -> dict[Layout, Path]:
    """Return the files without which there is no SIDER.

    Raises UnreadableFile for the first that is missing, and where its rows look like no such file.
    """
    if not folder.is_dir():
        names = ", ".join(layout.name for layout in REQUIRED)
        raise UnreadableFile(folder, None, f"is no folder; give the folder that holds {names}")
    found = {}
    for layout in REQUIRED:
        path = optional_file(folder, layout.name)
        if path is None:
            reason = "is not there, nor compressed (.gz, .bz2, .xz, .zst); download it from SIDER"
            raise UnreadableFile(folder / layout.name, None, reason)
        found[layout] = path
    for layout, path in found.items():
        _check_layout(path, layout)
    return found


def read_rows(path: Path, layout: Layout, rejects: Rejects) -> Iterator[Row]:
    """Yield the rows of a file whose layout has been looked at."""
    for line, cells in rows(path, layout.columns, rejects, has_header=False):
        yield Row(path, line, cells)


def read_optional(folder: Path, layout: Layout, rejects: Rejects) -> Iterator[Row]:
    """Yield the rows of a file that may be missing.

    Raises UnreadableFile where it is there and its rows look like no such file.
    """
    path = optional_file(folder, layout.name)
    if path is not None:
        _check_layout(path, layout)
        yield from read_rows(path, layout, rejects)


def _check_layout(path: Path, layout: Layout) -> None:
    """Refuse a file in whose top lines no row has the right cells and begins with a compound."""
    sample = [text.split("\t") for _, text in islice(lines(path, Rejects("sider")), SAMPLE)]
    width = len(layout.columns)
    if all(len(cells) == 1 for cells in sample):
        return  # empty, or cut by something else than tabs: said by the reader of tables
    if any(len(cells) == width and is_stitch(cells[0]) for cells in sample):
        return
    expected = f"expected {width} columns and no heading: {', '.join(layout.columns)}"
    cells = max(sample, key=len)
    if len(cells) != width:
        raise UnreadableFile(path, 1, f"has {len(cells)} columns; {expected}")
    found = f"the first cell {cells[0][:40]!r} is no STITCH id such as CID100003446"
    raise UnreadableFile(path, 1, f"{found}; {expected}")
