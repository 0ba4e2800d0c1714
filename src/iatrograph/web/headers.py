"""Headers that all query endpoints share, and what tells a client that nothing is new."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iatrograph.web.bodies import header
from iatrograph.web.errors import Meaning, document

if TYPE_CHECKING:
    from starlette.types import Scope

    from iatrograph.web.errors import Headers

_METHODS: Final = b"GET, HEAD, POST, OPTIONS"
COMMON: Final[Headers] = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Iatrograph-Release, Retry-After"),
    (b"vary", b"Accept"),
    (b"x-content-type-options", b"nosniff"),
]
"""Sent with every answer."""
PREFLIGHT: Final[Headers] = [
    (b"allow", _METHODS),
    (b"access-control-allow-methods", _METHODS),
    (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]
"""Sent in answer to OPTIONS."""
_BAD_METHOD: Final = Meaning(405, "method-not-allowed", "This method is not offered here")
_ETAG: Final = re.compile(r'(?:W/)?("[^"]*")|(\*)')


def bad_method() -> tuple[int, Headers, bytes]:
    """Return the answer to a method that is not offered."""
    status, headers, body = document(_BAD_METHOD, "use GET or POST")
    return status, [*headers, (b"allow", _METHODS)], body


def validators(etag: str) -> Headers:
    """Return the headers by which a client can ask whether its answer is still the right one."""
    return [(b"etag", f'"{etag}"'.encode()), (b"cache-control", b"public, no-cache")]


def is_known(scope: Scope, headers: Headers) -> bool:
    """Return whether the client has this very answer already (If-None-Match)."""
    given = header(scope, b"if-none-match")
    if not given:
        return False
    etag = next((value.decode() for name, value in headers if name == b"etag"), None)
    return etag is not None and any(etag == m[1] or m[2] for m in _ETAG.finditer(given))
