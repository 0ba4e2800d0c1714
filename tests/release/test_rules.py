from __future__ import annotations

import tempfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from tests.random_graphs import contributions
from tests.release.builds import MINI, WORDS, mini

from iatrograph.rdf import triples as rdf
from iatrograph.rdf.curated import read_curated
from iatrograph.rdf.rules import derive_by_rules
from iatrograph.release.derivation import derive
from iatrograph.release.triples import Triples
from iatrograph.tables import Tables
from iatrograph.tables.intake import take_in
from iatrograph.tables.writer import write_tables
from iatrograph.vocabulary import resource
from iatrograph.vocabulary.reading import FILES

if TYPE_CHECKING:
    from iatrograph.model import Contribution


def silent(stage: str, done: int, total: int | None) -> None:
    """Report nothing."""


def lines_of(contribution: Contribution) -> tuple[list[str], list[str]]:
    """Return the given and the derived lines, as a build writes them."""
    with tempfile.TemporaryDirectory() as name:
        intake = take_in([contribution], WORDS, silent)
        write_tables(Path(name), intake, *derive(intake, WORDS), WORDS, silent)
        tables = Tables.open(Path(name))
        triples = Triples(intake, tables, WORDS)
        texts = list(triples.given())
        assert len(texts) == triples.given_parts
        given = lines(b"".join(texts).decode())
        derived = lines(b"".join(triples.derived()).decode())
        tables.close()
    return given, derived


def lines(text: str) -> list[str]:
    """Return the lines of a text; only a line feed ends one, whatever else a literal holds."""
    return [line + "\n" for line in text.split("\n")[:-1]]


def parsed(lines: list[str]) -> set[ox.Triple]:
    """Return the triples of lines."""
    text = "".join(lines)
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)}


def words() -> set[ox.Triple]:
    """Return the triples of the ontology, but those with blank nodes."""
    files = [resource("ontology") / name for name in FILES]
    return {quad.triple for file in files for quad in ox.parse(path=file)}


def assert_as_the_rules_have_it(contribution: Contribution) -> None:
    """Check that a build derives what the rules derive, no more and no less."""
    given, derived = lines_of(contribution)
    by_rules = parsed(list(derive_by_rules(given)))
    assert parsed(derived) - parsed(given) - words() == by_rules


@pytest.mark.parametrize("folder", [MINI, resource("graph")], ids=["mini", "bundled"])
def test_derivation_follows_the_rules(folder: Path) -> None:
    """The derivation of a build and the rules give equal triples."""
    assert_as_the_rules_have_it(read_curated(folder, WORDS).contribution)


@given(contributions())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_derivation_follows_the_rules_anywhere(contribution: Contribution) -> None:
    """So it is for any contribution that keeps to the ontology."""
    assert_as_the_rules_have_it(contribution)


def written_one_by_one(contribution: Contribution) -> list[str]:
    """Return the lines of all that was contributed, value after value."""
    claims = tuple(contribution.claims)
    told = [(*why.explains, *(s.statement for s in why.steps)) for why in contribution.explanations]
    keys = {*(claim.statement for claim in claims), *chain.from_iterable(told)}
    return [
        *chain.from_iterable(map(rdf.entity_lines, contribution.entities)),
        *chain.from_iterable(rdf.source_lines(s, WORDS) for s in contribution.sources),
        *chain.from_iterable(map(rdf.reference_lines, contribution.references)),
        *chain.from_iterable(rdf.explanation_lines(e, WORDS) for e in contribution.explanations),
        *chain.from_iterable(rdf.claim_lines(claim, WORDS) for claim in claims),
        *chain.from_iterable(map(rdf.statement_key_lines, keys)),
    ]


@given(contributions())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_columns_are_written_as_values_are(contribution: Contribution) -> None:
    """Lines that are written for whole columns are those of each value, sorted by their bytes."""
    given, _ = lines_of(contribution)
    assert given == sorted(written_one_by_one(contribution), key=str.encode)


def test_given_triples_are_those_of_the_files() -> None:
    """The lines that are hashed are the triples that were curated, and no other."""
    given, _ = lines_of(mini())
    assert parsed(given) == {quad.triple for quad in ox.parse(path=MINI / "mini.ttl")}


@given(contributions())
@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
def test_given_lines_are_sorted(contribution: Contribution) -> None:
    """The lines come in the order of their bytes, each once."""
    given, _ = lines_of(contribution)
    assert given == sorted(set(given), key=str.encode)
