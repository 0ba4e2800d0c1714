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

EXAMPLES: Final[Mapping[str, str]] = {
    "What does a drug do, and who says so?": """\
query Drug {
  drug(id: "gabapentin") {
    label
    mechanisms { nodes { label } }
    sideEffects(first: 10) {
      totalCount
      edges {
        support
        opposition
        contested
        node { label }
        claims { stance certainty { label } source { title } paraphrase }
      }
    }
  }
}
""",
    "From a condition to what helps against side effects": """\
query Condition {
  condition(id: "epilepsy") {
    treatments {
      nodes {
        label
        sideEffects { nodes { label mitigations { nodes { label } } } }
      }
    }
  }
}
""",
    "Where do sources disagree?": """\
query Contested {
  drugs {
    nodes {
      label
      relatedTo(contested: true, asserted: null) {
        edges {
          relation
          node { label }
          support
          opposition
          claims { stance source { title } locator }
        }
      }
    }
  }
}
""",
    "The best care paths": """\
query CarePaths {
  carePaths(drug: "gabapentin", first: 10) {
    totalCount
    nodes { sentence score { weakestEvidence degreeWeight } }
  }
}
""",
}


def graphiql_page(release_id: str, assets: str, examples: Mapping[str, str]) -> bytes:
    """Return the page; ``assets`` is the address of the folder ``static/graphiql``."""
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
