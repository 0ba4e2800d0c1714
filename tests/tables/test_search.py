from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iatrograph.model import Entity
from iatrograph.tables.search import SearchIndex
from iatrograph.tables.search_index import write_search

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTITIES = (
    Entity("a2d1", "alpha2delta-1 subunit", ("Target",), synonyms=("\u03b12\u03b4-1",)),
    Entity("gaba", "GABA", ("Target",), synonyms=("gamma-aminobutyric acid",)),
    Entity("gaba-b", "GABA-B receptor", ("Target",), synonyms=("GABA(B)",)),
    Entity("gabapentin", "gabapentin", ("Drug",), identifiers=("CHEBI:42797",)),
    Entity("gabapentin-enacarbil", "gabapentin enacarbil", ("Drug",)),
    Entity("neuropathy", "neuropathy", ("Condition",), roles=("AdverseEffect",)),
    Entity("peripheral-neuropathy", "peripheral neuropathy", ("Condition",)),
    Entity("spasm", "muscle spasm", ("Effect",), synonyms=("cramp",)),
    Entity("cramp", "cramp", ("Effect",)),
    Entity("pain-1", "pain", ("Condition",)),
    Entity("pain-2", "Pain", ("Effect",)),
)
DEGREES = np.array([1, 5, 4, 9, 1, 3, 2, 6, 2, 1, 7])


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """Open the index of a few names, in a folder whose name needs quoting."""
    path = tmp_path_factory.mktemp("an index? 100%") / "search.sqlite"
    write_search(path, ENTITIES, DEGREES)
    found = SearchIndex(path)
    yield found
    found.close()


def ids(index: SearchIndex, text: str, *kinds: str, limit: int = 10) -> list[str]:
    """Return the ids of what is found."""
    return [ENTITIES[m.entity].id for m in index.find(text, frozenset(kinds) or None, limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("gabapentin", "gabapentin"),
        ("GABAPENTIN", "gabapentin"),
        ("gaba", "gaba"),
        ("alpha2delta-1", "a2d1"),
        ("alpha-2-delta-1", "a2d1"),
        ("\u03b12\u03b4-1", "a2d1"),
        ("GABA-B", "gaba-b"),
        ("GABAB", "gaba-b"),
        ("gaba(b)", "gaba-b"),
        ("CHEBI:42797", "gabapentin"),
        ("cramp", "cramp"),
        ("gabapent", "gabapentin"),
        ("spasm", "spasm"),
        ("peripheral", "peripheral-neuropathy"),
        ("neuropathy peri", "peripheral-neuropathy"),
        ("europath", "neuropathy"),
        ("gabapentn", "gabapentin"),
        ("gabapetnin", "gabapentin"),
        ("gbaa", "gaba"),
        ("neuropahty", "neuropathy"),
        ("aminobutyric acid", "gaba"),
    ],
)
def test_the_best_match_comes_first(index: SearchIndex, text: str, first: str) -> None:
    """Labels come before synonyms, those before beginnings, words, parts and near misses."""
    assert ids(index, text)[0] == first


def test_matches_rank_by_how_they_match(index: SearchIndex) -> None:
    """An exact label scores 1, an exact synonym a little less, the rest by how much it covers."""
    scores = {ENTITIES[m.entity].id: m.score for m in index.find("cramp", None, 10)}
    assert scores == {"cramp": 1.0, "spasm": 0.95}
    assert ids(index, "neuropathy") == ["neuropathy", "peripheral-neuropathy"]
    found = [m.score for m in index.find("gaba", None, 10)]
    assert found == sorted(found, reverse=True)
    assert all(0 < score <= 1 for score in found)


def test_of_equal_names_the_one_with_more_statements_is_first(index: SearchIndex) -> None:
    """Two things of one name are both found."""
    assert ids(index, "pain") == ["pain-2", "pain-1"]


def test_kinds_and_roles_filter(index: SearchIndex) -> None:
    """Only entities with one of the kinds or roles are found."""
    assert ids(index, "gaba", "Drug") == ["gabapentin", "gabapentin-enacarbil"]
    assert ids(index, "pain", "Condition") == ["pain-1"]
    assert ids(index, "neuropathy", "AdverseEffect") == ["neuropathy"]
    assert ids(index, "neuropathy", "NoKind") == []


def test_limits(index: SearchIndex) -> None:
    """No more than asked for come back."""
    assert ids(index, "gaba", limit=2) == ["gaba", "gaba-b"]
    assert ids(index, "gaba", limit=0) == []


def test_nothing_is_found_for_nothing(index: SearchIndex) -> None:
    """A text without a letter or digit, or like no name, finds nothing."""
    for text in ("", " ", '"', "%", "*", "\x00", "\U0001f600", "qqqqqqqq", "\ud800"):
        assert ids(index, text) == []


@given(
    st.text(st.characters())
    | st.sampled_from(
        [
            '"',
            "a OR b",
            "NEAR(a b)",
            "key : gaba",
            "gaba*",
            "'; DROP TABLE name; --",
            "^gaba",
            "{a}",
        ]
    ).map(lambda text: text * 3)
)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_is_safe(index: SearchIndex, text: str) -> None:
    """Whatever is typed is looked for as words, never run as an expression."""
    for found in (index.find(text, None, 5), index.exact(text)):
        assert all(0 <= match.entity < len(ENTITIES) for match in found)


@pytest.mark.parametrize("text", ["gaba " * 2000, "a" * 10_000, "\x00gaba\x00", "(" * 10_000])
def test_long_and_strange_texts_cost_little(index: SearchIndex, text: str) -> None:
    """Ten thousand characters are looked for as fast as ten."""
    started = time.perf_counter()
    index.find(text, None, 10)
    assert time.perf_counter() - started < 0.2


def test_several_threads_may_ask(index: SearchIndex) -> None:
    """Threads share the index and get their own answers."""
    wrong: list[str] = []

    def ask(text: str) -> None:
        for _ in range(50):
            wrong.extend(found for found in ids(index, text, limit=1) if found != text)

    threads = [threading.Thread(target=ask, args=(e.id,)) for e in (ENTITIES[1], ENTITIES[3])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
