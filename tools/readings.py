"""Writes the page on how the sources were read, with the figures of ledger and readings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from iatrograph.coverage import LEDGER, READINGS, WhyNone, agreements, read_readings
from iatrograph.coverage.ledger import read_ledger
from iatrograph.coverage.tables import read_table
from iatrograph.rdf.curated import read_curated
from iatrograph.vocabulary import ontology, resource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from iatrograph.coverage.readings import Found
    from iatrograph.model import Contribution

TEXT: Final = """\
# How the sources were read

Every sentence of a source is read: headings, list items, cells of tables, answers, quoted posts,
entries of the list of references. `graph/coverage.tsv` says of each which claims it gave, or why
none; it knows a sentence by its place and a hash and never holds its words. `iatrograph validate
--texts FOLDER` holds it against the texts.

{sentences}

## Two readings

Each source was read twice. The second reader had the ontology, the guide and the list of names of
things, and had not seen the claims of the first; of the first three sources that list had been
made in the first reading, of the other two beforehand for both. Then a third person went through
both readings, sentence by sentence, and decided by what the sentence says. `graph/readings.tsv`
has every claim of either reader, what became of it, and why.

*Before*: a claim counts as found by both if both have the same subject, relation, object and
stance; *alike* are those of them with the same certainty, evidence and qualifiers. *After*: the
claims that now stand, by the readings that lead to them. Agreement is positive specific
agreement, twice what both found over all that each found, which equals the F-measure of one
reader against the other ([Hripcsak and Rothschild 2005](https://doi.org/10.1197/jamia.M1733)).

{agreement}

What readers who found the same claim differed in:

{differences}

The claims that stand were then audited, all of them, each by somebody who had not read the source
before.

## A third look

100 claims drawn at random were held against the text by two fresh readers: right means subject,
relation, object, polarity, certainty and every qualifier. `graph/third-look.tsv` has all
verdicts.

{look}
"""


def readings_page() -> str:
    """Return the page on how the sources were read, with the figures of the ledger."""
    folder = resource("graph")
    contribution = read_curated(folder, ontology()).contribution
    readings = read_readings(folder / READINGS)
    return TEXT.format(
        sentences=_sentence_table(folder / LEDGER),
        agreement=_agreement_table(readings, contribution),
        differences=_difference_table(readings),
        look=_look_table(folder / "third-look.tsv"),
    )


def _table(*rows: Iterable[object]) -> str:
    lines = [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join((lines[0], "|" + "---|" * lines[0].count(" | ") + "---|", *lines[1:]))


def _sentence_table(path: Path) -> str:
    rows = read_ledger(path)
    reasons = [why for why in WhyNone if any(row.why_none == why for row in rows)]
    return _table(
        ("source", "sentences", "gave something", *reasons),
        *(
            (
                source,
                len(own := [row for row in rows if row.source == source]),
                sum(bool(row.gives) for row in own),
                *(sum(row.why_none == why for row in own) for why in reasons),
            )
            for source in sorted({row.source for row in rows})
        ),
    )


def _agreement_table(readings: Iterable[Found], contribution: Contribution) -> str:
    heads = ("both", "first only", "second only", "agreement")
    return _table(
        ("source", *heads[:1], "alike", *heads[1:], *(f"{h}, after" for h in heads), "dropped"),
        *(
            (
                found.source,
                found.both,
                found.alike,
                found.first,
                found.second,
                f"{found.before:.2f}",
                found.claims_of_both,
                found.claims_of_first,
                found.claims_of_second,
                f"{found.after:.2f}",
                found.dropped,
            )
            for found in agreements(readings, contribution)
        ),
    )


def _difference_table(readings: Iterable[Found]) -> str:
    names = Counter(name for row in readings for name in row.differs)
    return _table(("qualifier", "claims"), *sorted(names.items(), key=lambda n: (-n[1], n[0])))


def _look_table(path: Path) -> str:
    rows = [cells for _, cells in read_table(path, ("claim", "verdict", "part", "fault"))]
    wrong = [cells for cells in rows if cells[1] != "right"]
    return f"{len(rows) - len(wrong)} of {len(rows)} were right.\n\n" + _table(
        ("wrong in", "claim", "what, and what was done"),
        *((part, f"`{claim}`", fault) for claim, _, part, fault in wrong),
    )
