"""The validator of KGX itself finds no fault with what is exported.

It needs older releases of libraries than this project does, so it gets an environment of its own,
made from ``requirements.txt`` beside this file the first time and kept in the cache of pytest.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson
import pytest
from tests.exporters.awkward import AWKWARD
from tests.exporters.kgx.test_round_trip import imported

from iatrograph.exporters.kgx import write_kgx
from iatrograph.vocabulary import ontology
from iatrograph.vocabulary.kgx import BESIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from iatrograph.model import Contribution
    from iatrograph.release import Release

HERE: Final = Path(__file__).parent
REQUIREMENTS: Final = HERE / "requirements.txt"
NEWEST_PYTHON: Final = (3, 12)
"""The last one for which the libraries that KGX pins can be had ready-made."""

pytestmark = pytest.mark.slow


def interpreter() -> str:
    """Return a Python that KGX runs on; without one the test is skipped, and fails in CI."""
    if sys.version_info[:2] <= NEWEST_PYTHON:
        return sys.executable
    for name in ("python3.12", "python3.11"):
        if found := shutil.which(name):
            return found
    reason = "no Python that KGX runs on; install Python 3.12 or 3.11 beside this one"
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def run(*words: str) -> None:
    """Run a command to its end; a failure shows what it printed."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        words, env=environment, capture_output=True, text=True, timeout=1800, check=False
    )
    if done.returncode:
        pytest.fail(f"{' '.join(words)}\n{done.stdout[-2000:]}{done.stderr[-4000:]}", pytrace=False)


@pytest.fixture(scope="session")
def python_of_kgx(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the interpreter of an environment with KGX."""
    base = interpreter()
    key = hashlib.sha256(REQUIREMENTS.read_bytes() + base.encode()).hexdigest()[:16]
    cache = getattr(request.config, "cache", None)  # there is none under -p no:cacheprovider
    folder = Path(cache.mkdir(f"kgx-{key}")) if cache else tmp_path_factory.mktemp("kgx")
    python, ready = folder / "bin" / "python", folder / "ready"
    if not ready.exists():
        run(base, "-m", "venv", "--clear", str(folder))
        run(str(python), "-m", "pip", "install", "-q", "--no-deps", "-r", str(REQUIREMENTS))
        ready.touch()
    return str(python)


@pytest.fixture
def faults(python_of_kgx: str, tmp_path: Path) -> Callable[..., Any]:
    """Return what finds the faults of a folder: errors and warnings, by kind and message."""

    def validate(folder: Path, *copy: Path) -> Any:
        report = tmp_path / "report.json"
        script = str(HERE / "validating.py")
        run(python_of_kgx, script, str(folder), str(report), *map(str, copy))
        return json.loads(report.read_text())

    return validate


def test_kgx_finds_no_fault(
    curated_release: Release, faults: Callable[..., Any], tmp_path: Path
) -> None:
    """No error and no warning; what KGX itself writes of the graph imports to the same claims."""
    write_kgx(curated_release, ontology(), tmp_path / "graph")
    (tmp_path / "copy").mkdir()

    assert faults(tmp_path / "graph", tmp_path / "copy") == {}
    shutil.copy(tmp_path / "graph" / BESIDE, tmp_path / "copy")
    claims = tuple(imported(tmp_path / "copy").claims)
    assert claims == tuple(curated_release.tables.all_claims())


def test_kgx_finds_the_prefix_that_biolink_does_not_know(
    release_of: Callable[[Contribution], Release], faults: Callable[..., Any], tmp_path: Path
) -> None:
    """A thing of an unknown vocabulary, with no identifier that is known, is all that it finds."""
    write_kgx(release_of(AWKWARD), ontology(), tmp_path / "graph")
    found = faults(tmp_path / "graph")

    told = {kind: list(messages) for kind, messages in found["ERROR"].items()}
    assert list(found) == ["ERROR"]
    assert set(told) == {"INVALID_NODE_PROPERTY_VALUE", "INVALID_EDGE_PROPERTY_VALUE"}
    assert all("'mess'" in message for messages in told.values() for message in messages)


def test_kgx_looks_at_the_edges(
    curated_release: Release, faults: Callable[..., Any], tmp_path: Path
) -> None:
    """An edge with a predicate that Biolink lacks is found, so silence means something."""
    write_kgx(curated_release, ontology(), tmp_path / "graph")
    path = tmp_path / "graph" / "edges.jsonl"
    first, *others = path.read_bytes().splitlines(keepends=True)
    edge = orjson.loads(first) | {"predicate": "biolink:cures"}
    path.write_bytes(orjson.dumps(edge) + b"\n" + b"".join(others))

    (messages,) = faults(tmp_path / "graph")["ERROR"].values()
    assert list(messages) == ["Edge predicate 'cures' is not in Biolink Model"]
