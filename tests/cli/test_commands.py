"""What each command prints, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from tests.asking import run_command

from iatrograph import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from tests.asking import Asking


@pytest.fixture(scope="module")
def data_dir(bundled: Asking) -> Path:
    """Return a folder with the bundled release."""
    return bundled.data_dir


def test_a_statement_is_shown_with_who_affirms_and_who_denies(data_dir: Path) -> None:
    """Two articles disagree on one statement: each claim stands with its stance and its source."""
    done = run_command("show", "gabapentin.hasSideEffect.muscle-twitching", data_dir=data_dir)

    head, confounding, columns, *rows = done.stdout.splitlines()
    assert head.startswith("gabapentin has side effect muscle twitching: contested; evidence for 2")
    assert (
        confounding == "possible confounding by indication: the one is also used against the other"
    )
    assert columns.split() == ["stance", "certainty", "evidence", "source", "says"]
    claims = [row for row in rows if not row.startswith("explained: ")]
    assert {tuple(row.split()[:4:3]) for row in claims} == {
        ("affirms", "gabapentin-twitching"),
        ("affirms", "lupus-twitching"),
        ("denies", "lupus-twitching"),
    }


def test_a_statement_is_shown_with_what_explains_it(data_dir: Path) -> None:
    """That the way is unclear stands beside the ways that are offered."""
    shown = run_command("show", "gabapentin.hasSideEffect.muscle-spasm", data_dir=data_dir).stdout
    told = [line for line in shown.splitlines() if line.startswith("explained: ")]

    assert len(told) == 3
    assert sum("(unknown, gabapentin-spasms)" in line for line in told) == 1


def test_conditions_that_hold_together_are_told_apart_from_alternatives(data_dir: Path) -> None:
    """Each claim has its conditions; those that ask for more than another are left out."""
    shown = run_command("show", "muscle twitching", data_dir=data_dir).stdout
    (urgent,) = [row for row in shown.splitlines() if "immediate medical attention, only" in row]
    (treated,) = [row for row in shown.splitlines() if "deep brain stimulation treats" in row]

    assert "with confusion, or with difficulty breathing, or with mood change" in urgent
    assert "only with brain disorder and severe symptom" in treated


def test_a_path_tells_where_somebody_denies_a_step(data_dir: Path) -> None:
    """Gabapentin and twitching: affirmed by one article, denied by another."""
    answer = run_command("path", "epilepsy", "--effect", "muscle twitching", data_dir=data_dir)

    rows = [row for row in answer.stdout.splitlines() if row.startswith("epilepsy")]
    assert rows
    assert all("contested" in row for row in rows)


def test_a_statement_that_nobody_makes_is_told(data_dir: Path) -> None:
    """It is a statement that is missing, not an entity of that name."""
    done = run_command("show", "gabapentin.treats.myokymia", data_dir=data_dir)

    assert done.returncode == 1
    assert "no statement 'gabapentin.treats.myokymia'" in done.stderr


def test_the_version_is_printed(tmp_path: Path) -> None:
    """`--version` names program and version."""
    assert run_command("--version", data_dir=tmp_path).stdout == f"iatrograph {__version__}\n"


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        (("search", "alpha2delta-1", "--json"), "alpha-2-delta-1-subunit"),
        (("show", "gabapentin", "--json"), "myoclonus"),
        (("show", "gabapentin.treats.epilepsy", "--json"), '"lineageCount": 2'),
        (("path", "epilepsy", "--json"), "dose-adjustment"),
        (("releases", "--json"), '"current": true'),
        (("settings", "--json"), "query_timeout_s"),
        (("graphql", "{ release { id } }", "--json"), '"release"'),
        (("sparql", "SELECT ?m WHERE { id:baclofen ig:actsOn ?m }", "--json"), "gaba-b-receptor"),
        (("validate", "--json"), '"problems": []'),
        (("build", "--json"), '"claims"'),
    ],
)
def test_data_are_printed_as_json(words: tuple[str, ...], holds: str, data_dir: Path) -> None:
    """Every command that prints data prints JSON with `--json`, and nothing on stderr."""
    done = run_command(*words, data_dir=data_dir)

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert holds in done.stdout
    json.loads(done.stdout)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("alpha2delta-1", "alpha-2-delta-1-subunit"),
        ("α2δ-1", "alpha-2-delta-1-subunit"),
        ("GABA-B", "gaba-b-receptor"),
        ("GABAB", "gaba-b-receptor"),
        ("gabapentn", "gabapentin"),
        ("seizure disorders", "epilepsy"),
    ],
)
def test_names_find_their_own_first(name: str, first: str, data_dir: Path) -> None:
    """Spellings, synonyms and typos lead to the thing that is meant."""
    hits = json.loads(run_command("search", name, "--json", data_dir=data_dir).stdout)

    assert hits[0]["entity"] == first


def test_a_name_that_is_not_found_is_told_with_near_matches(data_dir: Path) -> None:
    """One line on stderr, exit 1."""
    done = run_command("show", "gabapentine", data_dir=data_dir)

    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "near matches: gabapentin" in done.stderr


@pytest.mark.parametrize("words", [("nonsense",), ("path",), ("export", "docx"), ("search",)])
def test_wrong_words_exit_with_2(words: tuple[str, ...], data_dir: Path) -> None:
    """A call whose words are off says how it should be."""
    done = run_command(*words, data_dir=data_dir)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?x WHERE { ?x a ig:Drug", "line 1"),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("INSERT DATA { id:a ig:treats id:b }", "refused"),
    ],
)
def test_a_wrong_sparql_query_is_one_line(query: str, told: str, data_dir: Path) -> None:
    """The fault and its place, or what is refused; exit 1."""
    done = run_command("sparql", query, data_dir=data_dir)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert told in done.stderr


def test_a_wrong_graphql_query_has_errors_and_exit_1(data_dir: Path) -> None:
    """The answer holds the errors with their places."""
    done = run_command("graphql", "{ drugg(id: 1) }", data_dir=data_dir)

    assert done.returncode == 1
    assert json.loads(done.stdout)["errors"][0]["locations"]


def test_a_query_may_come_from_a_file_or_from_stdin(data_dir: Path, tmp_path: Path) -> None:
    """A name of a file is read; a file that is missing is said to be."""
    file = tmp_path / "q.rq"
    file.write_text("ASK { id:gabapentin a ig:Drug }", "utf-8")

    assert "true" in run_command("sparql", str(file), data_dir=data_dir).stdout
    missing = run_command("sparql", "nowhere.rq", data_dir=data_dir)
    assert missing.returncode == 1
    assert "nowhere.rq" in missing.stderr


def test_claims_are_exported_with_every_qualifier(data_dir: Path) -> None:
    """One row a claim, labels beside ids."""
    text = run_command("export", "claims", data_dir=data_dir).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    shown = json.loads(run_command("releases", "--json", data_dir=data_dir).stdout)

    assert len(rows) == shown[0]["counts"]["claims"]
    assert any(row["likelier_with"] for row in rows)


def test_an_export_goes_to_a_file(data_dir: Path, tmp_path: Path) -> None:
    """`--output` writes the file; a folder that is missing is one line."""
    target = tmp_path / "graph.gexf"

    assert run_command("export", "gexf", "-o", str(target), data_dir=data_dir).returncode == 0
    assert target.read_bytes().startswith(b"<?xml")
    failed = run_command("export", "gexf", "-o", "/nowhere/graph.gexf", data_dir=data_dir)
    assert failed.returncode == 1
    assert len(failed.stderr.splitlines()) == 1


def test_releases_are_built_listed_and_activated(tmp_path: Path, mini: Path) -> None:
    """A second release becomes current when built, and the first again when activated."""
    first = json.loads(run_command("build", "--json", data_dir=tmp_path).stdout)["id"]
    second = json.loads(run_command("build", str(mini), "--json", data_dir=tmp_path).stdout)["id"]

    def current() -> str:
        rows = json.loads(run_command("releases", "--json", data_dir=tmp_path).stdout)
        return str(next(row["id"] for row in rows if row["current"]))

    assert current() == second != first
    assert run_command("activate", first[:8], data_dir=tmp_path).returncode == 0
    assert current() == first
    unknown = run_command("activate", "nothing", data_dir=tmp_path)
    assert unknown.returncode == 1
    assert len(unknown.stderr.splitlines()) == 1


def test_what_is_on_no_path_is_told(data_dir: Path) -> None:
    """Effects that nothing here helps with, and drugs of which no effect is known, are named."""
    gaps = json.loads(run_command("path", "spasticity", "--json", data_dir=data_dir).stdout)["gaps"]

    assert "drowsiness" in gaps["effects_without_mitigation"]["baclofen"]
    assert "seizure" not in gaps["effects_without_mitigation"]["baclofen"]
    assert "tizanidine" in gaps["drugs_without_effect"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("sparql", "SELECT ?d WHERE { ?d foo:x 1 }"), "the prefix is not declared"),
        (("sparql", "SELECT ?d WHERE { ?d a ig:Drug }", "--format", "ttl"), "offered: json"),
        (("sparql", ""), "empty"),
        (("path", "baclofen"), "it is of another kind: Drug"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    words: tuple[str, ...], told: str, data_dir: Path
) -> None:
    """One line, exit 1."""
    done = run_command(*words, data_dir=data_dir)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert told in done.stderr


def test_the_prefix_of_curated_entities_may_be_written(data_dir: Path) -> None:
    """`id:baclofen`, as in SPARQL, is baclofen."""
    assert run_command("show", "id:baclofen", data_dir=data_dir).stdout.startswith("baclofen (Drug")


def test_kgx_is_exported_into_a_folder(data_dir: Path, tmp_path: Path) -> None:
    """Nothing is printed; without a folder, or with one that holds other files, it is told."""
    command = ("export", "kgx", "--output", str(tmp_path / "graph"))
    done = run_command(*command, data_dir=data_dir)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    names = {path.name for path in (tmp_path / "graph").iterdir()}
    assert names == {"nodes.jsonl", "edges.jsonl", "iatrograph.json"}

    (tmp_path / "graph" / "notes.txt").touch()
    again = run_command(*command, data_dir=data_dir)
    nowhere = run_command("export", "kgx", data_dir=data_dir)
    assert again.returncode == nowhere.returncode - 1 == 1
    assert "holds other files (notes.txt); name a folder that is new" in again.stderr
    assert "name it" in nowhere.stderr
