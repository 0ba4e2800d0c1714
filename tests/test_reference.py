"""The reference pages say what the code says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools.reference import FOLDER, PAGES

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(("name", "page"), PAGES.items(), ids=PAGES)
def test_the_page_is_fresh(name: str, page: Callable[[], str]) -> None:
    """`python -m tools.reference` would change nothing."""
    assert (FOLDER / name).read_text("utf-8") == page(), "run: python -m tools.reference"
