from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Mount, Route, Router
from starlette.staticfiles import StaticFiles

import iatrograph.web
from iatrograph.catalog import Catalog
from iatrograph.graphql import Context, GraphQL
from iatrograph.release import build_folder, open_current
from iatrograph.vocabulary.examples import examples
from iatrograph.web.graphql import graphql_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iatrograph.vocabulary import Ontology

STATIC = Path(iatrograph.web.__file__).parent / "static"
RESPONSE_JSON = "application/graphql-response+json"
QUERY = '{ drug(id: "testol") { label } }'


@pytest.fixture(scope="module")
def release_id(client: httpx.Client) -> str:
    """Return the id of the release that is served."""
    return str(
        client.post("/graphql", json={"query": "{ release { id } }"}).headers["Iatrograph-Release"]
    )


@pytest.fixture(scope="module")
def client(
    mini: Path, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """Serve the tiny graph on loopback and return a client of it."""
    data_dir = tmp_path_factory.mktemp("data")
    build_folder(mini, data_dir)
    release = open_current(data_dir)
    context = Context(Catalog(release.tables, ontology), release.info)
    app = Router(
        [
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/graphql", graphql_app(GraphQL(ontology), context, request_max_kb=64)),
        ]
    )
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            port = listening.getsockname()[1]
            with httpx.Client(base_url=f"http://127.0.0.1:{port}") as found:
                yield found
        finally:
            server.should_exit = True
            thread.join()


def post(client: httpx.Client, body: bytes | str, **headers: str) -> httpx.Response:
    """Send a body as it is."""
    told = {
        "content-type": "application/json",
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    return client.post("/graphql", content=body, headers=told)


def test_post_and_get_give_the_same(client: httpx.Client, release_id: str) -> None:
    """Both ways of asking are answered alike, and the answer names its release."""
    posted = client.post("/graphql", json={"query": QUERY})
    got = client.get("/graphql", params={"query": QUERY})

    assert posted.status_code == got.status_code == 200
    assert (
        posted.json()
        == got.json()
        == {
            "data": {"drug": {"label": "testol"}},
            "extensions": {"release": release_id},
        }
    )


def test_variables_and_operation_name(client: httpx.Client) -> None:
    """All members of a request are read, in the body and in the address."""
    request: dict[str, Any] = {
        "query": "query A { __typename } query B ($id: ID!) { drug(id: $id) { id } }",
        "operationName": "B",
        "variables": {"id": "testol"},
        "extensions": {"ignored": True},
    }
    posted = client.post("/graphql", json=request)
    got = client.get(
        "/graphql",
        params={
            **request,
            "variables": json.dumps(request["variables"]),
            "extensions": "{}",
        },
    )

    assert posted.json()["data"] == got.json()["data"] == {"drug": {"id": "testol"}}


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        (RESPONSE_JSON, RESPONSE_JSON),
        (f"{RESPONSE_JSON}, application/json;q=0.9", RESPONSE_JSON),
        (f"{RESPONSE_JSON}, application/json", RESPONSE_JSON),
        (f"{RESPONSE_JSON};q=0.1, application/json", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
    ],
)
def test_media_type_is_negotiated(client: httpx.Client, accept: str | None, given: str) -> None:
    """The answer to a POST has the JSON type that is wanted most."""
    headers = {"accept": accept} if accept else {}
    request = client.build_request("POST", "/graphql", json={"query": QUERY}, headers=headers)
    if accept is None:
        del request.headers["accept"]
    response = client.send(request)

    assert response.status_code == 200
    assert response.headers["content-type"] == f"{given}; charset=utf-8"


def test_nothing_acceptable(client: httpx.Client) -> None:
    """A client that wants none of the types is told which there are."""
    response = client.post("/graphql", json={"query": QUERY}, headers={"accept": "text/csv"})

    assert response.status_code == 406
    assert RESPONSE_JSON in response.json()["offered"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "MalformedQuery"),
        ("{ nonsense }", "InvalidRequest"),
        ("query ($n: Int!) { drugs(first: $n) { totalCount } }", "InvalidRequest"),
        ("mutation { x }", "InvalidRequest"),
        ("{ drugs(first: 1001) { totalCount } }", "LimitExceeded"),
    ],
)
def test_what_never_ran_is_400(client: httpx.Client, query: str, code: str) -> None:
    """A faulty query is the client's mistake; the error says where."""
    for accept in ("*/*", RESPONSE_JSON):
        response = client.post("/graphql", json={"query": query}, headers={"accept": accept})
        assert response.status_code == 400
        assert "data" not in response.json()
        assert response.json()["errors"][0]["extensions"]["code"] == code


def test_faulty_query_as_older_clients_want_it(client: httpx.Client) -> None:
    """Whoever accepts application/json by name gets 200 for a faulty query, not for a large one."""
    headers = {"accept": "application/json"}
    faulty = client.post("/graphql", json={"query": "{"}, headers=headers)
    large = client.post(
        "/graphql", json={"query": "{ drugs(first: 1001) { totalCount } }"}, headers=headers
    )

    assert faulty.status_code == 200
    assert faulty.json()["errors"][0]["locations"] == [{"line": 1, "column": 2}]
    assert large.status_code == 400


