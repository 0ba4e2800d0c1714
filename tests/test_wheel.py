"""The wheel alone is enough: ontology, graph, queries and pages are in it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_the_wheel_is_installed_and_asked(checkout: Path, tmp_path: Path) -> None:
    """From another folder, the installed command answers a question of the bundled graph."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(tmp_path)],
        cwd=checkout,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = str(home / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    # Dependencies come from here; an editable install does not, since .pth files are not read.
    environment = {
        **os.environ,
        "PYTHONPATH": sysconfig.get_paths()["purelib"],
        "IATROGRAPH_DATA_DIR": str(tmp_path / "data"),
    }

    def ask(*words: str) -> str:
        done = subprocess.run(
            [python, "-P", "-m", "iatrograph", *words],
            cwd=tmp_path,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    where = "import iatrograph; print(iatrograph.__file__)"
    found = subprocess.run(
        [python, "-P", "-c", where], env=environment, check=True, capture_output=True, text=True
    )
    assert str(home) in found.stdout
    assert "gradual-taper" in ask("path", "spasticity", "--json")
    assert "gaba-b-receptor" in ask("sparql", "SELECT ?m WHERE { id:baclofen ig:actsOn ?m }")
    assert '"alpha-2-delta-1 subunit"' in ask(
        "graphql", '{ drug(id: "gabapentin") { mechanisms { nodes { label } } } }'
    )
    site = next((home / "lib").glob("python*/site-packages/iatrograph"))
    for part in ("ontology/shapes.ttl", "queries/sparql/care-paths.rq", "graph/LICENSE"):
        assert (site / "_data" / part).is_file(), part
    assert (site / "web" / "static" / "graphiql" / "graphiql.min.js").is_file()
