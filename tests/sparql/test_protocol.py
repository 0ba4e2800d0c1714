import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iatrograph.errors import InvalidRequest, QueryRefused, UnsupportedMediaType
from iatrograph.sparql.cache import AnswerCache, Question
from iatrograph.sparql.protocol import DIRECT, FORM, SparqlRequest, read_get, read_post


def test_the_three_ways_to_ask_are_read() -> None:
    """GET, a form, and the query itself as the body."""
    expected = SparqlRequest("ASK {}", ("http://a/",), ("http://b/",), "csv")
    rest = b"default-graph-uri=http%3A//a/&named-graph-uri=http%3A//b/&format=csv"

    assert read_get(b"query=ASK+%7B%7D&" + rest) == expected
    assert read_post(b"", FORM, b"query=ASK%20%7B%7D&" + rest) == expected
    assert read_post(rest, f"{DIRECT}; charset=UTF-8", b"ASK {}") == expected
    assert read_get(b"") is None


@pytest.mark.parametrize(
    ("query_string", "content_type", "body", "error"),
    [
        (b"", FORM, b"", InvalidRequest),
        (b"", FORM, b"query=a&query=b", InvalidRequest),
        (b"query=a", FORM, b"query=a", InvalidRequest),
        (b"query=a", DIRECT, b"a", InvalidRequest),
        (b"", DIRECT, b"\xff\xfe", InvalidRequest),
        (b"", FORM, b"query=%ff", InvalidRequest),
        (b"", FORM, b"query=\xe9", InvalidRequest),
        (b"", FORM, b"&".join([b"a=b"] * 200), InvalidRequest),
        (b"", FORM, b"update=CLEAR+ALL", QueryRefused),
        (b"update=x", DIRECT, b"ASK {}", QueryRefused),
        (b"", "application/sparql-update", b"CLEAR ALL", QueryRefused),
        (b"", "", b"ASK {}", UnsupportedMediaType),
        (b"", "application/json", b"{}", UnsupportedMediaType),
        (b"", "multipart/form-data; boundary=x", b"", UnsupportedMediaType),
        (b"", f"{DIRECT}; charset=utf-16", b"ASK {}", UnsupportedMediaType),
    ],
)
def test_what_is_no_query_request_is_refused(
    query_string: bytes, content_type: str, body: bytes, error: type[Exception]
) -> None:
    """Each with the class that says whose fault it is."""
    with pytest.raises(error):
        read_post(query_string, content_type, body)


@given(st.binary(max_size=100), st.text(max_size=50), st.binary(max_size=100))
def test_no_request_ends_in_another_error(query: bytes, content_type: str, body: bytes) -> None:
    """Whatever a client sends, the error is one of the family."""
    with contextlib.suppress(InvalidRequest):
        read_get(query)
    with contextlib.suppress(InvalidRequest):
        read_post(query, content_type, body)


def test_the_cache_keeps_what_was_asked_last_within_its_bytes() -> None:
    """Old answers go first; one that is too large is not kept."""
    cache = AnswerCache(16_000)
    questions = [Question("r", f"q{n}", True, "json") for n in range(30)]
    for question in questions:
        cache.put(question, b"x" * 1000)
        assert cache.get(questions[0]) is not None
    cache.put(Question("r", "large", True, "json"), b"x" * 3000)

    assert cache.used_bytes <= 16_000
    assert cache.get(questions[1]) is None
    assert cache.get(questions[29]) == b"x" * 1000
    assert cache.get(Question("r", "large", True, "json")) is None
    assert cache.get(Question("other", "q29", True, "json")) is None
