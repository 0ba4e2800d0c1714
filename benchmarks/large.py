"""Asks a large release what clients ask, and weighs what serves it.

In the process: the conditions of gabapentin, and the care paths through it and through each of
them, as GraphQL. From outside: the time from the start of a server to its first answers, and the
memory of its processes after them.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from typing import TYPE_CHECKING, Final

from benchmarks.start import measure
from iatrograph.catalog import Catalog
from iatrograph.graphql import Context, GraphQL, Request
from iatrograph.release import open_current
from iatrograph.vocabulary import ontology, resource

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from iatrograph.release.directory import Release

ROUNDS: Final = 20
CONDITIONS: Final = """{ drug(id: "gabapentin") { label
  treats(first: 100) {
    totalCount
    edges { support claims { id source { title } } node { id label } }
  }
} }"""
THROUGH_DRUG: Final = """{ carePaths(drug: "gabapentin", first: 50) {
  totalCount
  nodes { condition { id } effect { id } mitigation { id } score { weakestEvidence } }
} }"""


def ask(data: Path) -> None:
    """Print how long the answers take, in milliseconds, and what a server of them needs."""
    release = open_current(data)
    gc.freeze()  # as the server does
    try:
        _ask_inside(release)
    finally:
        release.tables.close()
    measure(sys.executable, data, "a server of this release")


def _ask_inside(release: Release) -> None:
    words = ontology()
    context, graphql = Context(Catalog(release.tables, words), release.info), GraphQL(words)

    def answer(query: str, **variables: str) -> Any:
        found = graphql.answer(context, Request(query, variables)).as_dict()
        if "errors" in found:
            raise SystemExit(f"the query failed: {found['errors']}")
        return found["data"]

    def time_ms(query: str, **variables: str) -> float:
        answer(query, **variables)  # the first one reads pages and fills the caches of documents
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            answer(query, **variables)
            times.append(time.perf_counter() - began)
        return statistics.median(times) * 1000

    treated = answer(CONDITIONS)["drug"]["treats"]
    number = treated["totalCount"]
    print(f"medians of {ROUNDS} rounds, ms")
    print(f"  the {number} conditions of gabapentin, with claims {time_ms(CONDITIONS):20.1f}")
    paths = answer(THROUGH_DRUG)["carePaths"]["totalCount"]
    print(f"  the best 50 of {paths:,} care paths through gabapentin {time_ms(THROUGH_DRUG):10.1f}")
    query = (resource("queries") / "graphql" / "care-paths.graphql").read_text("utf-8")
    for edge in treated["edges"][:5]:
        condition = edge["node"]["id"]
        paths = answer(query, condition=condition)["carePaths"]["totalCount"]
        took = time_ms(query, condition=condition)
        print(f"  the best 50 of {paths:,} care paths for {edge['node']['label']} {took:10.1f}")
