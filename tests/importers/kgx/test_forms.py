"""The same graph in every form of KGX, and files that are none."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.importers.kgx.graph_files import (
    DISEASE,
    DRUG,
    GENE,
    NODES,
    SIGN,
    as_json_lines,
    as_table,
    claims,
    edge,
    read,
    write,
)
from tests.packing import PACKERS

from iatrograph.errors import UnreadableFile
from iatrograph.importers.kgx.reasons import NO_JSON, NO_OBJECT, NO_PREDICATE, no_value
from iatrograph.importers.lines import LONGEST_LINE, NO_UTF8, TOO_LONG
from iatrograph.importers.rejects import Rejects
from iatrograph.importers.tables import OPEN_QUOTES, RAGGED

if TYPE_CHECKING:
    from pathlib import Path

EDGES: Final = (
    edge(publications=["PMID:1", "PMID:2"], negated="True"),
    edge(predicate="biolink:has_side_effect", obj=SIGN, id="e2"),
)
SHARING: Final = settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("ending", [".tsv", ".csv", ".jsonl", ".json"])
def test_a_graph_is_the_same_in_every_form(tmp_path: Path, ending: str, packer: str) -> None:
    """Tables, JSON Lines and JSON, packed or not, give the same things and claims."""
    for name in ("given", "plain"):
        (tmp_path / name).mkdir()
    given_ = write(tmp_path / "given", EDGES, ending=ending, packer=packer)
    plain = write(tmp_path / "plain", EDGES)

    assert read(given_).entities == read(plain).entities
    assert claims(given_) == claims(plain)
    assert read(given_).sources[0].id == "graph"


WORDS: Final = st.text(
    st.characters(exclude_characters="\r\n\t|ǂ\"[]{}'\ufeff", exclude_categories=["C", "Z"]),
    min_size=1,
    max_size=6,
).filter(lambda text: text not in ("nan", "NaN", "None", "null", "NULL", "NaT"))


@SHARING
@given(
    names=st.lists(WORDS, min_size=1, max_size=4, unique_by=str.casefold),
    synonyms=st.lists(WORDS, max_size=3, unique=True),
)
def test_what_is_written_is_read_from_tables_and_json(
    tmp_path: Path, names: list[str], synonyms: list[str]
) -> None:
    """Names and lists of any script come back, with commas, quotes and tabs in their places."""
    nodes = [
        {"id": f"HP:{n:07}", "name": name, "synonym": synonyms} for n, name in enumerate(names)
    ]
    found = []
    for ending in (".tsv", ".csv", ".jsonl", ".json"):
        folder = tmp_path / ending
        folder.mkdir(exist_ok=True)
        found.append(read(write(folder, (), nodes, ending)).entities)

    assert found[0] == found[1] == found[2] == found[3]
    entities = list(found[0])
    assert [entity.label for entity in entities] == names
    assert all({*e.synonyms} == {*synonyms} - {e.label} for e in entities)


@SHARING
@given(content=st.binary(max_size=200), ending=st.sampled_from([".tsv", ".csv", ".jsonl", ".json"]))
def test_no_bytes_break_the_reader(tmp_path: Path, content: bytes, ending: str) -> None:
    """A file of edges is read, its rows rejected, or it is refused: never another error."""
    path = tmp_path / f"graph_edges{ending}"
    path.write_bytes(b"subject\tpredicate\tobject\n" * (ending == ".tsv") + content)
    with suppress(UnreadableFile):
        list(read(path).claims)


@pytest.mark.parametrize(
    "listed", ["PMID:1|PMID:2", "PMID:1ǂPMID:2", '["PMID:1", "PMID:2"]', "PMID:1|PMID:2|PMID:1"]
)
def test_lists_are_written_in_several_ways(tmp_path: Path, listed: str) -> None:
    """Bars, double daggers, or JSON; what stands twice is taken once."""
    write(tmp_path, [edge(publications=listed)], ending=".tsv")

    assert claims(tmp_path)[0].many("publication") == ("PMID:1", "PMID:2")


def test_headers_of_neo4j_are_understood(tmp_path: Path) -> None:
    """Types are taken off; columns that Neo4j needs stand for those of KGX."""
    (tmp_path / "graph_nodes.tsv").write_text(
        ":ID\tname:string\tall_names:string[]\t:LABEL\n"
        "drugbank:DB00996\tgabapentin\tNeurontinǂgabapentin\tbiolink:Drugǂbiolink:NamedThing\n"
        "MONDO:0005027\tepilepsy\t\tbiolink:Disease\n"
    )
    (tmp_path / "graph_edges.tsv").write_text(
        ":START_ID\t:TYPE\t:END_ID\tpublications:string[]\n"
        "drugbank:DB00996\tbiolink:treats\tMONDO:0005027\tPMID:1ǂPMID:2\n"
    )

    (claim,) = claims(tmp_path)
    assert claim.statement == ("drugbank:DB00996", "treats", "MONDO:0005027")
    assert claim.many("publication") == ("PMID:1", "PMID:2")
    first = next(iter(read(tmp_path).entities))
    assert (first.label, first.synonyms) == ("gabapentin", ("Neurontin",))


def test_columns_of_neo4j_beside_those_of_kgx_are_passed_over(tmp_path: Path) -> None:
    """They say the same once more, and are no second column of the same name."""
    both = edge() | {":START_ID": DRUG["id"], ":TYPE": "biolink:treats", ":END_ID": DISEASE["id"]}
    rejects = Rejects("t")

    assert len(claims(write(tmp_path, [both], ending=".tsv"), rejects)) == 1
    assert rejects.counts == {}


def test_keys_may_carry_the_prefix_of_biolink(tmp_path: Path) -> None:
    """Some programs write ``biolink:primary_knowledge_source``."""
    row = edge() | {"biolink:primary_knowledge_source": "infores:ctd"}

    assert claims(write(tmp_path, [row]))[0].source == "infores-ctd"


def test_a_byte_order_mark_and_line_ends_of_windows_do_no_harm(tmp_path: Path) -> None:
    """Tables and JSON of Windows are read like others."""
    for ending, text in (
        (".tsv", as_table(EDGES, end="\r\n")),
        (".csv", as_table(EDGES, ",", end="\r\n")),
        (".jsonl", as_json_lines(EDGES).replace("\n", "\r\n")),
        (".json", json.dumps({"edges": EDGES}, indent=1).replace("\n", "\r\n")),
    ):
        path = tmp_path / f"graph_edges{ending}"
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
        assert len(claims(path)) == 2, ending
        path.unlink()


def test_what_programs_write_for_nothing_is_nothing(tmp_path: Path) -> None:
    """``nan``, ``None`` and empty lists are no names, no numbers and no publications."""
    nothing = {"publications": "[]", "negated": "nan", "has_percentage": "nan", "id": "None"}
    node = SIGN | {"name": "nan", "description": "null"}
    write(
        tmp_path,
        [edge(obj=SIGN, predicate="biolink:has_side_effect") | nothing],
        [DRUG, node],
        ".tsv",
    )
    rejects = Rejects("t")

    (claim,) = claims(tmp_path, rejects)
    assert claim.one("originalId") == "drugbank:DB00996 biolink:has_side_effect HP:0001336"
    assert {"publication", "frequencyLow"}.isdisjoint(claim.qualifiers)
    assert rejects.counts == {}
    assert [e.label for e in read(tmp_path).entities] == ["gabapentin", "HP:0001336"]


def test_numbers_that_are_none_are_read_in_json(tmp_path: Path) -> None:
    """Python writes NaN, which is no JSON; the row is read all the same."""
    text = json.dumps(edge(obj=SIGN, predicate="biolink:has_side_effect", has_quotient=0.5))
    for number, kept in (("NaN", False), ("Infinity", False), ("0.5", True), ("7", False)):
        path = tmp_path / "a_edges.jsonl"
        path.write_text(text.replace("0.5", number) + "\n")
        (tmp_path / "a.json").write_text(f'{{"edges": [{text.replace("0.5", number)}]}}')
        for file in (path, tmp_path / "a.json"):
            rejects = Rejects("t")
            (claim,) = claims(file, rejects)
            assert (claim.one("frequencyLow") == "0.5") is kept, number
            assert (no_value("has_quotient") in rejects.counts) is (number == "7")


def test_bad_rows_of_a_table_of_edges_are_rejected(tmp_path: Path) -> None:
    """A row that is cut is no edge: it might have lost that it is negated."""
    good = f"{DRUG['id']},treats,{DISEASE['id']},"
    body = [
        b"subject,predicate,object,negated",
        good.encode(),
        b"drugbank:DB00996,treats,MONDO:0005027",
        good.encode() + b",,",
        good.encode() + b'"open',
        good.encode() + b"\xff",
        good.encode() + b"x" * LONGEST_LINE,
        b"drugbank:DB00996,,MONDO:0005027,",
        b"drugbank:DB00996,treats,,",
    ]
    path = tmp_path / "a_edges.csv"
    path.write_bytes(b"\n".join(body))
    rejects = Rejects("t")

    assert len(claims(path, rejects)) == 1
    assert rejects.counts == {
        RAGGED: 2,
        OPEN_QUOTES: 1,
        NO_UTF8: 1,
        TOO_LONG: 1,
        NO_PREDICATE: 1,
        NO_OBJECT: 1,
    }


def test_rows_of_nodes_may_end_before_the_last_columns(tmp_path: Path) -> None:
    """All but the id may be absent; a row with too many cells is rejected."""
    (tmp_path / "a_nodes.tsv").write_text(
        "id\tname\tcategory\tdescription\nHP:0001336\tMyoclonus\nHP:0001250\n"
        "HP:0000001\tAll\tbiolink:PhenotypicFeature\tx\ty\n"
    )
    rejects = Rejects("t")

    assert [e.label for e in read(tmp_path, rejects).entities] == ["Myoclonus", "HP:0001250"]
    assert rejects.counts == {RAGGED: 1}


def test_quotes_around_a_cell_between_tabs_are_taken_off(tmp_path: Path) -> None:
    """Quotes inside a cell, and a quote that does not close, are characters like others."""
    (tmp_path / "a_nodes.tsv").write_text(
        'id\tname\tdescription\nHP:1\t"a, ""b"""\t5" long\nHP:2\t"open\t"\n'
    )

    assert [(e.label, e.definition) for e in read(tmp_path).entities] == [
        ('a, "b"', '5" long'),
        ('"open', '"'),
    ]


