from __future__ import annotations

from iatrograph.vocabulary import compact, did_you_mean, near_matches

NAMES = ("hasSideEffect", "hasToxicEffect", "treats", "prevents")


def test_the_nearest_name_comes_first_and_far_ones_not_at_all() -> None:
    """Only names about as near as the nearest are offered."""
    assert near_matches("hasSideEfect", NAMES) == ("hasSideEffect",)
    assert near_matches("xyz", NAMES) == ()


def test_equally_near_names_are_all_offered() -> None:
    """Where it cannot be told which was meant, each is named, up to the limit."""
    assert set(near_matches("drug-x", ("drug-a", "drug-b", "drug-c"), limit=2)) < {
        "drug-a",
        "drug-b",
        "drug-c",
    }
    assert did_you_mean("ax", ("ab", "ac")) == ""
    assert did_you_mean("drug-x", ("drug-b", "drug-a")) == "; did you mean drug-a or drug-b?"


def test_an_iri_is_shown_as_people_write_it() -> None:
    """Known prefixes are used, curated ids keep theirs; anything else stands in brackets."""
    assert compact("https://w3id.org/iatrograph/ns#treats") == "ig:treats"
    assert compact("https://w3id.org/iatrograph/id/a") == "id:a"
    assert compact("http://example.org/") == "<http://example.org/>"
