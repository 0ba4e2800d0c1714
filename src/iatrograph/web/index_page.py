"""The first page: what this is, one question in three ways, and where to go on."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

if TYPE_CHECKING:
    from iatrograph.release import ReleaseInfo

STYLE: Final = """
:root { color-scheme: light dark; --line: #8886; --accent: light-dark(#0a5c66, #7fd3de); }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 56rem; }
h1 { font-size: 1.6rem; margin: 0.5rem 0 0; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 0.4rem; }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid var(--line); border-radius: 0.4rem; }
.counts { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0; padding: 0;
  list-style: none; }
.note { border-left: 3px solid var(--accent); padding-left: 0.75rem; }
"""
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
CONTENT_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""What the page may do: be styled by its own sheet."""

SPARQL_EXAMPLE: Final = """SELECT DISTINCT ?drug ?effect ?mitigation WHERE {
  ?drug ig:treats id:epilepsy ; ig:mayCause ?effect .
  ?mitigation ig:addresses ?effect .
  FILTER(?mitigation != ?drug)
}"""
GRAPHQL_EXAMPLE: Final = """{
  carePaths(condition: "epilepsy") {
    nodes { drug { label } effect { label } mitigation { label } sentence }
  }
}"""


def index_page(info: ReleaseInfo) -> bytes:
    """Return the page for a release."""
    counts = "".join(
        f"<li><b>{count:,}</b> {escape(what)}</li>" for what, count in info.counts.items()
    )
    sources = "".join(
        f"<li>{escape(source.title)}{f', {escape(source.licence)}' if source.licence else ''}</li>"
        for source in info.sources
    )
    graphql = escape("/graphql?" + urlencode({"query": GRAPHQL_EXAMPLE}))
    sparql = escape("/sparql?" + urlencode({"query": SPARQL_EXAMPLE, "format": "csv"}))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Iatrograph</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>Iatrograph</h1>
<p>What medicines do to people, with who says so and who denies it.</p>
<p class="note">Information about sources, not medical advice. No link between two things is not
evidence of safety.</p>
<ul class="counts">{counts}</ul>
<h2>Which drugs treat epilepsy, what may they bring about, and what helps against that?</h2>
<p>In <a href="/graphql">GraphQL</a>, also what holds only on its path, with score and claims:</p>
<pre>{escape(GRAPHQL_EXAMPLE)}</pre>
<p><a href="{graphql}">Answer as JSON</a></p>
<p>In <a href="/sparql">SPARQL</a>, over the direct edges:</p>
<pre>{escape(SPARQL_EXAMPLE)}</pre>
<p><a href="{sparql}">Answer as CSV</a></p>
<p>On the command line:</p>
<pre>iatrograph path epilepsy</pre>
<h2>Sources of release {escape(info.id)}</h2>
<ul>{sources}</ul>
</main>
</body>
</html>
""".encode()
