"""CSV: every claim and every entity whole, and no cell that a spreadsheet would compute."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exporters.awkward import AWKWARD

from iatrograph.exporters import export_release
from iatrograph.exporters.csv import csv_bytes
from iatrograph.exporters.values import join, plain, split
from iatrograph.vocabulary import iri_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from iatrograph.model import Contribution
    from iatrograph.release import Release
    from iatrograph.vocabulary import Ontology

    Frame = pd.DataFrame


@pytest.fixture(params=["curated", "awkward"])
def release(
    request: pytest.FixtureRequest,
    curated_release: Release,
    release_of: Callable[[Contribution], Release],
) -> Release:
    """Return the graph that ships, then one of everything that breaks files."""
    return curated_release if request.param == "curated" else release_of(AWKWARD)


def read(name: str, release: Release, ontology: Ontology) -> Frame:
    """Export a release and read it as an analyst would, with the apostrophes taken off."""
    content = b"".join(export_release(name, release, ontology))
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    return frame.map(unguarded)


def unguarded(cell: str) -> str:
    """Take off what ``plain`` put in front."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r]", cell) else cell


def test_every_claim_is_a_row(release: Release, ontology: Ontology) -> None:
    """Claims come back with stance, source and ends, each once, and none is missing."""
    frame = read("claims", release, ontology)
    claims = list(release.tables.all_claims())

    assert list(frame["claim"]) == [claim.id for claim in claims]
    assert list(frame["stance"]) == [claim.stance.value for claim in claims]
    assert list(frame["source"]) == [claim.source for claim in claims]
    ends = zip(frame["subject"], frame["relation"], frame["object"], strict=True)
    assert list(ends) == [tuple(claim.statement) for claim in claims]


def test_every_qualifier_is_a_column(release: Release, ontology: Ontology) -> None:
    """The values of every qualifier come back as they are in the tables."""
    frame = read("claims", release, ontology)
    claims = list(release.tables.all_claims())

    for qualifier in ontology.qualifiers.values():
        for cell, claim in zip(frame[qualifier.column], claims, strict=True):
            values = (
                (cell,)
                if qualifier.kind in {"text", "number"} and not qualifier.is_many and cell
                else split(cell)
            )
            assert values == claim.many(qualifier.name)


def test_ids_have_their_names_beside_them(release: Release, ontology: Ontology) -> None:
    """Entities and references among the qualifiers are named as well, in the same order."""
    frame = read("claims", release, ontology)
    labels = {entity.id: entity.label for entity in release.tables.all_entities()}
    titles = {name: known.title for name, known in release.tables.references.items()}

    for qualifier in ontology.qualifiers.values():
        if qualifier.kind in {"entity", "reference"}:
            names = labels if qualifier.kind == "entity" else titles
            for _, row in frame.iterrows():
                expected = tuple(names[value] for value in split(row[qualifier.column]))
                assert split(row[f"{qualifier.column}_names"]) == expected


def test_rows_tell_how_their_statement_stands(release: Release, ontology: Ontology) -> None:
    """A row tells the summary of its statement, so that a denied one is not read as a fact."""
    frame = read("claims", release, ontology)
    summaries = {s.key.id: s for s in release.tables.all_statements()}

    for _, row in frame.iterrows():
        summary = summaries[row["statement"]]
        assert row["statement_asserted"] == str(summary.is_asserted).lower()
        assert row["statement_contested"] == str(summary.is_contested).lower()
        assert row["statement_support"] == number(summary.support)
        assert row["statement_opposition"] == number(summary.opposition)


def number(value: int | None) -> str:
    """Return a weight as a cell has it."""
    return "" if value is None else str(value)


def test_every_entity_is_a_row(release: Release, ontology: Ontology) -> None:
    """Entities come back whole, with their IRI."""
    frame = read("entities", release, ontology)

    for (_, row), entity in zip(frame.iterrows(), release.tables.all_entities(), strict=True):
        assert (row["id"], row["label"]) == (entity.id, entity.label)
        assert row["definition"] == (entity.definition or "")
        assert row["iri"] == iri_of(entity.id)
        for field in ("kinds", "roles", "synonyms", "identifiers", "broader"):
            assert split(row[field]) == getattr(entity, field)


@pytest.mark.parametrize("name", ["claims", "entities"])
def test_two_runs_are_equal(name: str, release: Release, ontology: Ontology) -> None:
    """The same release gives the same bytes."""
    first, second = (b"".join(export_release(name, release, ontology)) for _ in range(2))

    assert first == second


@given(st.lists(st.tuples(st.text(), st.integers() | st.none() | st.text())))
def test_no_cell_is_a_formula(rows: list[tuple[object, ...]]) -> None:
    """Whatever a text holds, its cell does not begin as a formula does, and can be restored."""
    content = b"".join(csv_bytes(("a", "b"), rows)).decode()
    cells = [cell for line in csv.reader(io.StringIO(content, newline="")) for cell in line]

    for cell, value in zip(cells[2:], (v for row in rows for v in row), strict=True):
        if isinstance(value, str):
            assert not re.match(r"[=+\-@\t\r]", cell)
            assert unguarded(cell) == value


def test_lines_end_as_the_standard_has_it() -> None:
    """RFC 4180: lines end in carriage return and line feed, quotation marks are doubled."""
    rows = [("a,b", 'say "x"'), (None, 0)]

    assert b"".join(csv_bytes(("one", "two"), rows)) == (b'one,two\r\n"a,b","say ""x"""\r\n,0\r\n')


def test_an_apostrophe_is_added_only_where_needed() -> None:
    """Ordinary text stays as it is, dashes and equals signs inside it too."""
    assert [plain(text) for text in ("a=b", "'tis", "", "-5 mg", "'-5")] == [
        "a=b",
        "'tis",
        "",
        "'-5 mg",
        "''-5",
    ]
    assert join(()) == ""


def test_derived_statements_have_no_rows(release: Release, ontology: Ontology) -> None:
    """What is derived from claims about others does not repeat those claims."""
    frame = read("claims", release, ontology)

    assert "modifiesRiskOf" not in set(frame["relation"])
