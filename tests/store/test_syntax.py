import pyoxigraph as ox
import pytest

from iatrograph.store.syntax import describe


@pytest.mark.parametrize(
    ("query", "line", "column", "words"),
    [
        ("SELECT * {\n ?s nope:p ?o }", 2, 11, "prefix is not declared"),
        ("SELECT * { ?s <no iri> ?o }", 1, 23, "the IRI is not absolute"),
        ("SELECT * { ?s ?p ?o", 1, 20, "the end of the query"),
        ("SELECT (COUNT(*) AS ?n) ?x { ?x ?y ?z }", 1, 40, "variable that is unbound"),
        ("ASK { ?s ?p ?o } }", 1, 19, "'}'"),
        ("ASK { 'ä' ?p }", 1, 15, "'}'"),
    ],
)
def test_a_fault_is_told_in_one_line_without_the_parsers_insides(
    query: str, line: int, column: int, words: str
) -> None:
    """Place, what stands there, and what would be right where the engine knows a few words."""
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(query)
    message, *place = describe(str(caught.value), query)

    assert place == [line, column]
    assert words in message
    assert "\n" not in message
    assert ".." not in message
    assert len(message) < 200


def test_an_unknown_message_is_not_passed_on() -> None:
    """Should the engine change its wording, no insides come out."""
    assert describe("thread panicked at lib.rs", "ASK {}") == ("not a SPARQL query", 0, 0)
