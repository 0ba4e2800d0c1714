from __future__ import annotations

import asyncio
import hashlib
import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

import iatrograph.web
from iatrograph.web.graphiql_page import CONTENT_POLICY, graphiql_page

STATIC = Path(iatrograph.web.__file__).parent / "static"
FOLDER = STATIC / "graphiql"
ROW = re.compile(r"^\| (\S+) \| ([^|]+) \| (\S+) \| ([^|]+) \| ([0-9a-f]{64}) \|$", re.MULTILINE)
ROWS = ROW.findall((FOLDER / "THIRD_PARTY.md").read_text("utf-8"))
OURS = {"start.js", "page.css", "THIRD_PARTY.md"}


def page() -> str:
    """Return the page as it is served."""
    return graphiql_page("0123", "/static/graphiql", {"A question": "{ __typename }"}).decode()


async def fetch(path: str) -> httpx.Response:
    """Return a static file, as served."""
    app = Starlette(routes=[Mount("/static", StaticFiles(directory=STATIC))])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get(path)


@pytest.mark.parametrize(("name", "maker", "version", "licence", "digest"), ROWS)
def test_files_of_others_are_unchanged(
    name: str, maker: str, version: str, licence: str, digest: str
) -> None:
    """Each file is what its maker published under the version told."""
    assert maker
    assert licence
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest


def test_every_file_of_others_is_listed() -> None:
    """Nothing stands here unaccounted for."""
    assert {row[0] for row in ROWS} | OURS == {path.name for path in FOLDER.iterdir()}


def test_all_assets_are_served() -> None:
    """Each file that the page names is there."""
    names = re.findall(r'(?:src|href)="([^"]+)"', page())

    assert len(names) == 6
    for name in names:
        response = asyncio.run(fetch(name))
        assert response.status_code == 200
        assert response.content


def test_page_loads_nothing_from_elsewhere() -> None:
    """No address of another host stands on the page, in our script or in any style sheet."""
    for text in (
        page(),
        *((FOLDER / name).read_text("utf-8") for name in ("start.js", "page.css")),
    ):
        assert "//" not in re.sub(r"^// .*$", "", text, flags=re.MULTILINE)
    sheet = (FOLDER / "graphiql.min.css").read_text("utf-8")
    assert set(re.findall(r"url\(['\"]?(\w+:)", sheet)) == {"data:"}
    assert "@import" not in sheet


def test_policy_allows_our_own_files_only() -> None:
    """Scripts come from here and nothing is reached but here."""
    policy = dict(part.strip().split(" ", 1) for part in CONTENT_POLICY.split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert "http" not in CONTENT_POLICY
    assert "<script>" not in page()


def test_examples_are_escaped() -> None:
    """A query on the page is text, whatever stands in it."""
    text = graphiql_page("0", "/s", {"</main><script>": '"><script>x</script>'}).decode()

    assert "<script>" not in text
