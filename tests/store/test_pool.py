"""Worker processes: deadlines, memory, replacement, privileges, orphans."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from iatrograph.errors import (
    Busy,
    EngineUnavailable,
    IatrographError,
    LimitExceeded,
    MalformedQuery,
    QueryRefused,
    QueryTimeout,
)
from iatrograph.store.pool import WorkerPool
from iatrograph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
COUNT = f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}"
DOUBLING = "BIND('x' AS ?x0) " + " ".join(
    f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40)
)
RUNAWAYS = {
    "count": COUNT,
    "order": f"SELECT * {{ {PRODUCT} }} ORDER BY ?a",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!ig:x|^!ig:x)* ?b . ?c (!ig:x|^!ig:x)* ?d . "
    "?e (!ig:x)* ?f }",
    "patterns": "ASK { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(600)) + "}",
    "values": "SELECT (COUNT(*) AS ?n) {"
    + " ".join(f"VALUES ?v{n} {{ {'1 ' * 60} }}" for n in range(8))
    + "}",
}
LABELS = "SELECT ?s ?l { ?s rdfs:label ?l } ORDER BY ?s"


async def answer(pool: WorkerPool, text: str, **wishes: Any) -> bytes:
    """Return an answer, put together where it is streamed."""
    prefixes = tuple(p for p in ("ig", "id", "rdfs") if f"{p}:" in text)
    wished: dict[str, Any] = {"format": "json", "is_graph": False, "prefixes": prefixes} | wishes
    reply = await pool.ask(text, **wished)
    if reply.whole is not None:
        return reply.whole
    try:
        return b"".join([piece async for piece in reply.pieces()])
    finally:
        pool.abandon(reply)


@contextlib.asynccontextmanager
async def running(store: Path, **settings: Any) -> AsyncIterator[WorkerPool]:
    """Run a pool."""
    pool = WorkerPool(store, prefixes=PREFIXES, **settings)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


def with_pool(store: Path, use: Callable[[WorkerPool], Awaitable[None]], **settings: Any) -> None:
    """Run a test on a loop of its own."""

    async def main() -> None:
        async with running(store, **settings) as pool:
            await use(pool)

    asyncio.run(main())


async def until_replaced(pool: WorkerPool, size: int) -> None:
    """Wait until all workers are there again."""
    for _ in range(200):
        with contextlib.suppress(IatrographError):
            await asyncio.gather(*(answer(pool, "ASK {}") for _ in range(size)))
            if len(pool.pids) == size:
                return
        await asyncio.sleep(0.02)
    pytest.fail("no replacement came")


@pytest.mark.parametrize("name", sorted(RUNAWAYS))
def test_a_query_ends_at_its_deadline_whatever_it_is(small_store: Path, name: str) -> None:
    """Its worker is killed and replaced; the next query is answered."""

    async def use(pool: WorkerPool) -> None:
        before, began = pool.pids, time.monotonic()
        with pytest.raises(QueryTimeout):
            await answer(pool, RUNAWAYS[name])
        assert time.monotonic() - began < 1.5
        await until_replaced(pool, 1)
        assert pool.pids != before

    with_pool(small_store, use, workers=1, timeout_s=0.6, memory_mb=4096)


@pytest.mark.parametrize(
    "query", [f"SELECT (STRLEN(?x40) AS ?n) {{ {DOUBLING} }}", RUNAWAYS["order"]]
)
def test_memory_is_capped_and_the_limit_named(small_store: Path, query: str) -> None:
    """A worker that gets no more memory ends; the client is told which limit it was."""

    async def use(pool: WorkerPool) -> None:
        with pytest.raises(LimitExceeded) as caught:
            await answer(pool, query)
        assert (caught.value.limit, caught.value.allowed) == ("query_memory_mb", 128)
        await until_replaced(pool, 1)

    with_pool(small_store, use, workers=1, timeout_s=20.0, memory_mb=128)


def test_a_stack_bomb_costs_one_worker_and_nobody_else(small_store: Path) -> None:
    """What the guard would have refused ends the worker, not the server, and not the others."""
    bomb = "ASK { FILTER(" + "STR(" * 100_000 + "1" + ")" * 100_000 + ") }"

    async def use(pool: WorkerPool) -> None:
        for _ in range(3):
            with pytest.raises(EngineUnavailable, match="nested too deeply"):
                await answer(pool, bomb)
            assert b"true" in await answer(pool, "ASK { ?s ?p ?o }")
        await until_replaced(pool, 2)

    with_pool(small_store, use, workers=2)


def test_rows_and_bytes_are_capped_exactly(small_store: Path) -> None:
    """As many as allowed is answered, one more is refused, in every format."""

    async def use(pool: WorkerPool) -> None:
        for name in ("json", "xml", "csv", "tsv"):
            assert await answer(pool, "SELECT * { ?s ?p ?o } LIMIT 50", format=name)
            with pytest.raises(LimitExceeded, match="query_max_rows"):
                await answer(pool, "SELECT * { ?s ?p ?o } LIMIT 51", format=name)
        for name in ("ttl", "nt", "rdf", "jld"):
            graph = {"format": name, "is_graph": True}
            assert await answer(pool, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 50", **graph)
            with pytest.raises(LimitExceeded, match="query_max_rows"):
                await answer(pool, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 51", **graph)
        with pytest.raises(LimitExceeded, match="query_max_answer_mb"):
            await answer(
                pool, f"SELECT ?x20 {{ {DOUBLING[: DOUBLING.index('BIND(CONCAT(?x21')]} }}"
            )

    with_pool(small_store, use, workers=1, max_rows=50, max_answer_mb=1)


def test_faults_of_a_query_are_told_as_such(small_store: Path) -> None:
    """Syntax with its place; unknown functions by name; and the worker lives on."""

    async def use(pool: WorkerPool) -> None:
        pids = pool.pids
        with pytest.raises(MalformedQuery) as caught:
            await answer(pool, "SELECT *\n{ ?s ?p }")
        assert (caught.value.line, caught.value.column) == (2, 10)
        with pytest.raises(QueryRefused, match="http://a/f"):
            await answer(pool, "SELECT * { BIND(<http://a/f>(1) AS ?x) }")
        assert pool.pids == pids

    with_pool(small_store, use, workers=1)


def test_a_worker_can_open_neither_socket_nor_file(small_store: Path) -> None:
    """SERVICE, should it ever pass the guard, contacts nobody."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.3)
        port = canary.getsockname()[1]

        async def use(pool: WorkerPool) -> None:
            with pytest.raises(EngineUnavailable):
                await answer(pool, f"ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
            limits = Path(f"/proc/{pool.pids[0]}/limits").read_text()
            for name in ("Max open files", "Max file size", "Max core file size"):
                assert re.search(rf"{name}\s+0\s+0\s", limits)
            assert b"rash" in await answer(pool, LABELS)

        with_pool(small_store, use, workers=1)
        with pytest.raises(TimeoutError):
            canary.accept()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_is_small(small_store: Path) -> None:
    """Under 100 MB resident after some queries, since it imports only the engine."""

    async def use(pool: WorkerPool) -> None:
        for _ in range(20):
            await answer(pool, LABELS)
        status = Path(f"/proc/{pool.pids[0]}/status").read_text()
        resident = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert resident is not None
        assert int(resident[1]) < 100_000

    with_pool(small_store, use, workers=1)


def test_load_is_shed_and_runaways_leave_room_for_others(small_store: Path) -> None:
    """Eight runaways on two workers: whoever asks meanwhile has an answer or a refusal soon."""

    async def use(pool: WorkerPool) -> None:
        async def shed() -> None:
            with contextlib.suppress(QueryTimeout, Busy):
                await answer(pool, COUNT)

        runaways = [asyncio.create_task(shed()) for _ in range(8)]
        await asyncio.sleep(0.05)
        waits: list[float] = []
        answered = 0
        while len(waits) < 60 and not all(r.done() for r in runaways):
            began = time.monotonic()
            with contextlib.suppress(Busy):
                await answer(pool, LABELS)
                answered += 1
            waits.append(time.monotonic() - began)
            await asyncio.sleep(0.02)
        assert max(waits) < 2.0
        assert answered > len(waits) / 2
        await asyncio.gather(*runaways)

    with_pool(small_store, use, workers=2, timeout_s=5.0, memory_mb=2048)


def test_the_queue_has_a_bound(small_store: Path) -> None:
    """One query too many is refused at once."""

    async def use(pool: WorkerPool) -> None:
        asks = [asyncio.create_task(answer(pool, COUNT)) for _ in range(3)]
        await asyncio.sleep(0.05)
        began = time.monotonic()
        with pytest.raises(Busy):
            await answer(pool, LABELS)
        assert time.monotonic() - began < 0.1
        ends = await asyncio.gather(*asks, return_exceptions=True)
        assert all(isinstance(end, QueryTimeout | Busy) for end in ends)

    with_pool(small_store, use, workers=1, timeout_s=0.5, queue=2)


def test_a_query_nobody_waits_for_is_ended(small_store: Path) -> None:
    """Its worker is replaced long before the deadline; short ones end by themselves."""

    async def use(pool: WorkerPool) -> None:
        before = pool.pids
        task = asyncio.create_task(answer(pool, COUNT))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0.5)
        await until_replaced(pool, 1)
        assert pool.pids != before

    with_pool(small_store, use, workers=1, timeout_s=30.0)


