"""The examples in docstrings show what the functions return."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["gexf", "values", "xml"])
def test_examples_hold(name: str) -> None:
    """Each example in the module runs as printed, and there is at least one."""
    failed, tried = doctest.testmod(import_module(f"iatrograph.exporters.{name}"))

    assert (failed, tried > 0) == (0, True)
