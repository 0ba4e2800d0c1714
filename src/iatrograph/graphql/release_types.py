"""The types that say what is being asked: the release and what it counts."""

from __future__ import annotations

from typing import Final

from iatrograph.graphql.specification import Field, OutputType, plain

DISCLAIMER: Final = "Information about what sources say, not medical advice."

RELEASE: Final = OutputType(
    "Release",
    "An immutable state of the graph. Every answer comes from one release.",
    (
        plain("id", "ID", "Its id: the same content has the same id.", lambda r: r.id),
        plain(
            "version", "str", "Version of Iatrograph that built it.", lambda r: r.iatrograph_version
        ),
        plain("built", "str", "When it was built (ISO 8601, UTC).", lambda r: r.built_at),
        plain(
            "counts",
            "list[Count]",
            "How many things of each sort it has.",
            lambda r: tuple(r.counts.items()),
        ),
        Field(
            "sources",
            "list[Source]",
            "What its claims were read in, by id.",
            lambda level: [
                [source for _, source in sorted(level.context.catalog.sources.items())]
                for _ in level.values
            ],
        ),
        plain("disclaimer", "str", "What it is not.", lambda _: DISCLAIMER),
    ),
)

COUNT: Final = OutputType(
    "Count",
    "How many things of a sort there are.",
    (
        plain("name", "str", "What is counted.", lambda count: count[0]),
        plain("value", "int", "How many there are.", lambda count: count[1]),
    ),
)
