"""Reads the body of a request within a bound of bytes and a deadline."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from iatrograph.errors import (
    InvalidRequest,
    LimitExceeded,
    RequestTimeout,
    UnsupportedMediaType,
)

if TYPE_CHECKING:
    from starlette.types import Receive, Scope


def header(scope: Scope, name: bytes) -> str:
    """Return a header of a request, all its lines joined by commas; empty where it is missing."""
    values = [value for key, value in scope["headers"] if key == name]
    return b", ".join(values).decode("latin-1")


class ClientGone(Exception):
    """The client left; there is nobody to answer."""


async def read_body(scope: Scope, receive: Receive, *, max_kb: int, timeout_s: float) -> bytes:
    """Return the body of a request.

    Raises UnsupportedMediaType for compressed bodies (which could expand without end),
    LimitExceeded by the declared length and by the bytes that come, RequestTimeout, InvalidRequest
    and ClientGone.
    """
    encoding = header(scope, b"content-encoding").strip().lower()
    if encoding not in {"", "identity"}:
        raise UnsupportedMediaType(f"content-encoding {encoding[:100]}", ("it uncompressed",))
    declared = header(scope, b"content-length")
    if declared and not (declared.isascii() and declared.isdigit()):
        raise InvalidRequest("Content-Length is not a number")
    if len(declared) > 18 or int(declared or 0) > max_kb * 1024:
        raise LimitExceeded("request_max_kb", max_kb, int(declared[:18]) // 1024)
    try:
        async with asyncio.timeout(timeout_s):
            return await _receive_all(receive, max_kb)
    except TimeoutError:
        raise RequestTimeout(timeout_s) from None


async def _receive_all(receive: Receive, max_kb: int) -> bytes:
    body, is_more = bytearray(), True
    while is_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        body += message.get("body", b"")
        if len(body) > max_kb * 1024:
            raise LimitExceeded("request_max_kb", max_kb)
        is_more = message.get("more_body", False)
    return bytes(body)
