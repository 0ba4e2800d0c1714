"""Times `iatrograph serve` from nothing to its first answer, and weighs its processes.

The package is installed in an environment of its own, without what developers need, as a user has
it; set IATROGRAPH_PYTHON to the Python of one that exists already.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import Request, urlopen

CHECKOUT = Path(__file__).resolve().parents[1]
QUESTIONS = (
    "/health",
    "/sparql?query=ASK%20%7B%20id%3Agabapentin%20a%20ig%3ADrug%20%7D",
    "/graphql?query=%7B%20drug(id%3A%20%22gabapentin%22)%20%7B%20label%20%7D%20%7D",
)


def installed(folder: Path) -> str:
    """Return the Python of an environment that has the package and what it needs, no more."""
    if given := os.environ.get("IATROGRAPH_PYTHON"):
        return given
    python = str(folder / "bin" / "python")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    install = [python, "-m", "pip", "install", "--quiet", "-c", str(CHECKOUT / "constraints.txt")]
    subprocess.run([*install, str(CHECKOUT)], check=True)
    return python


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def measure(python: str, data: Path, title: str) -> None:
    """Print the seconds to the first answers, and the memory after them."""
    environment = {**os.environ, "IATROGRAPH_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
    command = [python, "-m", "iatrograph", "serve", "--port", "0"]
    began = time.perf_counter()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, cwd=data.parent
    ) as server:
        assert server.stdout is not None  # noqa: S101  # a pipe was asked for
        address = next(
            line.split()[1] for line in server.stdout if line.strip().startswith("Page")
        ).rstrip("/")
        for question in QUESTIONS:
            with urlopen(Request(address + question)) as answer:  # noqa: S310  # our own server
                answer.read()
        took = time.perf_counter() - began
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii")
        workers = ", ".join(f"{memory_mb(int(pid)):.0f}" for pid in children.split())
        memory = memory_mb(server.pid)
        print(f"{title:34}{took:6.2f} s   server {memory:.0f} MB   workers {workers} MB")
        server.terminate()


def main() -> None:
    """Start three times from nothing, then once with the release there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = installed(folder / "venv")
        data = folder / "data"
        for turn in (1, 2, 3):
            shutil.rmtree(data, ignore_errors=True)
            measure(python, data, f"from nothing, with the build, {turn}")
        measure(python, data, "again, the release is there")


if __name__ == "__main__":
    main()
