"""The bytes that the server and a query worker exchange: frames with a kind and a length."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

__all__ = ["DONE", "FAILED", "HEADER", "PART", "READY", "Failure", "Order", "Setup", "frame"]

HEADER: Final = struct.Struct(">cI")
"""Before every frame: its kind and the bytes that follow."""

READY: Final = b"r"  # the store is open; no payload
PART: Final = b"p"  # bytes of an answer, more follow
DONE: Final = b"d"  # the last bytes of an answer
FAILED: Final = b"f"  # a Failure; the answer ends here

_ORDER: Final = struct.Struct(">4s??dQQH")
_FAILURE: Final = struct.Struct(">10sII")


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """Return a whole frame."""
    return HEADER.pack(kind, len(payload)) + payload


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is told once: the store, its memory, the prefixes."""

    store: str
    memory_bytes: int
    prefixes: dict[str, str]

    def pack(self) -> bytes:
        """Return the payload of the first frame."""
        lines = [self.store, str(self.memory_bytes)]
        lines += [f"{prefix}\t{iri}" for prefix, iri in self.prefixes.items()]
        return "\n".join(lines).encode()

    @classmethod
    def unpack(cls, payload: bytes) -> Setup:
        """Read the payload of the first frame."""
        store, memory, *lines = payload.decode().split("\n")
        pairs = (line.partition("\t") for line in lines)
        return cls(store, int(memory), {prefix: iri for prefix, _, iri in pairs})


@dataclass(frozen=True, slots=True)
class Order:
    """One query: the text, how its answer is written, and what the answer may cost.

    ``format`` is the short name of a format (json, xml, csv, tsv, ttl, nt, rdf, jld); without
    ``default_graph`` the query sees no triple. ``prefixes`` names those of the project that the
    text uses without declaring them.
    """

    text: str
    format: str
    is_graph: bool
    default_graph: bool
    deadline_s: float
    max_rows: int
    max_bytes: int
    prefixes: tuple[str, ...] = ()

    def pack(self) -> bytes:
        """Return the payload of a frame."""
        names = ",".join(self.prefixes).encode()
        head = _ORDER.pack(
            self.format.encode(),
            self.is_graph,
            self.default_graph,
            self.deadline_s,
            self.max_rows,
            self.max_bytes,
            len(names),
        )
        return head + names + self.text.encode()

    @classmethod
    def unpack(cls, payload: bytes) -> Order:
        """Read the payload of a frame."""
        name, is_graph, default, deadline_s, rows, size, length = _ORDER.unpack_from(payload)
        text_at = _ORDER.size + length
        names = payload[_ORDER.size : text_at].decode()
        return cls(
            payload[text_at:].decode(),
            name.rstrip(b"\0").decode(),
            is_graph,
            default,
            deadline_s,
            rows,
            size,
            tuple(names.split(",")) if names else (),
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer: syntax, function, rows, bytes, memory or engine.

    ``line`` and ``column`` are 1-based, 0 where unknown.
    """

    kind: str
    message: str = ""
    line: int = 0
    column: int = 0

    def pack(self) -> bytes:
        """Return the payload of a frame."""
        head = _FAILURE.pack(self.kind.encode(), self.line, self.column)
        return head + self.message.encode("utf-8", "replace")

    @classmethod
    def unpack(cls, payload: bytes) -> Failure:
        """Read the payload of a frame."""
        kind, line, column = _FAILURE.unpack_from(payload)
        message = payload[_FAILURE.size :].decode()
        return cls(kind.rstrip(b"\0").decode(), message, line, column)
