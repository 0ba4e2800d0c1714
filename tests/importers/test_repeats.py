"""What data sets repeat of each other is one voice, however it is asked for."""

from __future__ import annotations

import csv
import gzip
import json
from typing import TYPE_CHECKING, Final

import pytest
from tests.asking import run_command
from tests.importers.kgx.graph_files import edge, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Pairs = set[tuple[str, str]]

pytestmark = pytest.mark.shared

GABAPENTIN: Final = ("DB00996", "CID100003446")
"""In Hetionet and PharmacotherapyDB, and in SIDER."""


@pytest.fixture
def data(shared: Path) -> Path:
    """Return the folder of the data sets."""
    return shared / "data"


def edges_of(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield metaedge and identifiers of the ends of each edge of Hetionet."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            start, metaedge, end = line.split("\t")
            yield metaedge, start.partition("::")[2], end.strip().partition("::")[2]


def rows_of(path: Path) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a table with tabs."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t")


def test_hetionet_repeats_sider_and_pharmacotherapydb(data: Path) -> None:
    """Each edge CcSE is a pair of SIDER 4.1; CtD and CpD are what PharmacotherapyDB calls so."""
    edges: dict[str, Pairs] = {"CcSE": set(), "CtD": set(), "CpD": set()}
    for metaedge, start, end in edges_of(data / "hetionet/hetionet-v1.0-edges-partial.sif.gz"):
        if metaedge in edges:
            edges[metaedge].add((start, end))
    effects = {
        (row["drugbank_id"], row["umls_cui_from_meddra"])
        for row in rows_of(data / "sider4/drug-side-effects.tsv.gz")
    }
    uses: dict[str, Pairs] = {"DM": set(), "SYM": set(), "NOT": set()}
    for row in rows_of(data / "indications/pharmacotherapydb-indications.tsv"):
        uses[row["category"]].add((row["drugbank_id"], row["doid_id"]))

    assert len(edges["CcSE"]) == 138_944
    assert edges["CcSE"] <= effects
    assert edges["CtD"] == uses["DM"]
    assert edges["CpD"] == uses["SYM"]


@pytest.fixture
def release(data: Path, tmp_path: Path) -> Path:
    """Build all that the data sets say of gabapentin, as they say it, without the articles."""
    drug, stitch = GABAPENTIN
    folders = {name: tmp_path / name for name in ("sider", "hetionet", "kgx", "no-articles")}
    for folder in folders.values():
        folder.mkdir()
    for name in ("meddra_all_se", "meddra_freq", "meddra_all_indications"):
        with gzip.open(data / "sider4" / f"{name}.tsv.gz", "rt", encoding="utf-8") as file:
            kept = [line for line in file if line.startswith(stitch)]
        (folders["sider"] / f"{name}.tsv").write_text("".join(kept))
    name = "hetionet-v1.0-edges-partial.sif.gz"
    with gzip.open(data / "hetionet" / name, "rt", encoding="utf-8") as file:
        start = f"Compound::{drug}\t"
        head, *kept = [line for line in file if line.startswith((start, "source\t"))]
    (folders["hetionet"] / name.removesuffix(".gz")).write_text("".join((head, *kept)))
    nodes = "hetionet-v1.0-nodes.tsv.gz"
    (folders["hetionet"] / nodes).symlink_to(data / "hetionet" / nodes)
    effect = {"id": "umls:C0027066", "name": "Myoclonus", "category": "PhenotypicFeature"}
    compound = {"id": f"drugbank:{drug}", "name": "Gabapentin", "category": "Drug"}
    told = edge(
        compound, "biolink:has_side_effect", effect, primary_knowledge_source="infores:sider"
    )
    write(folders["kgx"], [told], [compound, effect])
    (folders["no-articles"] / "empty.ttl").write_text("")
    done = run_command(
        *("build", str(folders["no-articles"])),
        *(f"--with={name}={folders[name]}" for name in ("sider", "hetionet", "kgx")),
        *("--with", f"pharmacotherapydb={data / 'indications'}"),
        *("--mappings", str(data / "terms")),
        data_dir=tmp_path / "data",
    )
    assert done.returncode == 0, done.stderr
    return tmp_path / "data"


STATEMENT: Final = "drugbank%3ADB00996.hasSideEffect.umls%3AC0027066"
QUERY: Final = f"""
SELECT ?lineages (COUNT(DISTINCT ?origin) AS ?origins) (COUNT(?claim) AS ?claims) WHERE {{
  ?claim ig:about st:{STATEMENT.replace("%", chr(92) + "%")} ; dcterms:source/ig:origin ?origin ;
    ig:about/ig:lineageCount ?lineages .
}} GROUP BY ?lineages"""


def test_what_is_repeated_has_one_lineage(release: Path) -> None:
    """Gabapentin and myoclonus: three say it, one is heard, however it is asked for."""
    shown = run_command("show", STATEMENT, "--json", data_dir=release)
    statement = json.loads(shown.stdout)["statement"]
    asked = f'{{ statement(id: "{STATEMENT}") {{ lineageCount claims {{ source {{ ...O }} }} }} }}'
    fragment = "fragment O on Source { id origin { title } }"
    graphql = run_command("graphql", f"{asked} {fragment}", data_dir=release)
    found = json.loads(graphql.stdout)["data"]["statement"]
    sparql = run_command("sparql", QUERY, "--format", "csv", data_dir=release)

    sources = {"sider", "hetionet-sider", "infores-sider"}
    assert {claim["source"] for claim in statement["claims"]} == sources
    assert statement["lineageCount"] == found["lineageCount"] == 1
    assert {claim["source"]["id"] for claim in found["claims"]} == sources
    origins = {claim["source"]["origin"]["title"] for claim in found["claims"]}
    assert origins == {"SIDER: Side Effect Resource"}
    assert sparql.stdout.split() == ["lineages,origins,claims", "1,1,3"]


def test_all_that_is_said_of_gabapentin_is_counted_so(release: Path) -> None:
    """Uses too; what Hetionet says of its own is another voice than what it repeats."""
    everything = run_command("show", "drugbank:DB00996", "--json", data_dir=release)
    repeated = [
        {claim["source"] for claim in statement["claims"]}
        for statement in json.loads(everything.stdout)["statements"]
        if len(statement["claims"]) > 1 and statement["lineageCount"] == 1
    ]
    several = [s for s in json.loads(everything.stdout)["statements"] if s["lineageCount"] > 1]

    assert repeated.count({"sider", "hetionet-sider"}) == 464
    assert repeated.count({"pharmacotherapydb", "hetionet-pharmacotherapydb"}) == 8
    assert several == []
