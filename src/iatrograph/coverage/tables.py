"""Reading the tables that stand beside curated Turtle: tabs, one heading line, no quoting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each row with its 1-based line. Lines that begin with ``#`` are comments.

    Raises UnreadableFile where the file cannot be read, its first row does not name the columns, or
    a row has more or fewer cells.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(path, None, str(error)) from error
    rows = [(n, tuple(line.split("\t"))) for n, line in enumerate(lines, 1) if line[:1] != "#"]
    if not rows or rows[0][1] != tuple(columns):
        line = rows[0][0] if rows else 1
        raise UnreadableFile(path, line, f"the columns have to be {', '.join(columns)}, with tabs")
    for line, cells in rows[1:]:
        if len(cells) != len(columns):
            reason = f"{len(cells)} cells; write {len(columns)}, with a tab between each"
            raise UnreadableFile(path, line, reason)
        yield line, cells
