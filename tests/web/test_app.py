"""The application as a whole: its pages, what it says of itself, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from tests.asking import serving

if TYPE_CHECKING:
    from tests.asking import Asking


def test_the_first_page_tells_what_this_is(bundled: Asking) -> None:
    """Counts, sources and the disclaimer; its links answer."""
    page = httpx.get(bundled.address)

    assert page.status_code == 200
    assert "not medical advice" in page.text
    assert "Understanding Baclofen" in page.text
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', page.text)]
    assert len(links) >= 4
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for link in links:
        assert httpx.get(bundled.address + link, headers=browser).status_code == 200, link


def test_health_names_the_release(bundled: Asking) -> None:
    """A probe learns that the server answers, and with which data."""
    told = httpx.get(f"{bundled.address}/health").json()

    assert told["status"] == "ok"
    assert told["release"] == bundled.graphql("{ release { id } }")["release"]["id"]


@pytest.mark.parametrize(
    "path",
    ["/nope", "/static/../app.py", "/static/%2e%2e/app.py", "/static/", "/static//etc/passwd"],
)
def test_what_is_not_there_is_404(path: str, bundled: Asking) -> None:
    """Also what lies outside the folder of assets; the answer is a problem document."""
    answer = httpx.get(bundled.address + path)

    assert answer.status_code == 404
    assert answer.json()["title"]


def test_another_method_is_refused(bundled: Asking) -> None:
    """A page takes no POST."""
    assert httpx.post(bundled.address).status_code == 405


def test_both_languages_know_the_mechanism(bundled: Asking) -> None:
    """GraphQL and SPARQL give the same mechanisms, the calcium channel subunit among them."""
    answer = bundled.graphql('{ drug(id: "gabapentin") { mechanisms { nodes { id label } } } }')
    nodes = answer["drug"]["mechanisms"]["nodes"]
    rows = bundled.sparql("SELECT ?m WHERE { id:gabapentin ig:actsOn ?m }").split()[1:]

    assert "alpha-2-delta-1 subunit" in {node["label"] for node in nodes}
    assert {row.rpartition("/")[2] for row in rows} == {node["id"] for node in nodes}


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(child) for child in text.split()]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_workers_end_with_the_server(how: signal.Signals, tmp_path: Path) -> None:
    """However the server ends, no worker is left."""
    with serving(tmp_path) as asking:
        workers = children(asking.process.pid)
        assert len(workers) == 2
        os.kill(asking.process.pid, how)
        asking.process.wait(timeout=20)
        deadline = time.monotonic() + 5
        while any(Path(f"/proc/{pid}").exists() for pid in workers):
            assert time.monotonic() < deadline, "a worker lives on"
            time.sleep(0.05)


def test_uvicorn_serves_the_factory(tmp_path: Path) -> None:
    """`uvicorn --factory iatrograph.web.app:create_app` is enough."""
    command = [sys.executable, "-m", "uvicorn", "--factory", "iatrograph.web.app:create_app"]
    environment = {**os.environ, "IATROGRAPH_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(
        [*command, "--port", "0"], env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        address = next(
            match[0] for line in process.stderr if (match := re.search(r"http://[\d.:]+", line))
        )
        answer = httpx.get(f"{address}/sparql", params={"query": "ASK { id:baclofen a ig:Drug }"})
        process.terminate()
        process.communicate(timeout=20)

    assert answer.json()["boolean"] is True
