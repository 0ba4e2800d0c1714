import pytest

from iatrograph.errors import NotAcceptable
from iatrograph.sparql.formats import ResultKind
from iatrograph.sparql.negotiation import choose

RDFLIB = "application/sparql-results+xml, application/rdf+xml"


@pytest.mark.parametrize(
    ("kind", "accept", "name", "chosen"),
    [
        ("rows", "", "", "json"),
        ("graph", "", "", "ttl"),
        ("rows", "*/*", "", "json"),
        ("rows", "text/csv", "", "csv"),
        ("rows", "text/*", "", "csv"),
        ("rows", "text/csv;q=0.5, text/tab-separated-values;q=0.8", "", "tsv"),
        ("rows", "*/*;q=0.1, text/csv", "", "csv"),
        ("rows", "text/*;q=0.3, text/csv;q=0.2, */*;q=0", "", "tsv"),
        ("rows", "application/json", "", "json"),
        ("rows", "APPLICATION/SPARQL-RESULTS+XML ; Q=1.0", "", "xml"),
        ("boolean", RDFLIB, "", "xml"),
        ("graph", RDFLIB, "", "rdf"),
        ("graph", "application/ld+json;profile=x, text/turtle;q=0.9", "", "jld"),
        ("rows", "nonsense", "", "json"),
        ("rows", "text/csv;q=high, text/tab-separated-values;q=0.1", "", "tsv"),
        ("rows", "text/csv", "json", "json"),
        ("graph", "", "jsonld", "jld"),
        ("graph", "", "json", "jld"),
        ("graph", "", "xml", "rdf"),
        ("graph", "", "turtle", "ttl"),
        ("graph", "application/n-triples", "csv", "nt"),
        ("rows", "text/csv", "turtle", "csv"),
        ("rows", "", "text/csv", "csv"),
    ],
)
def test_the_closest_wish_of_the_highest_quality_is_given(
    kind: ResultKind, accept: str, name: str, chosen: str
) -> None:
    """Accept with qualities, wildcards and specificity; the parameter format goes first."""
    assert choose(kind, accept, name).name == chosen


@pytest.mark.parametrize(
    ("kind", "accept", "name"),
    [
        ("rows", "image/png", ""),
        ("rows", "text/turtle", ""),
        ("graph", "text/csv", ""),
        ("rows", "*/*;q=0", ""),
        ("rows", "", "yaml"),
    ],
)
def test_what_is_not_offered_is_refused_with_what_is(
    kind: ResultKind, accept: str, name: str
) -> None:
    """The error lists the offers."""
    with pytest.raises(NotAcceptable) as caught:
        choose(kind, accept, name)

    assert caught.value.offered
