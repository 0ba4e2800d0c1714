"""Every page in a real browser: it shows, asks nothing of other hosts, and logs no error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from tests.asking import Asking

pytestmark = pytest.mark.browser

_SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Return a browser that is closed at the end."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=_SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(params=["light wide", "dark wide", "light narrow", "dark narrow"])
def page(browser: Browser, bundled: Asking, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a page of each look, which fails on errors and on requests to other hosts."""
    scheme, width = str(request.param).split()
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": 1200 if width == "wide" else 360, "height": 800},
        base_url=bundled.address,
    )
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("requestfailed", lambda failed: faults.append(failed.url))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith((bundled.address, "data:"))] == []


@pytest.mark.parametrize("path", ["/", "/sparql"])
def test_a_page_fits_its_window(path: str, page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    page.goto(path)

    assert page.locator("h1").is_visible()
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0


def test_a_query_is_run_from_the_page(page: Page) -> None:
    """The form works: type, press, read."""
    page.goto("/sparql")
    page.get_by_label("Query").fill("SELECT ?m WHERE { id:baclofen ig:agonistOf ?m }")
    page.get_by_label("Answer as").select_option("json")
    page.get_by_role("button", name="Run").click()

    assert "gaba-b-receptor" in page.locator("body").inner_text()


def test_graphiql_asks_and_answers(page: Page) -> None:
    """GraphiQL loads from our own files, runs its first example and shows the answer."""
    page.goto("/graphql")
    page.get_by_role("button", name="Execute query").click()

    answer = page.locator(".result-window")
    answer.get_by_text("carePaths").first.wait_for()
