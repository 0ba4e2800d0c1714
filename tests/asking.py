"""Asks the bundled graph as users do: of a real server, and on the real command line."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asking:
    """A server that runs, by its address, and the folder of its releases."""

    address: str
    data_dir: Path
    process: subprocess.Popen[str]

    def graphql(self, query: str, variables: Mapping[str, object] | None = None) -> Any:
        """Return the data of an answer without errors."""
        body = {"query": query, "variables": dict(variables or {})}
        answer = httpx.post(f"{self.address}/graphql", json=body, timeout=30).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def sparql(self, query: str) -> str:
        """Return an answer as CSV."""
        answer = httpx.post(
            f"{self.address}/sparql",
            data={"query": query},
            headers={"accept": "text/csv"},
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        return answer.text

    def command(self, *words: str) -> str:
        """Return what a command prints that exits with 0."""
        done = run_command(*words, data_dir=self.data_dir)
        assert done.returncode == 0, done.stderr
        return done.stdout


def run_command(*words: str, data_dir: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end."""
    return subprocess.run(
        [sys.executable, "-m", "iatrograph", *words],
        env={**os.environ, "IATROGRAPH_DATA_DIR": str(data_dir), **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def serving(data_dir: Path, *options: str) -> Iterator[Asking]:
    """Serve on a free port until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "iatrograph", "serve", "--port", "0", *options],
        env={**os.environ, "IATROGRAPH_DATA_DIR": str(data_dir)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Asking(_address(process), data_dir, process)
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        name, _, address = line.strip().partition(" ")
        if name == "Page":
            return address.strip().rstrip("/")
    assert process.stderr is not None
    raise AssertionError(process.stderr.read())
