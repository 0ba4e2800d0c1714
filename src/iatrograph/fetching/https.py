"""Asking the web for bytes: over https alone, with limits, and what can go wrong told apart."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

import httpx

import iatrograph
from iatrograph.errors import DownloadFailed, InvalidSetting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CONNECT_TIMEOUT_S: Final = 15.0
READ_TIMEOUT_S: Final = 30.0
REDIRECTS: Final = 5
LONGEST_WAIT_S: Final = 60.0
BY_HAND: Final = (
    "load the files from their home by hand (`iatrograph fetch --list` names it) and give their "
    "folder as NAME=DIR"
)
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
_ENVIRONMENT: Final = frozenset(
    {"ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "SSL_CERT_DIR", "SSL_CERT_FILE"}
)
"""What HTTPX reads of it."""
_PASSING_STATUS: Final = frozenset({408, 425, 429})


class Passing(Exception):
    """Trouble that may be over at the next try; ``wait_s`` is what the server asked for."""

    def __init__(self, what: str, wait_s: float = 0.0) -> None:
        self.wait_s = wait_s
        super().__init__(what)


class Client:
    """Connections that are kept between files."""

    def __init__(self, connections: httpx.Client, *, is_loopback_allowed: bool) -> None:
        self._connections = connections
        self._is_loopback_allowed = is_loopback_allowed

    @contextmanager
    def answer(self, address: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Yield an answer with status 200, 206 or 416, whose body is not yet read.

        Raises DownloadFailed where another try cannot help, and Passing, also while the body is
        read, where it may.
        """
        try:
            with closing(self._follow(address, headers)) as response:
                _check_status(address, response)
                yield response
        except httpx.TimeoutException as error:
            raise Passing("the server did not answer in time") from error
        except httpx.RequestError as error:
            raise Passing(str(error) or type(error).__name__) from error

    def _follow(self, address: str, headers: Mapping[str, str]) -> httpx.Response:
        """Send the request, and again where it is sent on; no body is read on the way."""
        request = self._connections.build_request("GET", address, headers=dict(headers))
        for _ in range(REDIRECTS + 1):
            self._check_address(address, request.url)
            response = self._connections.send(request, stream=True, follow_redirects=False)
            if response.next_request is None:
                return response
            response.close()
            request = response.next_request
        raise DownloadFailed(address, f"is sent on more than {REDIRECTS} times", BY_HAND)

    def _check_address(self, address: str, url: httpx.URL) -> None:
        is_loopback = url.scheme == "http" and url.host in _LOOPBACK
        if url.scheme != "https" and not (is_loopback and self._is_loopback_allowed):
            raise DownloadFailed(address, f"leads to {url}, which is not https", BY_HAND)


@contextmanager
def open_client(
    read_timeout_s: float = READ_TIMEOUT_S, *, is_loopback_allowed: bool = False
) -> Iterator[Client]:
    """Open what asks; http to this machine is for tests.

    The body is asked for as it is: a range of a compressed one is no range of the file. Raises
    InvalidSetting where the proxy or the certificates that the environment names cannot be used.
    """
    headers = {"Accept-Encoding": "identity", "User-Agent": f"iatrograph/{iatrograph.__version__}"}
    timeout = httpx.Timeout(read_timeout_s, connect=CONNECT_TIMEOUT_S)
    try:
        opened = httpx.Client(headers=headers, timeout=timeout)
    except (ImportError, OSError, ValueError, httpx.InvalidURL) as error:
        names = ", ".join(sorted(name for name in os.environ if name.upper() in _ENVIRONMENT))
        raise InvalidSetting("environment", names, f"{error}; mend or unset it") from error
    with opened as connections:
        yield Client(connections, is_loopback_allowed=is_loopback_allowed)


def _check_status(address: str, response: httpx.Response) -> None:
    status = response.status_code
    if status in {200, 206, 416}:
        return
    what = f"the server answers {status} {response.reason_phrase}".rstrip()
    if status in _PASSING_STATUS or status >= 500:
        raise Passing(what, _asked_wait_s(response))
    raise DownloadFailed(address, what, BY_HAND)


def _asked_wait_s(response: httpx.Response) -> float:
    """Return how long the server wants us to wait, within reason; 0 where it gives no number."""
    text = response.headers.get("Retry-After", "")
    return min(float(text), LONGEST_WAIT_S) if text.isascii() and text.isdigit() else 0.0
