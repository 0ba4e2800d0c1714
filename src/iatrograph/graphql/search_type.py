"""The type of what a search finds."""

from __future__ import annotations

from typing import Final

from iatrograph.graphql.specification import OutputType, plain

SEARCH_HIT: Final = OutputType(
    "SearchHit",
    "An entity found by name.",
    (
        plain("entity", "Entity", "The entity.", lambda found: found[0]),
        plain("matched", "str", "The name that matched.", lambda found: found[1].matched),
        plain(
            "score", "float", "How well it matched: 1 exact, towards 0 far.", lambda f: f[1].score
        ),
    ),
)
