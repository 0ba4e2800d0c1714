import io
import re
from pathlib import Path

from rich.console import Console

from iatrograph.cli.progress import BuildProgress

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def shown(*, is_terminal: bool) -> str:
    """Return what a build shows, without colours and moves of the cursor."""
    written = io.StringIO()
    console = Console(file=written, force_terminal=is_terminal, width=120)
    with BuildProgress(console) as progress:
        for done in (0, 250_000, 500_000):
            progress("claims", done, 1_000_000)
        progress("store", 0, None)
        progress.file(Path("meddra_freq.tsv.gz"), 1_500_000, 3_000_000)
        progress._progress.refresh()
    return _CONTROL.sub("", written.getvalue())


def test_a_terminal_shows_stages_and_files_with_what_is_done() -> None:
    """Stages count things, files bytes; rate, time passed and time left follow."""
    text = shown(is_terminal=True)
    assert "500,000/1,000,000" in text
    assert re.search(r"claims .* [\d,]+/s 0:00:\d\d 0:00:\d\d", text)
    assert "1.5 MB/3.0 MB" in text
    assert "store" in text


def test_a_pipe_shows_nothing() -> None:
    """Nothing disturbs a log."""
    assert shown(is_terminal=False) == ""


def test_a_file_that_is_read_again_is_shown_again() -> None:
    """KGX reads edges twice."""
    written = io.StringIO()
    with BuildProgress(Console(file=written, force_terminal=True, width=120)) as progress:
        for _ in range(2):
            progress.file(Path("edges.tsv"), 1, 2)
            assert len(progress._progress.tasks) == 1
            progress.file(Path("edges.tsv"), 2, 2)
            assert not progress._progress.tasks
