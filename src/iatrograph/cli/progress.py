"""How far a build is: shown on a terminal with rate and time left, and not at all on a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.filesize import decimal
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from iatrograph.cli.output import err

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Self

    from rich.console import Console
    from rich.progress import Task, TaskID

_BYTES: Final = "bytes"


class BuildProgress:
    """Shows the stages of a build, and the files that are read in them.

    It is what a build reports to: called with stage, done and total, None where nobody knows it.
    """

    def __init__(self, console: Console = err) -> None:
        """Take where to show it."""
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            _Done(),
            _Rate(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._stages: dict[str, TaskID] = {}
        self._files: dict[Path, TaskID] = {}

    def __enter__(self) -> Self:
        """Start showing."""
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Take the bars away."""
        self._progress.stop()

    def __call__(self, stage: str, done: int, total: int | None = None) -> None:
        """Show how far a stage is."""
        if stage not in self._stages:
            self._stages[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._stages[stage], completed=done, total=total)

    def file(self, path: Path, done: int, size: int) -> None:
        """Show how many bytes of a file are done; one that is done to its end is not shown."""
        if path not in self._files:
            fields = {_BYTES: True}
            # What was there from the start, as of a download, is no part of the rate.
            self._files[path] = self._progress.add_task(
                f"  {path.name}", completed=done, total=size, **fields
            )
        self._progress.update(self._files[path], completed=done)
        if done >= size:
            self._progress.remove_task(self._files.pop(path))


class _Done(ProgressColumn):
    """What is done, and of how much."""

    def render(self, task: Task) -> Text:
        shown = _shown(task)
        done = shown(task.completed)
        return Text(done if task.total is None else f"{done}/{shown(task.total)}")


class _Rate(ProgressColumn):
    """How much is done in a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{_shown(task)(speed)}/s", style="dim")


def _shown(task: Task) -> Callable[[float], str]:
    return _size if task.fields.get(_BYTES) else _number


def _size(count: float) -> str:
    return decimal(int(count))


def _number(count: float) -> str:
    return f"{count:,.0f}"
