"""The page on which people write GraphQL: GraphiQL from our own files, nothing from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""What the page may do. GraphiQL sets styles on elements and carries its fonts in its sheet."""

SCRIPTS: Final = ("react.production.min.js", "react-dom.production.min.js", "graphiql.min.js")


def graphiql_page(release_id: str, assets: str, examples: Mapping[str, str]) -> bytes:
    """Return the page.

    ``assets`` is the address of the folder ``static/graphiql``; ``examples`` are queries by title.
    """
    queries = orjson.dumps(
        [{"query": f"# {title}\n{text}"} for title, text in examples.items()]
    ).decode()
    folder = escape(assets.rstrip("/"))
    scripts = "".join(
        f'<script src="{folder}/{name}" defer></script>\n' for name in (*SCRIPTS, "start.js")
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphQL · Iatrograph</title>
<link rel="stylesheet" href="{folder}/graphiql.min.css">
<link rel="stylesheet" href="{folder}/page.css">
{scripts}</head>
<body>
<main id="graphiql" data-examples="{escape(queries)}" data-release="{escape(release_id)}">
<p>GraphiQL is loading; it needs scripts. Programs ask the same address with POST.</p>
</main>
</body>
</html>
""".encode()
