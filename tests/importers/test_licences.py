from __future__ import annotations

import pytest

from iatrograph.importers.drugcentral import SOURCE as DRUGCENTRAL
from iatrograph.importers.hetionet.sources import HETIONET
from iatrograph.importers.licences import is_open


@pytest.mark.parametrize(
    ("licence", "open_"),
    [
        ("https://creativecommons.org/publicdomain/zero/1.0/", True),
        ("https://creativecommons.org/licenses/by/4.0/", True),
        ("https://creativecommons.org/licenses/by-sa/4.0/", True),
        ("CC0 1.0", True),
        ("CC BY 4.0", True),
        ("MIT", True),
        ("https://creativecommons.org/licenses/by-nc/4.0/", False),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", False),
        ("https://creativecommons.org/licenses/by-nd/4.0/", False),
        ("CC BY-NC 4.0", False),
        ("CC-BY-NC-SA-4.0", False),
        ("CC0 1.0, parts of it for non-commercial use only", False),
        (HETIONET.licence, False),
        (DRUGCENTRAL.licence, True),
        ("mixed: CC0 1.0 and the licences of the sources", False),
        ("", False),
        (None, False),
    ],
)
def test_open_is_what_the_open_definition_calls_open(licence: str | None, open_: bool) -> None:
    """Non-commercial, unchangeable, mixed and unstated licences are not open."""
    assert is_open(licence) == open_
