from __future__ import annotations

import multiprocessing
import random
import threading
import time
from typing import TYPE_CHECKING

from tests.release.builds import MINI, assert_whole, build, variant

from iatrograph.release import build_folder, current_release, open_current
from iatrograph.release.workspace import workspace

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 20


def test_a_killed_build_leaves_the_last_release(tmp_path: Path) -> None:
    """Whenever a build is killed, what is current is whole: the release before, or the new one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.release.builds"])
    data_dir = tmp_path / "data"
    graphs = [variant(tmp_path, number) for number in range(KILLS + 1)]
    build_folder(graphs[0], data_dir)
    for name in ("cold", "warm"):
        started = time.monotonic()
        whole = context.Process(target=build, args=(MINI, tmp_path / name))
        whole.start()
        whole.join()
        duration_s = time.monotonic() - started
    chance = random.Random()  # noqa: S311  # no secret

    halves = 0
    before = current_release(data_dir)
    for graph in graphs[1:]:
        process = context.Process(target=build, args=(graph, data_dir))
        process.start()
        time.sleep(chance.uniform(0, duration_s))
        process.kill()
        process.join()
        halves += len(list((data_dir / "releases").glob(".building-*")))
        release = open_current(data_dir)
        (fever,) = release.tables.entities(["fever"])
        assert fever is not None
        assert release.folder == before or fever.label == f"fever {graph.name.split('-')[1]}"
        assert_whole(release)
        before = release.folder

    assert halves >= KILLS // 4, "too few builds were killed while they worked"
    build_folder(variant(tmp_path, KILLS + 1), data_dir)
    assert not list(data_dir.glob("**/.*"))
    assert_whole(open_current(data_dir))


def test_a_running_build_is_waited_for(tmp_path: Path) -> None:
    """A second build waits for the first one and leaves its folder alone."""
    waiting = threading.Event()

    def progress(stage: str, done: int, total: int | None) -> None:
        del done, total
        if stage == "waiting for another build":
            waiting.set()

    def silent(stage: str, done: int, total: int | None) -> None:
        del stage, done, total

    with workspace(tmp_path, silent) as folder:
        (folder / "half").write_text("work")
        second = threading.Thread(target=build_folder, args=(MINI, tmp_path, progress))
        second.start()
        assert waiting.wait(20)
        assert (folder / "half").read_text() == "work"
        assert second.is_alive()
    second.join(20)
    assert not second.is_alive()
    assert_whole(open_current(tmp_path))
