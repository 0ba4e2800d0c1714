import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iatrograph.errors import MalformedQuery
from iatrograph.sparql.tokens import Token, tokens_of


def texts(query: str) -> list[tuple[str, str]]:
    """Return kinds and texts."""
    return [(t.kind, t.text) for t in tokens_of(query)]


def test_words_inside_other_tokens_are_no_words() -> None:
    """Strings, IRIs, comments, variables and prefixed names keep what is in them."""
    query = (
        'ASK { ?service <http://a/SERVICE> \'SERVICE\' # SERVICE\n ; service:x """a"SERVICE""" }'
    )

    assert [text for kind, text in texts(query) if kind == "word"] == ["ASK"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?x<?y", [("variable", "?x"), ("operator", "<"), ("variable", "?y")]),
        ("<http://a/b>", [("iri", "<http://a/b>")]),
        ("a:b.c.", [("name", "a:b.c"), ("mark", ".")]),
        ("_:b.", [("name", "_:b"), ("mark", ".")]),
        ("1.5e3", [("number", "1.5e3")]),
        ("1 .", [("number", "1"), ("mark", ".")]),
        ("'a'@en-GB", [("string", "'a'"), ("language", "@en-GB")]),
        (r"a:b\-c%20", [("name", r"a:b\-c%20")]),
        ("'''it''s'''", [("string", "'''it''s'''")]),
        ("<<?a", [("operator", "<<"), ("variable", "?a")]),
    ],
)
def test_tokens_end_where_the_grammar_ends_them(
    query: str, expected: list[tuple[str, str]]
) -> None:
    """Dots, signs and brackets belong to the token they belong to."""
    assert texts(query) == expected


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_its_place(query: str) -> None:
    """No text ends in another error, and none is passed over."""
    read: list[Token] = []
    fault: MalformedQuery | None = None
    try:
        for token in tokens_of(query):
            read.append(token)  # noqa: PERF402  # those before the fault count, too
    except MalformedQuery as error:
        fault = error

    assert [query[t.start : t.start + len(t.text)] for t in read] == [t.text for t in read]
    assert fault is None or 1 <= (fault.line or 0) <= query.count("\n") + 1


@pytest.mark.parametrize(
    "piece", ["a.", '"', "'''", "<a", "(:", "_:a.", "a-", "#\n", "1.e", '"""a']
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    """Each takes milliseconds; a pattern that looks back twice would take minutes."""
    query = piece * (100_000 // len(piece))
    with contextlib.suppress(MalformedQuery):
        assert len(list(tokens_of(query))) <= len(query)