def test_partial_answer_is_200(client: httpx.Client) -> None:
    """An unknown drug beside a known one is null, with an error."""
    query = '{ a: drug(id: "testol") { id } b: drug(id: "testoll") { id } }'
    response = client.post("/graphql", json={"query": query}, headers={"accept": RESPONSE_JSON})

    assert response.status_code == 200
    assert response.json()["data"] == {"a": {"id": "testol"}, "b": None}
    assert response.json()["errors"][0]["extensions"]["near"][0] == "testol"


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"123",
        b'"x"',
        b"[]",
        b'[{"query": "{ __typename }"}]',
        b"{}",
        b'{"query": null}',
        b'{"query": 7}',
        b'{"query": ""}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "variables": "{}"}',
        b'{"query": "{ __typename }", "operationName": 1}',
        b'{"query": "{ __typename }", "extensions": 1}',
        b'{"query": "\\ud800"}',
        b"\xff\xfe{}",
        b'{"query": "{ __typename }"',
        b"",
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'{"query": "query ($n: Int) { drugs(first: $n) { totalCount } }", "variables": {"n": '
        + b"9" * 10_000
        + b"}}",
        gzip.compress(b'{"query": "{ __typename }"}', mtime=0),
    ],
)
def test_strange_bodies(client: httpx.Client, body: bytes) -> None:
    """Whatever is no request is 400, and quickly."""
    start = time.monotonic()
    response = post(client, body)

    assert response.status_code == 400
    assert response.json()["errors"]
    assert time.monotonic() - start < 2


def test_other_bodies_are_not_read(client: httpx.Client) -> None:
    """Forms, multipart, other charsets and compressed bodies are refused by their type."""
    body = json.dumps({"query": QUERY})
    for content_type in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
        "text/plain",
        "",
    ):
        assert post(client, body, content_type=content_type).status_code == 415
    assert post(client, gzip.compress(body.encode()), content_encoding="gzip").status_code == 415
    assert post(client, body, content_type='Application/JSON; charset="UTF-8"').status_code == 200


def test_large_bodies_are_cut_off(client: httpx.Client) -> None:
    """A body over the limit is refused by its length, or by the bytes that come."""
    body = json.dumps({"query": QUERY, "padding": "x" * 100_000}).encode()

    assert post(client, body).status_code == 413
    chunks = (body[at : at + 1000] for at in range(0, len(body), 1000))
    response = client.post("/graphql", content=chunks, headers={"content-type": "application/json"})
    assert response.status_code == 413


@pytest.mark.parametrize(
    "query_string",
    ["", "query=", "query=%ff", "query={__typename}&query={__typename}", "query={x}&variables=[]"],
)
def test_strange_addresses(client: httpx.Client, query_string: str) -> None:
    """An address without one readable query is 400."""
    assert client.get(f"/graphql?{query_string}").status_code == 400


def test_other_methods(client: httpx.Client) -> None:
    """Only GET, HEAD, POST and OPTIONS are offered."""
    for method in ("PUT", "DELETE", "PATCH"):
        response = client.request(method, "/graphql")
        assert response.status_code == 405
        assert "POST" in response.headers["allow"]
    assert client.options("/graphql").status_code == 204
    head = client.head("/graphql", params={"query": QUERY})
    assert (head.status_code, head.content) == (200, b"")


def test_answers_to_get_can_be_kept(client: httpx.Client) -> None:
    """The ETag of a GET holds as long as the release does; a POST is not kept."""
    first = client.get("/graphql", params={"query": QUERY})
    again = client.get(
        "/graphql", params={"query": QUERY}, headers={"if-none-match": first.headers["etag"]}
    )

    assert again.status_code == 304
    assert "Accept" in first.headers["vary"]
    assert client.post("/graphql", json={"query": QUERY}).headers["cache-control"] == "no-store"


def test_large_query_does_not_hold_up_others(client: httpx.Client) -> None:
    """While large answers are made, small ones are given."""
    large = "{ entities(first: 1000) { nodes { relatedTo(first: 100) { nodes { label } } } } }"
    with ThreadPoolExecutor(3) as others:
        asked = [others.submit(client.post, "/graphql", json={"query": large}) for _ in range(30)]
        start = time.monotonic()
        for _ in range(20):
            assert client.post("/graphql", json={"query": QUERY}).status_code == 200
        took = time.monotonic() - start
        assert {future.result().status_code for future in asked} == {200}

    assert took < 5


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.binary() | st.from_type(type(None)) | st.text().map(str.encode))
def test_no_body_is_a_server_error(client: httpx.Client, body: bytes | None) -> None:
    """Nothing a client sends is answered with 500."""
    assert post(client, body or b"").status_code < 500


def test_examples_of_the_page_are_answered(client: httpx.Client) -> None:
    """Every example is in order, whatever this release knows of it."""
    for example in examples("graphql"):
        response = client.post(
            "/graphql", json={"query": example.query}, headers={"accept": RESPONSE_JSON}
        )
        assert response.status_code == 200, response.text
