"""A query worker: one process that opens a store read-only and answers one query after another.

``python -m iatrograph.store.worker`` with a connected socket as standard input. SPARQL text is
parsed, planned and evaluated here and nowhere else: the engine knows no deadline and can exhaust
stack and memory, so whoever asked kills this process and starts another. It imports next to
nothing beside the engine, to be small and quickly there.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from iatrograph.store import confinement
from iatrograph.store.counting import COUNTERS, Booleans, Counter
from iatrograph.store.framing import (
    DONE,
    FAILED,
    HEADER,
    PART,
    READY,
    Failure,
    Order,
    Setup,
    frame,
)
from iatrograph.store.syntax import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FRAME_BYTES: Final = 1 << 16
ALARM_GRACE_S: Final = 2.0

ROW_FORMATS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jld": ox.RdfFormat.JSON_LD,
}


class AnswerEnded(Exception):
    """The answer cannot go on; carries what is told instead."""

    def __init__(self, kind: str, message: str = "") -> None:
        """Take the kind of a Failure and its message."""
        self.failure = Failure(kind, message)
        super().__init__(kind)


class Sink:
    """Takes what the engine writes, counts it against the caps and sends it in frames.

    A row takes a byte at least, so no row is counted before there are more bytes than rows allowed;
    most answers end before that.
    """

    def __init__(self, send: Callable[[bytes], object], counter: Counter, order: Order) -> None:
        """Take the way out, what counts rows, and the caps."""
        self._send, self._counter, self._order = send, counter, order
        self._held: list[bytes] = []
        self._uncounted: list[bytes] = []
        self._held_bytes = self._all_bytes = 0

    def write(self, piece: bytes) -> int:
        """Take a piece; raises AnswerEnded where it goes over a cap."""
        self._all_bytes += len(piece)
        self._uncounted.append(piece)
        if self._all_bytes > self._order.max_rows:
            for uncounted in self._uncounted:
                self._counter.feed(uncounted)
            self._uncounted.clear()
            if self._counter.rows > self._order.max_rows:
                raise AnswerEnded("rows")
        if self._all_bytes > self._order.max_bytes:
            raise AnswerEnded("bytes")
        self._held.append(piece)
        self._held_bytes += len(piece)
        if self._held_bytes >= FRAME_BYTES:
            self._send(frame(PART, self._take()))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: frames are sent when they are full."""

    def finish(self) -> None:
        """Send the last frame."""
        self._send(frame(DONE, self._take()))

    def _take(self) -> bytes:
        held, self._held, self._held_bytes = b"".join(self._held), [], 0
        return held


class Evaluator:
    """Answers orders over one store."""

    def __init__(self, store: ox.Store, prefixes: dict[str, str]) -> None:
        """Take an open store and the prefixes that queries may use undeclared."""
        self._store, self._prefixes = store, prefixes

    def answer(self, order: Order, send: Callable[[bytes], object]) -> None:
        """Send the frames of the answer, or of the failure, to the caller."""
        try:
            self._serialize(order, send)
        except SyntaxError as error:
            failure = Failure("syntax", *describe(str(error), order.text))
        except AnswerEnded as ended:
            failure = ended.failure
        except MemoryError:
            failure = Failure("memory")
        except RuntimeError as error:
            failure = Failure("function", str(error))
        except (OSError, ValueError) as error:
            failure = Failure("engine", str(error))
        else:
            return
        send(frame(FAILED, failure.pack()))

    def _serialize(self, order: Order, send: Callable[[bytes], object]) -> None:
        # A name that is not ours stays undeclared, and the engine says where it stands.
        prefixes = {name: self._prefixes[name] for name in order.prefixes if name in self._prefixes}
        result = self._store.query(
            order.text,
            prefixes=prefixes,
            # Given always, so that FROM in the text never reaches the engine's own reading of it.
            default_graph=ox.DefaultGraph() if order.default_graph else [],
            named_graphs=[],
        )
        if isinstance(result, ox.QueryTriples) is not order.is_graph:
            raise AnswerEnded("engine", "the query is of another form than it seemed")
        if isinstance(result, ox.QueryTriples):
            sink = Sink(send, Booleans(), order)
            triples = _capped(result, order.max_rows)
            ox.serialize(triples, _file(sink), GRAPH_FORMATS[order.format], prefixes=prefixes)
        else:
            is_rows = isinstance(result, ox.QuerySolutions)
            sink = Sink(send, COUNTERS[order.format]() if is_rows else Booleans(), order)
            result.serialize(_file(sink), ROW_FORMATS[order.format])
        sink.finish()


def _file(sink: Sink) -> IO[bytes]:
    return cast("IO[bytes]", sink)  # the engine only ever writes and flushes


def _capped(triples: ox.QueryTriples, max_rows: int) -> Iterator[ox.Triple]:
    for count, triple in enumerate(triples):
        if count >= max_rows:
            raise AnswerEnded("rows")
        yield triple


class Inbox:
    """Frames from the server; most come whole, in one read."""

    def __init__(self, server: socket.socket) -> None:
        """Take the socket to the server."""
        self._server = server
        self._received = b""

    def next(self) -> bytes:
        """Return the payload of the next frame; ends the process when the server is gone."""
        while len(self._received) < HEADER.size:
            self._read()
        end = HEADER.size + HEADER.unpack_from(self._received)[1]
        while len(self._received) < end:
            self._read()
        payload, self._received = self._received[HEADER.size : end], self._received[end:]
        return payload

    def _read(self) -> None:
        piece = self._server.recv(FRAME_BYTES)
        if not piece:
            sys.exit(0)
        self._received += piece


def _open(setup: Setup) -> ox.Store:
    confinement.prepare()
    store = ox.Store.read_only(setup.store)
    # The first query reads what later ones find in memory.
    bool(store.query("ASK { ?s ?p ?o }"))
    return store


def serve(server: socket.socket) -> None:
    """Open the store and answer until the server closes the socket."""
    inbox = Inbox(server)
    setup = Setup.unpack(inbox.next())
    try:
        store = _open(setup)
    except OSError as error:
        server.sendall(frame(FAILED, Failure("engine", str(error)).pack()))
        return
    confinement.confine(setup.memory_bytes, Path(setup.store))
    evaluator = Evaluator(store, setup.prefixes)
    gc.freeze()  # what is here now stays; the collector need not look at it again
    server.sendall(frame(READY))
    while True:
        order = Order.unpack(inbox.next())
        with confinement.ending_after(order.deadline_s + ALARM_GRACE_S):
            evaluator.answer(order, server.sendall)


def main() -> None:
    """Run as the child process of a server."""
    for meant_for_the_server in (signal.SIGINT, signal.SIGTERM):  # both may reach the whole group
        signal.signal(meant_for_the_server, signal.SIG_IGN)
    confinement.die_with(int(sys.argv[1]))
    server = socket.socket(fileno=os.dup(0))
    try:
        serve(server)
    except (BrokenPipeError, ConnectionResetError):
        sys.exit(0)


if __name__ == "__main__":
    main()
