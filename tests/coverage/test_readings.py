from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iatrograph.coverage.readings import (
    COLUMNS,
    READINGS,
    Agreement,
    agreements,
    check_readings,
    positive_agreement,
    read_readings,
)
from iatrograph.model import Claim, Contribution, Source, Stance, StatementKey

if TYPE_CHECKING:
    from pathlib import Path


def claim(text: str, source: str = "one") -> Claim:
    """Return a claim of ``subject relation object``."""
    key = StatementKey(*text.split())
    return Claim(f"{key.id}.{source}", key, Stance.AFFIRMS, source)


CLAIMS: Final = tuple(map(claim, ("a treats p", "b treats p", "c treats p", "d treats p")))
CONTRIBUTION: Final = Contribution(
    (Source("one", "One", "article"), Source("two", "Two", "article")),
    (),
    (*CLAIMS, claim("a treats p", "two")),
)
RIGHT: Final = (
    "one\t1\ta\ttreats\tp\taffirms\tboth\t\tkept\ta.treats.p.one\t",
    "one\t2\tb\ttreats\tp\taffirms\tboth\tcertainty\tchanged\tb.treats.p.one\tIt hedges.",
    "one\t3\tc\tusedFor\tp\taffirms\tfirst\t\tchanged\tc.treats.p.one\tIt says treats.",
    "one\t3\tc\ttreats\tp\taffirms\tsecond\t\tkept\tc.treats.p.one\tIt says treats.",
    "one\t4\te\ttreats\tp\taffirms\tsecond\t\tdropped\t\tNobody says so.",
)


def written(folder: Path, *rows: str) -> Path:
    """Write the table and return its path."""
    path = folder / READINGS
    path.write_text("\n".join(["\t".join(COLUMNS), *rows, ""]))
    return path


def test_agreement_is_counted_before_and_after(tmp_path: Path) -> None:
    """Two of five rows were found by both; of four claims both readings lead to three."""
    path = written(tmp_path, *RIGHT)

    assert check_readings(path, CONTRIBUTION) == ()
    assert agreements(read_readings(path), CONTRIBUTION) == (
        Agreement(
            source="one",
            both=2,
            first=1,
            second=2,
            alike=1,
            dropped=1,
            claims_of_both=3,
            claims_of_first=0,
            claims_of_second=0,
            claims_of_neither=1,
        ),
    )
    (found,) = agreements(read_readings(path), CONTRIBUTION)
    assert found.before == pytest.approx(4 / 7)
    assert found.after == 1.0


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("\tboth\t\tdropped\t\t", "no reason; say what in the sentence decides"),
        ("\tboth\tcertainty\tkept\ta.treats.p.one\t", "no reason"),
        ("\tfirst\t\tkept\ta.treats.p.one\t", "no reason"),
        ("\tthird\t\tkept\ta.treats.p.one\tx", "write one of both, first, second"),
        ("\tboth\t\tlost\ta.treats.p.one\tx", "write one of kept, changed, dropped"),
        ("\tboth\t\tkept\t\tx", "kept, with 0 claims"),
        ("\tboth\t\tdropped\ta.treats.p.one\tx", "dropped, with 1 claims"),
        ("\tboth\t\tkept\ta.treats.p.on\tx", "nobody describes the claim a.treats.p.on"),
        ("\tboth\t\tkept\ta.treats.p.two\tx", "names a.treats.p.two, which is of two"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(tmp_path: Path, row: str, fault: str) -> None:
    """Every difference has an outcome, a reason and the claims that came of it."""
    path = written(tmp_path, RIGHT[0], "one\t1\ta\ttreats\tp\taffirms" + row)

    found = [problem for problem in check_readings(path, CONTRIBUTION) if fault in problem.message]

    assert [(problem.line, problem.term) for problem in found] == [(3, "a treats p")]


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_agreement_is_the_f_measure(both: int, first: int, second: int) -> None:
    """It is that of either reader against the other, and 1 where nobody found anything."""
    value = positive_agreement(both, first, second)

    assert 0 <= value <= 1
    if both:
        precision, recall = both / (both + first), both / (both + second)
        assert value == pytest.approx(2 * precision * recall / (precision + recall))
    else:
        assert value == float(first + second == 0)
