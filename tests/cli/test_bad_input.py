"""Bad input ends in a line that says what to do; nothing ends in a traceback."""

from __future__ import annotations

import json
import shutil
import socket
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pytest
from tests.asking import run_command

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what stands on stderr, after checks that hold for every failure."""
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    """The line names the address and another way; nothing was built."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (line,) = lines(run_command("serve", "--port", str(port), data_dir=tmp_path / "data"))

    assert f"127.0.0.1:{port}" in line
    assert "--port" in line
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "data").write_text("a file", "utf-8")

    (line,) = lines(run_command("build", data_dir=tmp_path / "data"))

    assert "data_dir" in line
    assert str(tmp_path / "data") in line


def test_a_release_of_another_version_is_one_line(tmp_path: Path, mini: Path) -> None:
    """The line says what to do."""
    built = json.loads(run_command("build", str(mini), "--json", data_dir=tmp_path).stdout)
    description = tmp_path / "current" / "release.json"
    changed = {**json.loads(description.read_text("utf-8")), "format_version": 99}
    description.write_text(json.dumps(changed), "utf-8")

    (line,) = lines(run_command("path", "fever", data_dir=tmp_path))

    assert built["folder"] in line or str(tmp_path) in line
    assert "build" in line


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("id:rash a ig:Effect ; rdfs:label rash .\n", "broken.ttl:5"),
        ('id:rash2 a ig:Efect ; rdfs:label "rash2" .\n', "did you mean ig:Effect"),
        ('id:rash2 a ig:Effect ; rdfs:lable "rash2" .\n', "broken.ttl:5"),
    ],
)
def test_a_fault_in_curated_turtle_stops_the_build(
    fault: str, told: str, tmp_path: Path, mini: Path
) -> None:
    """File, line, term and remedy; the release before stays current."""
    folder = tmp_path / "graph"
    folder.mkdir()
    (folder / "mini.ttl").write_text((mini / "mini.ttl").read_text("utf-8"), "utf-8")
    data = tmp_path / "data"
    assert run_command("build", str(folder), data_dir=data).returncode == 0
    before = (data / "current").resolve()
    (folder / "broken.ttl").write_text(
        "@prefix id: <https://w3id.org/iatrograph/id/> .\n"
        "@prefix ig: <https://w3id.org/iatrograph/ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n" + fault,
        "utf-8",
    )

    told_lines = lines(run_command("build", str(folder), data_dir=data))

    assert any(told in line for line in told_lines), told_lines
    assert any("broken.ttl:5" in line for line in told_lines)
    assert (data / "current").resolve() == before
    assert lines(run_command("validate", str(folder), data_dir=data))


@pytest.mark.parametrize(
    ("file", "right", "wrong", "told"),
    [
        (
            "gabapentin.ttl",
            "    dcterms:source src:gabapentin-twitching ;\n",
            "",
            "cl:*: dcterms:source is missing; write one [presence]",
        ),
        (
            "gabapentin.ttl",
            "ig:certainty ig:cert-definite",
            "ig:certainty ig:cert-definit",
            "cl:*: ig:certainty: ig:cert-definit is not in *; did you mean *-definite? [value]",
        ),
        (
            "gabapentin.ttl",
            "    ig:affirms st:gabapentin.treats.epilepsy ;\n",
            "    ig:affirms st:gabapentin.treats.epilepsy ;\n"
            "    ig:denies st:gabapentin.treats.epilepsy ;\n",
            "cl:*: more than one stance (ig:affirms and ig:denies); *: make two claims [stance]",
        ),
        (
            "gabapentin.ttl",
            "rdf:object id:epilepsy",
            "rdf:object id:kidney",
            "st:*: the object of treats has to be Finding, kidney is Anatomy; between the two "
            "there can be: *affectsSite* [range]",
        ),
        (
            "drugs.ttl",
            "obo/CHEBI_42797>",
            "obo/CHEBI_gaba>",
            "id:gabapentin: CHEBI:gaba is no identifier of CHEBI: what follows has to match * "
            "[identifier]",
        ),
    ],
)
def test_a_faulty_claim_is_told_with_file_line_rule_and_remedy(
    checkout: Path, tmp_path: Path, file: str, right: str, wrong: str, told: str
) -> None:
    """`validate` names the claim, the file and the line, the rule, and what would be right."""
    folder = tmp_path / "graph"
    shutil.copytree(checkout / "graph", folder)
    text = (folder / file).read_text("utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1), "utf-8")

    done = run_command("validate", str(folder), data_dir=tmp_path / "data")

    assert done.returncode == 1
    assert any(
        fnmatchcase(line, f"{_literally(str(folder / file))}:[1-9]*: {_literally(told)}")
        for line in done.stderr.splitlines()
    ), done.stderr


def _literally(pattern: str) -> str:
    """Return a pattern in which brackets mean themselves."""
    return pattern.replace("[", "[[]").replace("?", "[?]")


@pytest.mark.parametrize(
    ("variable", "value"), [("PORT", "eighty"), ("QUERY_TIMEOUT_S", "-1"), ("QUERY_WORKERS", "0")]
)
def test_a_wrong_setting_is_one_line(variable: str, value: str, tmp_path: Path) -> None:
    """The line names the setting and the value."""
    more = {f"IATROGRAPH_{variable}": value}
    (line,) = lines(run_command("settings", data_dir=tmp_path, **more))

    assert variable.lower() in line
    assert value in line