def test_lines_that_are_no_objects_are_rejected(tmp_path: Path) -> None:
    """Among lines of JSON, each bad one alone."""
    body = [json.dumps(edge()), '{"subject": ', "[1]", "7", "[" * 100_000, "", json.dumps(EDGES[1])]
    (tmp_path / "a_edges.jsonl").write_text("\n".join(body))
    rejects = Rejects("t")

    assert len(claims(tmp_path, rejects)) == 2
    assert rejects.counts == {NO_JSON: 4}


def test_values_nested_deeply_do_no_harm(tmp_path: Path) -> None:
    """They stand in for a list of publications, and in a column that has no place."""
    deep = "[" * 900 + "]" * 900
    row = json.dumps(edge())[:-1] + f', "publications": {deep}, "more": {deep}}}'
    (tmp_path / "a_edges.jsonl").write_text(row)
    (tmp_path / "a.json").write_text(f'{{"edges": [{row}]}}')

    assert len(list(read(tmp_path).claims)) == 1
    assert len(list(read(tmp_path / "a.json").claims)) == 1


def test_a_number_of_thousands_of_digits_is_no_number(tmp_path: Path) -> None:
    """Python refuses it: a line is rejected, a document refused."""
    row = json.dumps(edge())[:-1] + f', "has_count": {"9" * 5000}}}'
    (tmp_path / "a_edges.jsonl").write_text(row)
    (tmp_path / "a.json").write_text(f'{{"edges": [{row}]}}')
    rejects = Rejects("t")

    assert list(read(tmp_path, rejects).claims) == []
    assert rejects.counts == {NO_JSON: 1}
    with pytest.raises(UnreadableFile, match="is no well-formed JSON"):
        read(tmp_path / "a.json")


