"""A real server on loopback with the SPARQL endpoint over a small store."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn

from iatrograph.store.loading import load_store
from iatrograph.store.pool import WorkerPool
from iatrograph.vocabulary import PREFIXES, resource
from iatrograph.web import sparql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send

RELEASE = "r-test"


def composed(store: Path) -> ASGIApp:
    """Return the endpoint with its pool started and closed by the lifespan."""
    pool = WorkerPool(
        store, prefixes=PREFIXES, workers=2, timeout_s=1.0, memory_mb=512, max_rows=50_000
    )
    endpoint = sparql.sparql_app(
        pool, release_id=RELEASE, request_max_kb=300, examples={"All <drugs>": "ASK { ?s ?p '&' }"}
    )

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await endpoint(scope, receive, send)
            return
        await receive()
        await pool.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    return app


@contextlib.contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an application; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="critical", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory, mini: Path) -> Iterator[str]:
    """Return the address of the endpoint."""
    store = tmp_path_factory.mktemp("endpoint") / "store"
    ontology = resource("ontology")
    load_store(store, [mini / "mini.ttl", ontology / "iatrograph.ttl", ontology / "schemes.ttl"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sparql, "BODY_TIMEOUT_S", 0.5)
        patch.setattr(sparql, "SEND_TIMEOUT_S", 1.0)
        with served(composed(store)) as address:
            yield f"{address}/sparql"


@pytest.fixture
def http(endpoint: str) -> Iterator[httpx.Client]:
    """Return a client of the endpoint."""
    with httpx.Client(base_url=endpoint, timeout=30.0, trust_env=False) as client:
        yield client
