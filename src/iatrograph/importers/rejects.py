"""Rows of a data set that could not be used: kept with file, line and reason, and counted."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final, TextIO

from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from iatrograph.archives import Heard

LONGEST_TEXT: Final = 500
"""Characters kept of a row; what is longer ends with an ellipsis."""


class Rejects:
    """Takes rejected rows and writes each as a line of JSON: source, file, line, reason, text."""

    def __init__(
        self,
        source: str,
        file: TextIO | None = None,
        *,
        is_strict: bool = False,
        heard: Heard | None = None,
    ) -> None:
        """Take the name of the data set, and where to write; without a file it only counts.

        ``is_strict`` makes a rejected row an error; ``heard`` is told how far files are read.
        """
        self.heard = heard
        self._source, self._file, self._is_strict = source, file, is_strict
        self._counts: Counter[str] = Counter()
        self._remarks: Counter[str] = Counter()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows were rejected for each reason."""
        return self._counts

    @property
    def remarks(self) -> Mapping[str, int]:
        """How often each thing could not be read of rows and files that are used."""
        return self._remarks

    def remark(self, path: Path, line: int, reason: str, text: str = "") -> None:
        """Keep what cannot be read, such as a column, while the row is used; never an error."""
        self._remarks[reason] += 1
        self._write(path, line, reason, text)

    def add(self, path: Path, line: int, reason: str, text: str = "") -> None:
        """Keep a row that cannot be used; ``line`` is 1-based, 0 where no single one is at fault.

        Raises UnreadableFile where nothing may be rejected.
        """
        if self._is_strict:
            raise UnreadableFile(path, line or None, f"{reason}: {text[:LONGEST_TEXT]}")
        self._counts[reason] += 1
        self._write(path, line, reason, text)

    def _write(self, path: Path, line: int, reason: str, text: str) -> None:
        if self._file is not None:
            shown = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
            row = {
                "source": self._source,
                "file": path.name,
                "line": line,
                "reason": reason,
                "text": shown,
            }
            self._file.write(json.dumps(row, ensure_ascii=False) + "\n")