@pytest.mark.parametrize(
    ("name", "content", "looks"),
    [
        ("a_edges.tsv", "subject,predicate,object\n", r":1: has commas; expected the columns subj"),
        ("a_edges.csv", "subject\tpredicate\tobject\n", r"has tabs; .* with commas, as its name"),
        ("a_nodes.tsv", "id,name\n", "has commas; expected the columns id among others, with tabs"),
        ("a_edges.tsv", "object\tsubject\n", "no column predicate; it has object, subject"),
        ("a_nodes.tsv", "name\tcategory\n", "no column id; it has name, category"),
        (
            "a_edges.tsv",
            "subject\tpredicate\tobject\tsubject\n",
            "'subject' stands twice; keep one",
        ),
        ("a_edges.tsv", "subject\tpredicate\tobject\tx:int\tx\n", "'x' stands twice"),
        ("a_edges.tsv", "", "is empty; expected the columns subject, predicate, object"),
        ("a_edges.jsonl", "", "is empty; expected one JSON object a line"),
        ("a_edges.jsonl", "subject\tpredicate\n", "is no JSON; expected one JSON object a line"),
        ("a.json", "", "is empty; expected an object with nodes and edges"),
        ("a.json", "[]", "is no JSON object; expected one with the lists nodes and edges"),
        ("a.json", '{"graph": 1}', "has neither nodes nor edges"),
        ("a.json", '{"edges": {}}', "no well-formed JSON: '{' where \\[ is expected"),
        ("a_edges.tsv.gz", "subject\tpredicate\tobject\n", "damaged or cut archive"),
    ],
)
def test_a_file_that_is_something_else_fails_at_once(
    tmp_path: Path, name: str, content: str, looks: str
) -> None:
    """Before any claim is asked for, with what it looks like and what was expected."""
    (tmp_path / name).write_text(content)

    with pytest.raises(UnreadableFile, match=looks):
        read(tmp_path / name)