def test_a_crashed_worker_is_replaced(small_store: Path) -> None:
    """Whoever waited for it is told; the next query is answered."""

    async def use(pool: WorkerPool) -> None:
        task = asyncio.create_task(answer(pool, COUNT))
        await asyncio.sleep(0.1)
        os.kill(pool.pids[0], signal.SIGKILL)
        with pytest.raises(EngineUnavailable):
            await task
        await until_replaced(pool, 1)

    with_pool(small_store, use, workers=1)


def test_large_answers_are_streamed_whole_and_never_held_up(small_store: Path) -> None:
    """A reader that sleeps costs no worker: what it has not read waits in a file."""
    query = "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d a ig:Drug . ?e a ?f } LIMIT 60000"

    async def use(pool: WorkerPool) -> None:
        whole = await answer(pool, query)
        reply = await pool.ask(query, format="json", is_graph=False, prefixes=("ig",))
        assert reply.whole is None
        for _ in range(200):
            if reply.is_ended:
                break
            await asyncio.sleep(0.05)
        assert reply.is_ended
        assert b"true" in await answer(pool, "ASK { ?s ?p ?o }")
        assert b"".join([piece async for piece in reply.pieces()]) == whole
        pool.abandon(reply)

    with_pool(small_store, use, workers=1)


