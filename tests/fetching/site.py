"""A web server on loopback that serves files as well, and as badly, as real ones do."""

from __future__ import annotations

import hashlib
import re
import socket
import struct
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from iatrograph.fetching import FileSet, PinnedFile

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Served:
    """A file and how it is served.

    ``cuts`` has, for each answer with a body in turn, after how many bytes of it the connection is
    cut; ``statuses`` come before all else, one for each request.
    """

    content: bytes
    etag: str = '"1"'
    has_ranges: bool = True
    cuts: list[int] = field(default_factory=list)
    is_reset: bool = False
    """Whether a cut is a reset instead of an end."""
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    location: str = ""
    has_length: bool = True
    pauses_s: list[float] = field(default_factory=list)
    """How long each body waits at its middle, in turn."""
    content_range: str = ""
    """What is told instead of the right range."""


@dataclass
class Site:
    """A running server: its address, what it serves by path, and the requests it got."""

    address: str
    served: dict[str, Served] = field(default_factory=dict)
    requests: list[dict[str, str]] = field(default_factory=list)

    def serve(self, content: bytes, path: str = "file.tsv", **how: Any) -> PinnedFile:
        """Serve bytes at a path, and return them pinned."""
        self.served[f"/{path}"] = Served(content, **how)
        return pinned(content, f"{self.address}/{path}", path.rsplit("/", 1)[-1])

    @property
    def ranges(self) -> list[str]:
        """The ranges that were asked for, empty where all was."""
        return [request.get("range", "") for request in self.requests]


def pinned(content: bytes, address: str, name: str = "file.tsv") -> PinnedFile:
    """Return bytes as a pinned file."""
    return PinnedFile(name, address, len(content), hashlib.sha256(content).hexdigest())


def file_set(*files: PinnedFile, name: str = "tiny", **more: str) -> FileSet:
    """Return files as a set."""
    return FileSet(name, "Tiny", "https://example.org", "CC0", files, **more)


@contextmanager
def running_site() -> Iterator[Site]:
    """Serve on a free port until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_port}")
    server.site = site  # type: ignore[attr-defined]  # read by the handler
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer as the file's entry says."""
        site: Site = self.server.site  # type: ignore[attr-defined]  # set by running_site
        site.requests.append({name.lower(): value for name, value in self.headers.items()})
        served = site.served.get(self.path)
        if served is None:
            self._answer(404, b"nothing", {}, Served(b""))
        elif served.statuses and (status := served.statuses.pop(0)) != 200:
            self._answer(status, b"trouble", served.headers, Served(b""))
        elif served.location:
            self._answer(302, b"elsewhere", {"Location": served.location}, Served(b""))
        else:
            self._serve(served)

    def _serve(self, served: Served) -> None:
        headers = {**served.headers, **({"ETag": served.etag} if served.etag else {})}
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        is_same = self.headers.get("If-Range", served.etag) == served.etag
        if not (found and served.has_ranges and is_same):
            self._answer(200, served.content, headers, served)
            return
        start, size = int(found[1]), len(served.content)
        if start >= size:
            self._answer(416, b"", {**headers, "Content-Range": f"bytes */{size}"}, Served(b""))
            return
        told = served.content_range or f"bytes {start}-{size - 1}/{size}"
        self._answer(206, served.content[start:], {**headers, "Content-Range": told}, served)

    def _answer(self, status: int, body: bytes, headers: dict[str, str], served: Served) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if served.has_length:
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        cut = served.cuts.pop(0) if served.cuts else len(body)
        pause_s = served.pauses_s.pop(0) if served.pauses_s else 0.0
        try:
            self._send(body[:cut], pause_s)
        except ConnectionError:
            return  # whoever asked has had enough
        if cut < len(body):
            self._cut(is_reset=served.is_reset)

    def _send(self, body: bytes, pause_s: float) -> None:
        half = len(body) // 2
        self.wfile.write(body[:half])
        time.sleep(pause_s)
        self.wfile.write(body[half:])

    def _cut(self, *, is_reset: bool) -> None:
        if is_reset:
            time.sleep(0.05)  # what was sent before a reset is only then sure to have arrived
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Print nothing."""
