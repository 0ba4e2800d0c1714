from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from tests.curated_graphs import WORDS, curated, lines_of

from iatrograph.errors import UnreadableFile
from iatrograph.rdf.curated import read_curated
from iatrograph.rdf.turtle import canonical, format_folder

if TYPE_CHECKING:
    from iatrograph.model import Contribution

UNTIDY = """
@prefix ex: <http://example.org/> .
@prefix foo: <https://w3id.org/iatrograph/ns#> .
<https://w3id.org/iatrograph/id/b> <http://www.w3.org/2000/01/rdf-schema#label> "b"; a foo:Drug .
<https://w3id.org/iatrograph/id/a> a foo:Drug ; <http://www.w3.org/2000/01/rdf-schema#label>   "a" .
"""
TIDY = """\
@prefix id: <https://w3id.org/iatrograph/id/> .
@prefix ig: <https://w3id.org/iatrograph/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

id:a a ig:Drug ;
    rdfs:label "a" .

id:b a ig:Drug ;
    rdfs:label "b" .
"""


def test_the_canonical_form_sorts_and_keeps_needed_prefixes() -> None:
    """Subjects go by IRI, types and labels first, with the project's own prefixes."""
    assert canonical(UNTIDY) == TIDY


def test_what_is_canonical_stays() -> None:
    """Formatting twice changes nothing, and nothing at all stays nothing."""
    assert canonical(TIDY) == TIDY
    assert canonical("") == canonical("# only a comment\n") == ""


def test_claims_follow_their_statement_and_steps_their_explanation() -> None:
    """Claims sort by source and number, so the tenth comes after the second."""
    subjects = [
        "st:a.treats.b",
        "cl:a.treats.b.one",
        "cl:a.treats.b.one.2",
        "cl:a.treats.b.one.10",
        "cl:a.treats.b.two",
        "st:a.treats.c",
        "ex:how",
        "ex:how.1",
        "ex:how.2",
        "ex:how.10",
        "id:a",
        "src:one",
    ]
    base = "https://w3id.org/iatrograph/"
    heads = {"st": "statement", "cl": "claim", "ex": "explanation", "id": "id", "src": "source"}
    prefixes = "".join(f"@prefix {p}: <{base}{name}/> .\n" for p, name in heads.items())
    text = prefixes + "".join(f"{subject} a {subject} .\n" for subject in reversed(subjects))
    written = canonical(text).splitlines()

    assert [line.split()[0] for line in written if line and line[0] != "@"] == subjects


@settings(max_examples=25, deadline=None)
@given(curated())
def test_any_curated_values_survive_the_canonical_form(contribution: Contribution) -> None:
    """The canonical form holds the same values, is stable, and begins each subject on a line."""
    text = canonical("".join(lines_of(contribution)))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "all.ttl").write_text(text, "utf-8")
        read = read_curated(Path(folder), WORDS)

    assert read.contribution == contribution
    assert canonical(text) == text
    assert len({place.line for place in read.places.values()}) == len(read.places)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("@prefix a: <http://a/> .\n\na:b a:c d:e .", 3),
        ('<http://a> <http://b> "x\\q" .', 1),
        ('<http://a> <http://b> """x\ny""" .\n<http://a> <http://b> .', 3),
        ("<http://a> <http://b> [ .", 1),
        ("a", 1),
        ('<http://a> <http://b>\n"\\uD800" .', 2),
        ('<http://a> <http://b> "\\UFFFFFFFF" .', 1),
        ("<http://a b> <http://c> 1 .", 1),
    ],
)
def test_malformed_turtle_is_told_with_its_line(text: str, line: int) -> None:
    """What is not well formed is an unreadable file, never a foreign error."""
    with pytest.raises(UnreadableFile) as caught:
        canonical(text, Path("x.ttl"))

    assert (caught.value.path, caught.value.line) == (Path("x.ttl"), line)


def test_literals_keep_their_spelling() -> None:
    """A literal is not normalised: what the curator wrote is what stays."""
    text = '<http://a> <http://b> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .'

    assert "01" in canonical(text)


def test_format_folder_writes_what_changes(tmp_path: Path) -> None:
    """Only files that are not canonical are written, in subfolders too, and they are returned."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "untidy.ttl").write_text(UNTIDY)
    (tmp_path / "tidy.ttl").write_text(TIDY)
    (tmp_path / "note.txt").write_text("not Turtle")

    assert format_folder(tmp_path, check=True) == (tmp_path / "deep" / "untidy.ttl",)
    assert (tmp_path / "deep" / "untidy.ttl").read_text() == UNTIDY
    assert format_folder(tmp_path) == (tmp_path / "deep" / "untidy.ttl",)
    assert (tmp_path / "deep" / "untidy.ttl").read_text() == TIDY
    assert format_folder(tmp_path) == ()


def test_line_ends_count(tmp_path: Path) -> None:
    """A file with carriage returns is not canonical."""
    (tmp_path / "a.ttl").write_bytes(TIDY.replace("\n", "\r\n").encode())

    assert len(format_folder(tmp_path)) == 1
    assert (tmp_path / "a.ttl").read_bytes() == TIDY.encode()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """No folder, and bytes that are not UTF-8, are unreadable files."""
    with pytest.raises(UnreadableFile, match="no such folder"):
        format_folder(tmp_path / "nowhere")
    (tmp_path / "a.ttl").write_bytes(b"\xff")

    with pytest.raises(UnreadableFile, match=r"a\.ttl"):
        format_folder(tmp_path)


def test_the_bundled_graph_is_canonical(checkout: Path) -> None:
    """graph/ is kept in its one form; ``iatrograph format graph`` brings it there."""
    assert format_folder(checkout / "graph", check=True) == ()


def test_oxigraph_reads_the_canonical_form_as_the_same_triples() -> None:
    """Canonical Turtle means to another reader what the text meant."""
    read = [
        {quad.triple for quad in ox.parse(input=text, format=ox.RdfFormat.TURTLE)}
        for text in (UNTIDY, canonical(UNTIDY))
    ]

    assert read[0] == read[1]