def test_a_cut_archive_fails_at_once(tmp_path: Path) -> None:
    """Edges are looked through before the first claim is given."""
    text = as_table([edge(id=f"e{n}") for n in range(2000)])
    path = tmp_path / "a_edges.tsv.gz"
    path.write_bytes(gzip.compress(text.encode())[:-9])

    with pytest.raises(UnreadableFile, match="damaged or cut archive"):
        read(path)


def test_the_files_of_a_graph_are_found(tmp_path: Path) -> None:
    """By folder, by the file of edges, by that of nodes; others of a folder are passed over."""
    (tmp_path / "x_nodes.tsv").write_text(as_table(NODES))
    (tmp_path / "x_edges.jsonl").write_text(as_json_lines(EDGES))
    (tmp_path / "meta.json").write_text("{}")
    (tmp_path / "README.md").write_text("")
    for path in (tmp_path, tmp_path / "x_edges.jsonl", tmp_path / "x_nodes.tsv"):
        found = read(path)
        assert (len(tuple(found.entities)), len(list(found.claims))) == (len(NODES), 2), path


def test_of_two_companions_that_of_the_same_format_is_taken(tmp_path: Path) -> None:
    """The other holds the same graph once more."""
    (tmp_path / "x_nodes.tsv").write_text(as_table([GENE]))
    (tmp_path / "x_nodes.jsonl").write_text(as_json_lines(NODES))
    (tmp_path / "x_edges.tsv").write_text(as_table(EDGES))

    assert next(iter(read(tmp_path / "x_edges.tsv").entities)).id == GENE["id"]


def test_a_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    """With what is there instead; so is a path where nothing is."""
    with pytest.raises(UnreadableFile, match="it is empty"):
        read(tmp_path)
    (tmp_path / "README.md").write_text("")
    with pytest.raises(UnreadableFile, match=r"no file of nodes or edges .* it has README\.md"):
        read(tmp_path)
    with pytest.raises(UnreadableFile, match="is no file or folder"):
        read(tmp_path / "absent")