def test_parallel_clients_get_their_own_answers(small_store: Path) -> None:
    """Answers are not mixed up, whoever is killed meanwhile."""

    async def use(pool: WorkerPool) -> None:
        async def one(n: int) -> None:
            if n % 10 == 0:
                with pytest.raises((QueryTimeout, Busy)):
                    await answer(pool, COUNT)
                return
            with contextlib.suppress(Busy):
                text = await answer(pool, f"SELECT ('n{n}.' AS ?x) {{}}", format="csv")
                assert text.decode().split() == ["x", f"n{n}."]

        await asyncio.gather(*(one(n) for n in range(60)))

    with_pool(small_store, use, workers=3, timeout_s=0.4, queue=100)


def test_a_store_that_cannot_be_opened_is_told_at_the_start(tmp_path: Path) -> None:
    """The pool does not come up without its store."""

    async def main() -> None:
        async with running(tmp_path / "nothing"):
            pytest.fail("it came up")

    with pytest.raises(EngineUnavailable, match="no store"):
        asyncio.run(main())


SERVER = """
import asyncio, sys
from pathlib import Path
from iatrograph.store.pool import WorkerPool

async def main():
    pool = WorkerPool(Path(sys.argv[1]), prefixes={}, workers=2, timeout_s=60)
    await pool.start()
    print(*pool.pids, flush=True)
    await pool.ask(sys.argv[2], format="json", is_graph=False)

asyncio.run(main())
"""


def is_alive(pid: int) -> bool:
    """Return whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_its_server(small_store: Path, how: signal.Signals) -> None:
    """However the server goes, and while a query runs."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(small_store), COUNT], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        pids = [int(pid) for pid in server.stdout.readline().split()]
        time.sleep(0.2)
        assert all(is_alive(pid) for pid in pids)
        server.send_signal(how)
        server.wait(10)
    for _ in range(100):
        if not any(is_alive(pid) for pid in pids):
            return
        time.sleep(0.02)
    pytest.fail("a worker is left")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_closing_leaves_nothing_running(small_store: Path) -> None:
    """While queries run, others wait, and a worker is being replaced."""
    pids: set[int] = set()

    async def main() -> None:
        async with running(small_store, workers=2) as pool:
            pids.update(pool.pids)
            asks = [asyncio.create_task(answer(pool, COUNT)) for _ in range(4)]
            await asyncio.sleep(0.05)
            os.kill(pool.pids[0], signal.SIGKILL)
            await asyncio.sleep(0.03)
            pids.update(pool.pids)
        ends = await asyncio.gather(*asks, return_exceptions=True)
        assert all(isinstance(end, EngineUnavailable) for end in ends)

    asyncio.run(main())
    assert not any(is_alive(pid) for pid in pids)
