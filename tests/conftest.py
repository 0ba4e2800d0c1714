"""What all tests share: the option for slow ones, the shared data, and a clean environment."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import hypothesis
import pytest
from tests.asking import serving

from iatrograph.vocabulary import Ontology
from iatrograph.vocabulary import ontology as load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.asking import Asking

MINI: Final = Path(__file__).parent / "data" / "mini"
_CHECKOUT: Final = Path(__file__).resolve().parents[1]
# Taken now, since the tests themselves see no variable of ours.
_SHARED: Final = Path(os.environ.get("IATROGRAPH_SHARED") or _CHECKOUT.parent / "shared")
_IS_CI: Final = bool(os.environ.get("CI"))
# In CI a change is judged by the change; everywhere else each run looks at new cases.
hypothesis.settings.register_profile("ci", derandomize=True)
if _IS_CI:
    hypothesis.settings.load_profile("ci")
_CHROMIUM: Final = shutil.which("chromium") or shutil.which("google-chrome") or ""
_NO_CHROMIUM: Final = "no Chromium on this machine; install the package chromium"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--slow``."""
    parser.addoption("--slow", action="store_true", help="run the tests marked slow as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what is slow unless it is asked for."""
    if not config.getoption("--slow"):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow; run with --slow"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs the shared data where there are none; in CI that is a failure."""
    if item.get_closest_marker("shared") and not _SHARED.is_dir():
        reason = f"no shared data at {_SHARED}; set IATROGRAPH_SHARED"
        if _IS_CI:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    if item.get_closest_marker("browser") and not _CHROMIUM:
        if _IS_CI:
            pytest.fail(_NO_CHROMIUM, pytrace=False)
        pytest.skip(_NO_CHROMIUM)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the program; a test that uses it carries the marker ``browser``."""
    return _CHROMIUM


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of the shared data; a test that uses it carries the marker ``shared``."""
    if not _SHARED.is_dir():
        pytest.fail("a test without the marker 'shared' uses the shared data", pytrace=False)
    return _SHARED


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test see the settings of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("IATROGRAPH_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """Return the ontology of the package."""
    return load()


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the top folder of the repository."""
    return _CHECKOUT


@pytest.fixture(scope="session")
def mini() -> Path:
    """Return the folder of the tiny graph."""
    return MINI


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """Serve the bundled graph on loopback for the whole session."""
    with serving(tmp_path_factory.mktemp("bundled")) as asking:
        yield asking
