"""Times the SPARQL endpoint against ``oxigraph serve-read-only`` on the same store.

One client with one connection asks both in turn, so that both see the same noise. Run with
``python benchmarks/sparql_http.py [STORE]``; without a store a made-up one is written.
"""

from __future__ import annotations

import contextlib
import http.client
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from iatrograph.store.loading import load_store
from iatrograph.store.pool import WorkerPool
from iatrograph.vocabulary import PREFIXES
from iatrograph.web.sparql import sparql_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import Receive, Scope, Send

ENTITIES = 20_000
LINKS = 30
ID, IG = PREFIXES["id"], PREFIXES["ig"]


def made_up_store(folder: Path) -> Path:
    """Write a store of random links."""
    chance = random.Random(1)  # noqa: S311  # not for secrets
    with (folder / "data.nt").open("w") as file:
        for n in range(ENTITIES):
            subject = f"<{ID}e{n}>"
            file.write(f'{subject} <{PREFIXES["rdfs"]}label> "entity {n}" .\n')
            for _ in range(LINKS):
                other = chance.randrange(ENTITIES)
                file.write(f"{subject} <{IG}r{chance.randrange(12)}> <{ID}e{other}> .\n")
    load_store(folder / "store", [folder / "data.nt"])
    return folder / "store"


def serve(store: Path, port: int) -> None:
    """Run the endpoint alone; the other process of this benchmark asks it."""
    import uvicorn

    pool = WorkerPool(store, prefixes=PREFIXES, workers=1)
    endpoint = sparql_app(pool, release_id="benchmark")

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

    uvicorn.run(app, port=port, log_level="warning", access_log=False, proxy_headers=False)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], port: int) -> Iterator[http.client.HTTPConnection]:
    """Run a server and yield a connection to it."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.connect()
        yield connection
        connection.close()
    finally:
        process.terminate()
        process.wait()


def ask(connection: http.client.HTTPConnection, path: str, query: str, accept: str) -> float:
    """Return the milliseconds one query takes."""
    began = time.perf_counter()
    connection.request("GET", f"{path}?query={quote(query)}", headers={"Accept": accept})
    response = connection.getresponse()
    response.read()
    took = (time.perf_counter() - began) * 1000
    if response.status != 200:
        raise SystemExit(f"{response.status} for {query}")
    return took


JSON, TURTLE = "application/sparql-results+json", "text/turtle"
CASES: dict[str, tuple[Callable[[int], str], str, int]] = {
    "look-up, through a worker": (
        lambda n: f"SELECT ?p ?o WHERE {{ <{ID}e{n}> ?p ?o }} LIMIT 3",
        JSON,
        1500,
    ),
    "look-up, from the cache": (
        lambda n: f"SELECT ?p ?o WHERE {{ <{ID}e{n % 5}> ?p ?o }} LIMIT 4",
        JSON,
        1500,
    ),
    "100 rows": (
        lambda n: f"SELECT * WHERE {{ ?s <{IG}r{n % 12}> ?o }} OFFSET {n} LIMIT 100",
        JSON,
        300,
    ),
    "1,000 rows": (
        lambda n: f"SELECT * WHERE {{ ?s <{IG}r{n % 12}> ?o }} OFFSET {n} LIMIT 1000",
        JSON,
        100,
    ),
    "30,000 rows": (
        lambda n: f"SELECT * WHERE {{ ?s <{IG}r{n % 12}> ?o }} OFFSET {n} LIMIT 30000",
        JSON,
        10,
    ),
    "100 triples": (
        lambda n: f"CONSTRUCT WHERE {{ ?s <{IG}r{n % 12}> ?o }} OFFSET {n} LIMIT 100",
        TURTLE,
        300,
    ),
    "1,000 triples": (
        lambda n: f"CONSTRUCT WHERE {{ ?s <{IG}r{n % 12}> ?o }} OFFSET {n} LIMIT 1000",
        TURTLE,
        100,
    ),
}


def compare(store: Path) -> None:
    """Print the median of both and their ratio, case by case."""
    ours_port, peer_port = free_port(), free_port()
    ours = [sys.executable, __file__, "--serve", str(store), str(ours_port)]
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    bind = f"127.0.0.1:{peer_port}"
    peer = [binary, "serve-read-only", "--location", str(store), "--bind", bind]
    with running(ours, ours_port) as us, running(peer, peer_port) as them:
        print(f"{'':28}{'ours ms':>10}{'oxigraph ms':>13}{'ratio':>8}")
        for title, (query, accept, rounds) in CASES.items():
            mine, theirs = [], []
            for n in range(rounds):
                mine.append(ask(us, "/sparql", query(n), accept))
                theirs.append(ask(them, "/query", query(n), accept))
            a, b = statistics.median(mine), statistics.median(theirs)
            print(f"{title:28}{a:10.3f}{b:13.3f}{a / b:8.2f}")


def main() -> None:
    """Compare on the given store, or on a made-up one."""
    if sys.argv[1:2] == ["--serve"]:
        serve(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:]:
        compare(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            compare(made_up_store(Path(folder)))


if __name__ == "__main__":
    main()
