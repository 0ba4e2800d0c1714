"""What clients may do to the endpoint, and what it costs the others."""

from __future__ import annotations

import contextlib
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlsplit

import httpx
import pytest

PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LARGE = "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f }"
NARROW = "SELECT (1 AS ?x) { ?a ?b ?c . ?d ?e ?f }"
QUERY = "application/sparql-query"
REFUSED_WITHIN_S = 20.0
"""Much more than the refusal takes, on a machine with other work; a parser would not come back."""


def connected(endpoint: str) -> socket.socket:
    """Return a bare connection to the server."""
    address = urlsplit(endpoint)
    return socket.create_connection((address.hostname or "", address.port or 0), timeout=20)


def read_all(connection: socket.socket) -> bytes:
    """Read until the server closes."""
    pieces = []
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(1 << 16):
            pieces.append(piece)
    return b"".join(pieces)


def test_runaways_end_at_the_deadline_while_others_are_served(http: httpx.Client) -> None:
    """503 with Retry-After; look-ups of other clients take under a second meanwhile."""
    with ThreadPoolExecutor() as threads:
        runaway = threads.submit(lambda: http.get("", params={"query": PRODUCT}))
        waits: list[float] = []
        while not runaway.done():
            began = time.monotonic()
            assert http.get("", params={"query": f"ASK {{ ?s ?p {len(waits)} }}"}).is_success
            waits.append(time.monotonic() - began)
        response = runaway.result()

    assert response.status_code == 503
    assert response.headers["retry-after"] == "10"
    assert response.json()["type"].endswith("/query-timeout")
    assert max(waits) < 1.0


def test_too_many_rows_break_the_answer_visibly(http: httpx.Client) -> None:
    """Where the cap is reached before anything was sent: 400. After that: no end of the body."""
    with pytest.raises(httpx.RemoteProtocolError):
        http.get("", params={"query": LARGE})
    refused = http.get("", params={"query": NARROW, "format": "csv"})

    assert refused.status_code == 400
    assert refused.json()["limit"] == "query_max_rows"


def test_a_large_answer_is_whole(http: httpx.Client) -> None:
    """Streamed in chunks, with as many rows as asked for."""
    response = http.get("", params={"query": f"{LARGE} LIMIT 40000", "format": "tsv"})

    assert "content-length" not in response.headers
    assert response.text.count("\n") == 40_001
    assert http.head("", params={"query": f"{LARGE} LIMIT 40000"}).status_code == 200


def test_a_reader_that_stops_reading_is_cut_and_holds_no_worker(endpoint: str) -> None:
    """Its connection ends after a while, without the end of the body; others are served."""
    path = f"{urlsplit(endpoint).path}?query={quote(LARGE + ' LIMIT 50000')}"
    with contextlib.ExitStack() as stack:
        readers = [stack.enter_context(connected(endpoint)) for _ in range(4)]
        for reader in readers:
            reader.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        time.sleep(1.5)
        assert httpx.get(endpoint, params={"query": "ASK { ?s ?p 'slow' }"}).is_success
        time.sleep(2.5)
        answers = [read_all(reader) for reader in readers]

    assert all(not answer.endswith(b"0\r\n\r\n") for answer in answers if b" 200 " in answer[:20])


def test_a_client_that_leaves_takes_its_query_along(endpoint: str) -> None:
    """Twenty that ask for a runaway and leave do not keep the others waiting."""
    path = f"{urlsplit(endpoint).path}?query={quote(PRODUCT)}"
    for _ in range(4):
        with connected(endpoint) as leaving:
            leaving.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            time.sleep(0.1)
    time.sleep(0.6)
    began = time.monotonic()

    assert httpx.get(endpoint, params={"query": "ASK { ?s ?p 'left' }"}).is_success
    assert time.monotonic() - began < 0.5


@pytest.mark.parametrize(
    ("head", "body", "status"),
    [
        ("Content-Length: 10000000000", b"", b"413"),
        ("Content-Length: 1000000", b"x" * 1000, b"413"),
        ("Transfer-Encoding: chunked", b"F4240\r\n" + b"x" * 1_000_000 + b"\r\n", b"413"),
        ("Content-Length: 20\r\nContent-Encoding: gzip", b"x" * 20, b"415"),
        ("Content-Length: 20", b"ASK", b"408"),
    ],
)
def test_bodies_are_bounded_in_bytes_and_time(
    endpoint: str, head: str, body: bytes, status: bytes
) -> None:
    """Declared, counted, compressed or late: refused within a second, and the line is closed."""
    path = urlsplit(endpoint).path
    began = time.monotonic()
    with connected(endpoint) as client:
        start = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: {QUERY}\r\n{head}\r\n\r\n"
        with contextlib.suppress(ConnectionError):
            client.sendall(start.encode() + body)
        answer = client.recv(4096)

    assert answer.split(b" ", 2)[1] == status
    assert time.monotonic() - began < 1.5


BOMBS = {
    "nested functions": "ASK { FILTER(" + "STR(" * 9000 + "1" + ")" * 9000 + ") }",
    "nested groups": "ASK " + "{" * 40_000 + "}" * 40_000,
    "parentheses": "ASK { FILTER(" + "(" * 40_000 + "1" + ")" * 40_000 + ") }",
    "lists": "ASK { ?s ?p " + "(" * 40_000 + ")" * 40_000 + " }",
    "hidden in an IRI": "ASK { FILTER(1<" + "(" * 40_000 + "1" + ")" * 40_000 + ">1) }",
    "sum": "ASK { FILTER(1" + "+1" * 40_000 + ") }",
    "unions": "ASK { {} " + "UNION {} " * 6000 + "}",
    "patterns": "ASK { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(400)) + "}",
    "escapes": "ASK { ?s ?p '" + "\\" * 90_001 + "' }",
    "quotes": "ASK { ?s ?p " + '"' * 90_001,
    "long": "ASK { ?s ?p ?o } #" + "x" * 250_000,
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_bombs_are_refused_soon(http: httpx.Client, name: str) -> None:
    """All with a problem, and none costs the time that it would cost a parser."""
    began = time.monotonic()
    response = http.post("", content=BOMBS[name].encode(), headers={"content-type": QUERY})

    assert response.status_code in {400, 413}
    assert response.json()["title"]
    assert len(response.content) < 3000
    assert time.monotonic() - began < REFUSED_WITHIN_S


def test_nothing_a_client_names_is_contacted(http: httpx.Client) -> None:
    """SERVICE, FROM, FROM NAMED, LOAD, the graphs of the protocol: a canary hears nothing."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.3)
        there = f"http://127.0.0.1:{canary.getsockname()[1]}/x.ttl"
        everything, dataset = "{ ?s ?p ?o }", f"FROM <{there}>"
        for query in (
            f"SELECT * {{ SERVICE <{there}> {everything} }}",
            f"SELECT * {{ SERVICE SILENT <{there}> {everything} }}",
            f"SELECT * {{ BIND(<{there}> AS ?g) SERVICE ?g {everything} }}",
            f"ASK {dataset} {everything}",
            f"ASK FROM NAMED <{there}> {{ GRAPH ?g {everything} }}",
            f"DESCRIBE <{there}>",
            f"LOAD <{there}>",
            f"LOAD SILENT <{there}> INTO GRAPH <{there}>",
        ):
            assert http.get("", params={"query": query}).status_code in {200, 403}
        for name in ("default-graph-uri", "named-graph-uri"):
            asked = http.get("", params={"query": f"ASK {everything}", name: there})
            assert asked.status_code == 403
        with pytest.raises(TimeoutError):
            canary.accept()
