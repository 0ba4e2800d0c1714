from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iatrograph.tables.folding import MAX_CHARACTERS, fold, words

ALPHA, DELTA, BETA, MICRO = "\u03b1", "\u03b4", "\u03b2", "\u00b5"


@pytest.mark.parametrize(
    "spellings",
    [
        (
            f"{ALPHA}2{DELTA}-1",
            "alpha2delta-1",
            "alpha-2-delta-1",
            "Alpha 2 Delta 1",
            "ALPHA2DELTA1",
        ),
        ("GABA-B", "GABAB", "GABA(B)", "gaba_b", "GABA B"),
        ("Sj\u00f6gren", "sjogren", "Sjo\u0308gren", "SJ\u00d6GREN"),
        (f"{MICRO}-opioid", "\u03bc-opioid", "mu opioid"),
        (f"{BETA}-blocker", "beta blocker", "\u0392-Blocker"),
        ("vitamin B\u2081\u2082", "vitamin B12"),
        ("lambda", "\u03bb", "\u039b"),
        ("stra\u00dfe", "STRASSE"),
        ("\u1f04", ALPHA, "alpha"),
        ("sigma", "\u03c3", "\u03c2", "\u03a3"),
    ],
)
def test_one_name_in_several_spellings(spellings: tuple[str, ...]) -> None:
    """Spellings that people use for one thing have one key."""
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize("pair", [("GABA-A", "GABA-B"), ("alpha-1", "alpha-2"), ("T3", "T4")])
def test_letters_and_digits_tell_names_apart(pair: tuple[str, str]) -> None:
    """What differs in a letter or digit stays apart."""
    assert fold(pair[0]) != fold(pair[1])


def test_words() -> None:
    """Words are the runs of letters and digits."""
    assert words("Muscle  spasms, (severe)") == ["muscle", "spasms", "severe"]
    assert words(f"{ALPHA}2{DELTA}-1") == ["alpha2delta", "1"]
    assert words('"*:^()-+') == []


@given(st.text())
def test_keys_hold_nothing_but_letters_and_digits(text: str) -> None:
    """Whatever a text holds, its key is safe in a query, and folding it again changes nothing."""
    key = fold(text)
    assert key == "" or key.isalnum()
    assert key == "".join(words(text))
    assert fold(key) == fold(fold(key))


def test_long_texts_are_cut() -> None:
    """No name is as long as the longest text that is folded."""
    assert len(fold("a" * 100_000)) == MAX_CHARACTERS
