"""Columns that the user names: in their order, or what each of them holds."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.kgx.graph_files import DRUG, as_table, claims, edge, read, write

from iatrograph.errors import InvalidSetting, UnreadableFile
from iatrograph.importers.kgx import Layout, Table
from iatrograph.importers.kgx.columns import read_columns
from iatrograph.importers.kgx.edges import USED
from iatrograph.importers.kgx.files import find
from iatrograph.importers.kgx.header import property_names
from iatrograph.importers.kgx.nodes import USED as USED_OF_NODES
from iatrograph.importers.rejects import Rejects

if TYPE_CHECKING:
    from pathlib import Path

ROW = "drugbank:DB00996\tMONDO:0005027\tbiolink:treats\tPMID:1|PMID:2\n"


def headless(path: Path, names: str) -> Layout:
    """Return the layout of one file of edges."""
    return Layout(files={path: read_columns(names, is_edges=True)})


@given(st.permutations(sorted(USED - {":TYPE", ":START_ID", ":END_ID"})), st.data())
def test_any_properties_may_be_named_in_any_order(names: list[str], data: st.DataObject) -> None:
    """What is named is found at its place, also with the prefix or with a type."""
    forms = [data.draw(st.sampled_from(("{}", "biolink:{}", " {}", "{}:string[]"))) for _ in names]
    text = ",".join(form.format(name) for form, name in zip(forms, names, strict=True))

    assert property_names(read_columns(text, is_edges=True).header) == names


def test_a_table_without_header_is_one_with_these_columns(tmp_path: Path) -> None:
    """An empty name passes a column over; all else is as if the header stood in the file."""
    path = tmp_path / "pairs.tsv"
    path.write_text(ROW.replace("\n", "\t0.7\n"))
    rejects = Rejects("t")

    (claim,) = claims(path, rejects, headless(path, "subject,object,predicate,publications,"))

    assert claim.statement == ("drugbank:DB00996", "treats", "MONDO:0005027")
    assert claim.many("publication") == ("PMID:1", "PMID:2")
    assert rejects.counts == {}


def test_other_names_stand_for_properties(tmp_path: Path) -> None:
    """Also put together of several columns; those that are not given are as KGX has them."""
    path = tmp_path / "pairs.csv"
    path.write_text(
        "db,drug,does,disease,negated\ndrugbank,DB00996,treats,MONDO:0005027,true\n"
        "drugbank,DB00996,,MONDO:0005027,true\n"
    )
    rejects = Rejects("t")

    (claim,) = claims(
        path, rejects, headless(path, "subject={db}:{drug},predicate=does,object=disease")
    )

    assert claim.statement == ("drugbank:DB00996", "treats", "MONDO:0005027")
    assert claim.stance.value == "denies"
    assert rejects.counts == {"no predicate": 1}


def test_a_property_has_its_column_and_no_other(tmp_path: Path) -> None:
    """Where the column is empty, one that has the name of the property does not step in."""
    path = tmp_path / "pairs.csv"
    path.write_text("subject,object,predicate,does\ndrugbank:DB00996,MONDO:0005027,treats,\n")
    rejects = Rejects("t")

    assert claims(path, rejects, headless(path, "predicate=does")) == []
    assert rejects.counts == {"no predicate": 1}


def test_nodes_may_have_no_header_either(tmp_path: Path) -> None:
    """Their rows may end early, as those of any nodes."""
    nodes, edges = tmp_path / "g_nodes.tsv", tmp_path / "g_edges.tsv"
    nodes.write_text("x:1\tDrug\tone\nx:2\tDisease\n")
    edges.write_text(as_table([edge({"id": "x:1"}, obj={"id": "x:2"})]))
    layout = Layout(files={nodes: read_columns("id,category,name", is_edges=False)})

    (claim,) = claims(edges, layout=layout)
    assert claim.statement == ("x:1", "treats", "x:2")
    assert [e.label for e in read(edges, layout=layout).entities] == ["one", "x:2"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("subject,predicat,object", "no property of KGX is called 'predicat'; .* predicate"),
        ("subject,predicate,object,weight", "'weight'; leave its place empty to pass it over"),
        ("subject,predicate,object,subject", "'subject' stands twice; keep one"),
        ("subject=a,subject=b", "'subject' stands twice; keep one"),
        ("a=subject", "'a'; PROPERTY=COLUMN gives first what KGX calls it"),
        ("subject=a,object", "'object' is not PROPERTY=COLUMN, as the others are"),
        ("subject=", "'subject=' is not PROPERTY=COLUMN"),
        ("subject={a:b", "'{a:b' has braces that do not close"),
        ("subject=x:{}", "'x:{}' has braces that do not close, or nothing in them"),
        ("", "name columns in their order, or say PROPERTY=COLUMN"),
        (",,", "name columns in their order, or say PROPERTY=COLUMN"),
    ],
)
def test_names_that_cannot_be_are_told(text: str, told: str) -> None:
    """Before any file is read."""
    with pytest.raises(InvalidSetting, match=told):
        read_columns(text, is_edges=True)


@pytest.mark.parametrize(
    ("names", "content", "told"),
    [
        ("subject,object,predicate", ROW, "has 4 columns with tabs; 3 were named: subject, object"),
        ("subject,object,predicate,id,", ROW, "has 4 columns with tabs; 5 were named"),
        ("subject,object,predicate,", ROW.replace("\t", ","), "has 1 column with tabs; 4 were"),
        ("subject,object", ROW, "no column predicate; it has subject, object"),
        ("subject,object,predicate", "", "is empty; expected 3 columns"),
        (
            "subject,object,predicate",
            "biolink:subject\tpredicate\tobject\n",
            "is a header; name no columns, or say which one holds what",
        ),
        ("subject=drug", "subject\tpredicate\tobject\n", "no column drug; it has subject, "),
        ("subject=x:{drug}", "predicate\tobject\n", "no column drug; it has predicate, object"),
        ("subject=drug", "drug\tdrug\tpredicate\tobject\n", "'drug' stands twice; keep one"),
    ],
)
def test_a_file_with_other_columns_is_refused(
    names: str, content: str, told: str, tmp_path: Path
) -> None:
    """At once, with what it has and what was named."""
    path = tmp_path / "pairs.tsv"
    path.write_text(content)

    with pytest.raises(UnreadableFile, match=told):
        read(path, layout=headless(path, names))


def test_json_has_no_columns_to_be_named(tmp_path: Path) -> None:
    """Though its properties may have other names."""
    path = tmp_path / "g_edges.jsonl"
    path.write_text('{"drug": "drugbank:DB00996", "predicate": "treats", "object": "MONDO:1"}\n')

    with pytest.raises(UnreadableFile, match="is JSON, whose values have names"):
        read(path, layout=headless(path, "subject,predicate,object"))
    (claim,) = claims(path, layout=headless(path, "subject=drug"))
    assert claim.statement.subject == DRUG["id"]


def test_what_is_said_of_a_document_is_said_of_its_edges(tmp_path: Path) -> None:
    """Its nodes keep the ids that they have."""
    path = write(tmp_path, [edge(key="e1")], ending=".json") / "graph.json"

    (claim,) = claims(path, layout=headless(path, "id=key"))
    assert claim.one("originalId") == "e1"


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    [
        "monarch-eds-marfan/eds_marfan_kg_edges.tsv.gz",
        "everycure-samples/testdata_rtxkg2-kg_edges.tsv",
        "everycure-samples/testdata_robokop-kg_edges.tsv",
        "kgx-test-resources/cm_edges.csv",
        "mondo-rare_edges.tsv.gz",
    ],
)
def test_real_graphs_without_their_headers(name: str, shared: Path, tmp_path: Path) -> None:
    """A copy of each whose columns are named says what the file itself says."""
    whole = find(shared / "data" / "kgx" / name)
    tables: dict[Path, Table] = {}
    for file in (*whole.edges, *whole.nodes):
        is_edges = file in whole.edges
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as opened:
            head, _, body = opened.read().partition(b"\n")
        known = {*(USED if is_edges else USED_OF_NODES), "category"}
        columns = property_names(head.decode().strip().split("," if ".csv" in name else "\t"))
        copy = tmp_path / file.name.removesuffix(".gz")
        copy.write_bytes(body)
        names = ",".join(column if column in known else "" for column in columns)
        tables[copy] = read_columns(names, is_edges=is_edges)

    def said(path: Path, layout: Layout) -> list[str]:
        return sorted(
            repr((c.statement, c.stance, c.qualifiers)) for c in claims(path, None, layout)
        )

    copied = tmp_path / whole.edges[0].name.removesuffix(".gz")
    found = said(copied, Layout(files=tables))
    assert found == said(whole.edges[0], Layout())
    assert found
