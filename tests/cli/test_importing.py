"""Building with data sets: what is joined, what is rejected, what is left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from tests.asking import run_command

if TYPE_CHECKING:
    from pathlib import Path

HEAD: Final = "doid_id\tdrugbank_id\tdisease\tdrug\tcategory\tn_curators\tn_resources\n"
ROWS: Final = (
    "DOID:1826\tDB00996\tepilepsy syndrome\tGabapentin\tDM\t2\t4\n"
    "DOID:2377\tDB00181\tmultiple sclerosis\tBaclofen\tSYM\t3\t2\n"
    "DOID:2377\tDB00996\tmultiple sclerosis\tGabapentin\tNOT\t3\t1\n"
)
SSSOM: Final = (
    "#curie_map:\n#  DOID: http://purl.obolibrary.org/obo/DOID_\n"
    "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    "HP:9999999\tskos:exactMatch\tDOID:2377\tsemapv:ManualMappingCuration\n"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with a small data set as it is published."""
    folder = tmp_path / "indications"
    folder.mkdir()
    (folder / "pharmacotherapydb-indications.tsv").write_text(HEAD + ROWS)
    return folder


def test_a_data_set_joins_what_the_articles_say(data: Path, tmp_path: Path) -> None:
    """Gabapentin is one thing: the claim of the data set stands beside those of the articles."""
    done = run_command("build", "--with", f"pharmacotherapydb={data}", data_dir=tmp_path / "data")
    assert done.returncode == 0, done.stderr

    shown = run_command("show", "gabapentin.treats.epilepsy", "--json", data_dir=tmp_path / "data")
    statement = json.loads(shown.stdout)["statement"]
    sources = {claim["source"] for claim in statement["claims"]}
    assert sources == {"gabapentin-twitching", "twitching-treatments", "pharmacotherapydb"}
    denied = run_command(
        "show", "gabapentin.treats.multiple-sclerosis", data_dir=tmp_path / "data"
    ).stdout
    assert "denies" in denied
    assert "not asserted" in denied


def test_a_row_that_cannot_be_used_is_kept_and_counted(data: Path, tmp_path: Path) -> None:
    """It goes to rejects.jsonl with file, line and reason; --strict makes it an error."""
    path = data / "pharmacotherapydb-indications.tsv"
    path.write_text(HEAD + ROWS + "DOID:1826\tDB00996\n")
    arguments = ("build", "--with", f"pharmacotherapydb={data}")

    done = run_command(*arguments, data_dir=tmp_path / "data")
    (reject,) = (tmp_path / "data" / "rejects.jsonl").read_text().splitlines()
    strict = run_command(*arguments, "--strict", data_dir=tmp_path / "strict")

    assert done.returncode == 0, done.stderr
    assert "pharmacotherapydb: 1 rejected: " in done.stderr
    assert json.loads(reject)["line"] == 5
    assert json.loads(reject)["file"] == path.name
    assert strict.returncode == 1
    assert f"{path}:5" in strict.stderr
    assert not (tmp_path / "strict" / "current").exists()


def test_a_file_of_the_wrong_layout_fails_at_once(data: Path, tmp_path: Path) -> None:
    """The error says what it looks like and what was expected."""
    (data / "pharmacotherapydb-indications.tsv").write_text((HEAD + ROWS).replace("\t", ","))

    done = run_command("build", "--with", f"pharmacotherapydb={data}", data_dir=tmp_path / "data")

    assert done.returncode == 1
    assert "has commas; expected the columns" in done.stderr
    assert not (tmp_path / "data" / "current").exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("siedr=.", "no importer 'siedr'"),
        ("sider=", "'sider=' is not NAME=PATH"),
        ("sider", "`iatrograph fetch sider` loads what is missing"),
    ],
)
def test_a_wrong_data_set_is_told(given: str, told: str, tmp_path: Path) -> None:
    """The name has to be that of an importer, with a path."""
    done = run_command("build", "--with", given, data_dir=tmp_path / "data")

    assert done.returncode in {1, 2}
    assert told in done.stderr


def test_what_was_joined_is_explained(data: Path, tmp_path: Path) -> None:
    """The mapping that joins is named with its file and line."""
    mappings = tmp_path / "same.sssom.tsv"
    mappings.write_text(SSSOM)

    done = run_command(
        *("explain-identity", "multiple-sclerosis", "--with", f"pharmacotherapydb={data}"),
        *("--mappings", str(mappings)),
        data_dir=tmp_path / "data",
    )

    assert done.returncode == 0, done.stderr
    assert "= HP:9999999" in done.stdout
    assert "same.sssom.tsv:4" in done.stdout
