"""A server for each test, and a client that may ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.fetching.site import Site, running_site

from iatrograph.fetching import open_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iatrograph.fetching.https import Client


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a server on loopback."""
    with running_site() as running:
        yield running


@pytest.fixture
def client() -> Iterator[Client]:
    """Return a client that soon loses its patience."""
    with open_client(read_timeout_s=0.3, is_loopback_allowed=True) as opened:
        yield opened
