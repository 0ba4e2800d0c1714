"""The page on which people write SPARQL: one form that works without scripts and loads nothing."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLE: Final = """
:root { color-scheme: light dark; --line: #8886; --accent: light-dark(#0a5c66, #7fd3de); }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 64rem; }
h1 { font-size: 1.4rem; margin: 0.5rem 0; }
a { color: var(--accent); }
textarea, select, button { font: inherit; padding: 0.5rem; border: 1px solid var(--line);
  border-radius: 0.4rem; background: Field; color: FieldText; }
textarea { font-family: ui-monospace, monospace; width: 100%; min-height: 18rem; resize: vertical; }
button { background: var(--accent); color: Canvas; border-color: transparent; cursor: pointer;
  padding-inline: 1.5rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.row { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; margin: 0.75rem 0; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid var(--line); border-radius: 0.4rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; }
dt { font-family: ui-monospace, monospace; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.4rem; } }
"""
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
CONTENT_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""What the page may do: be styled by its own sheet and send its form here."""

FORMATS: Final = {
    "json": "JSON",
    "csv": "CSV",
    "tsv": "TSV",
    "xml": "XML",
    "ttl": "Turtle (CONSTRUCT, DESCRIBE)",
}
_FIRST: Final = """SELECT ?drug ?label WHERE {
  ?drug a ig:Drug ; rdfs:label ?label .
}
ORDER BY ?label
LIMIT 20"""


def query_page(release_id: str, prefixes: Mapping[str, str], examples: Mapping[str, str]) -> bytes:
    """Return the page; the prefixes are listed because queries need not declare them."""
    options = "".join(f'<option value="{n}">{escape(t)}</option>' for n, t in FORMATS.items())
    declared = "".join(
        f"<dt>{escape(prefix)}:</dt><dd>{escape(iri)}</dd>" for prefix, iri in prefixes.items()
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SPARQL · Iatrograph</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>Ask in SPARQL</h1>
<form method="get">
<label for="query">Query</label>
<textarea id="query" name="query" spellcheck="false" required>{escape(_FIRST)}</textarea>
<div class="row">
<label for="format">Answer as</label>
<select id="format" name="format">{options}</select>
<button type="submit">Run</button>
</div>
</form>
<p>The data are read-only. Programs ask the same address by the SPARQL 1.1 Protocol.
This is release <code>{escape(release_id)}</code>.</p>
{_examples(examples)}
<h2>Prefixes that need not be declared</h2>
<dl>{declared}</dl>
</main>
</body>
</html>
""".encode()


def _examples(examples: Mapping[str, str]) -> str:
    if not examples:
        return ""
    items = "".join(
        f"<details><summary>{escape(title)}</summary><pre>{escape(text)}</pre>"
        f'<p><a href="?query={escape(quote(text, safe=""))}&amp;format=json">Run it</a></p>'
        "</details>"
        for title, text in examples.items()
    )
    return f"<h2>Examples</h2>{items}"
