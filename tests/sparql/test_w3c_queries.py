"""The guard over every query of the published suites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from iatrograph.errors import InvalidRequest, QueryRefused
from iatrograph.sparql.guard import QueryLimits, read_query

if TYPE_CHECKING:
    from pathlib import Path


def is_valid(text: str) -> bool:
    """Return whether the engine parses it."""
    try:
        ox.Store().query(text, base_iri="http://example.org/")
    except SyntaxError:
        return False
    except (OSError, RuntimeError):
        return True
    return True


@pytest.mark.shared
def test_the_guard_passes_what_the_engine_parses(shared: Path) -> None:
    """Nothing valid is refused but SERVICE, which is never served."""
    refused, passed = {}, 0
    for path in sorted((shared / "w3c" / "sparql").rglob("*.rq")):
        text = path.read_bytes().decode("utf-8", "replace")
        try:
            read_query(text, QueryLimits())
            passed += 1
        except InvalidRequest as error:
            is_service = isinstance(error, QueryRefused) and error.feature == "SERVICE"
            if is_valid(text) and not is_service:
                refused[path.name] = str(error)

    assert refused == {}
    assert passed > 900
