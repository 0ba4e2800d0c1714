"""``--columns``: said of one file of one data set, and told where it cannot be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from tests.asking import run_command

if TYPE_CHECKING:
    from pathlib import Path

ROW: Final = "drugbank:DB00996\tbiolink:treats\tMONDO:0005027\n"
HEAD: Final = "drug\tdoes\tdisease\n"
PLAIN: Final = "subject,predicate,object"
NAMED: Final = "subject=drug,predicate=does,object=disease"
STATEMENT: Final = "gabapentin.treats.epilepsy"


def words(text: str) -> str:
    """Return a text without space and without the frame that wraps it on a terminal."""
    return "".join(text.replace("│", " ").split())


def sources_of(statement: str, data_dir: Path) -> set[str]:
    """Return who says so in the current release."""
    shown = run_command("show", statement, "--json", data_dir=data_dir)
    assert shown.returncode == 0, shown.stderr
    return {claim["source"] for claim in json.loads(shown.stdout)["statement"]["claims"]}


def test_each_data_set_has_its_own_columns(tmp_path: Path) -> None:
    """One has no header, one has other names, and one is KGX already."""
    one, two, three = (tmp_path / name for name in ("one.tsv", "two.tsv", "three=3.tsv"))
    one.write_text(ROW)
    two.write_text(HEAD + ROW)
    three.write_text(PLAIN.replace(",", "\t") + "\n" + ROW)
    given = (f"--with=kgx={path}" for path in (one, two, three))
    said = (f"--columns={one}={PLAIN}", f"--columns={two}={NAMED}")

    done = run_command("build", *given, *said, data_dir=tmp_path / "data")

    assert done.returncode == 0, done.stderr
    assert {"one", "two", "three-3"} < sources_of(STATEMENT, tmp_path / "data")


def test_columns_of_one_file_of_a_folder(tmp_path: Path) -> None:
    """The other files of the folder keep theirs; said of the folder, it is said of all."""
    folder = tmp_path / "graph"
    folder.mkdir()
    (folder / "a_edges.tsv").write_text(ROW)
    (folder / "b_edges=.tsv").write_text(HEAD + ROW)
    given = ("explain-identity", "drugbank:DB00996", f"--with=kgx={folder}")

    done = run_command(
        *given,
        f"--columns={folder / 'a_edges.tsv'}={PLAIN}",
        f"--columns={folder / 'b_edges=.tsv'}={NAMED}",
        data_dir=tmp_path / "data",
    )
    of_all = run_command(*given, f"--columns={folder}={PLAIN}", data_dir=tmp_path / "data")

    assert done.returncode == 0, done.stderr
    assert of_all.returncode == 0, of_all.stderr


@pytest.mark.parametrize(
    ("columns", "code", "told"),
    [
        ("{folder}/none.tsv=subject", 2, "there is no {folder}/none.tsv"),
        ("subject", 2, "'subject' is not PATH=NAMES"),
        ("{folder}/other.tsv=subject", 2, "{folder}/other.tsv belongs to no data set"),
        ("{folder}/one.tsv=", 1, "name columns in their order, or say PROPERTY=COLUMN"),
        ("{folder}/one.tsv=subject,predicat,object", 1, "did you mean predicate?"),
        ("{folder}/one.tsv=subject,predicate", 1, "one.tsv:1: no column object"),
        ("{folder}/one.tsv=subject,predicate,object,", 1, "one.tsv:1: has 3 columns with tabs"),
    ],
)
def test_what_cannot_be_is_told(columns: str, code: int, told: str, tmp_path: Path) -> None:
    """With the path, before anything is built."""
    (tmp_path / "one.tsv").write_text(ROW)
    (tmp_path / "other.tsv").write_text(ROW)

    done = run_command(
        *("build", f"--with=kgx={tmp_path / 'one.tsv'}"),
        f"--columns={columns.format(folder=tmp_path)}",
        data_dir=tmp_path / "data",
    )

    assert done.returncode == code
    assert words(told.format(folder=tmp_path)) in words(done.stderr)
    assert not (tmp_path / "data" / "current").exists()


def test_columns_are_given_once(tmp_path: Path) -> None:
    """Two lists for one file are none."""
    path = tmp_path / "one.tsv"
    path.write_text(ROW)

    done = run_command(
        *("build", f"--with=kgx={path}", f"--columns={path}={PLAIN}", f"--columns={path}={NAMED}"),
        data_dir=tmp_path / "data",
    )

    assert done.returncode == 2
    assert "are given twice" in " ".join(done.stderr.replace("│", " ").split())


def test_only_kgx_has_columns_that_can_be_named(tmp_path: Path) -> None:
    """Other importers know the columns of their data sets."""
    path = tmp_path / "kg.csv"
    path.write_text("relation,x_id\n")

    done = run_command(
        *("build", f"--with=primekg={path}", f"--columns={path}={NAMED}"),
        data_dir=tmp_path / "data",
    )

    assert done.returncode == 2
    assert words("belongs to no data set given as --with kgx=PATH") in words(done.stderr)


@pytest.mark.shared
def test_primekg_is_a_data_set_of_its_own(shared: Path, tmp_path: Path) -> None:
    """Nothing has to be said of its columns."""
    path = shared / "data" / "kgx" / "primekg-sample-val_edges.csv.gz"

    done = run_command("build", "--with", f"primekg={path}", "--json", data_dir=tmp_path / "data")

    assert done.returncode == 0, done.stderr
    found = {source["id"]: source["claims"] for source in json.loads(done.stdout)["sources"]}
    assert found["primekg"] > 7000
    wrong = run_command("build", "--with", f"kgx={path}", data_dir=tmp_path / "data")
    assert "no column subject, predicate, object; it has relation, display_relation" in wrong.stderr
    assert "--columns says what other columns hold" in wrong.stderr
