"""Splits the time of a nested GraphQL query with claims, beside the same rows by pyoxigraph.

Condition, drugs, effects, mitigations, the claims of every edge: once through GraphQL inside the
process, and once as three SPARQL queries over the store of the same release. Both must give the
same claims. The part of the catalog is measured by timing its primitives.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pyoxigraph as ox

from iatrograph.catalog import Catalog
from iatrograph.graphql import Context, GraphQL, Request
from iatrograph.release import build_bundled, open_current
from iatrograph.vocabulary import PREFIXES, ontology

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 200
CLAIMS = "claims { id stance paraphrase }"
QUERY = f"""query Care($condition: ID!) {{
  condition(id: $condition) {{
    treatments(first: 30) {{ edges {{ {CLAIMS} node {{
      effects(first: 30) {{ edges {{ {CLAIMS} node {{
        mitigations(first: 30) {{ edges {{ {CLAIMS} node {{ label }} }} }}
      }} }} }}
    }} }} }}
  }}
}}"""
TREATING = "?s1 edge:treats ?condition ; ig:asserted true ; rdf:subject ?drug ."
CAUSING = "?s2 rdf:subject ?drug ; edge:mayCause ?effect ; ig:asserted true ."
HELPING = "?s3 edge:addresses ?effect ; ig:asserted true ; rdf:subject ?mitigation ."
LEVELS = (
    (TREATING, "?s1"),
    (TREATING + CAUSING, "?s2"),
    (TREATING + CAUSING + HELPING, "?s3"),
)


def sparql(pattern: str, statement: str) -> str:
    """Return the query for the claims of one level."""
    return f"""SELECT DISTINCT ?claim ?stance ?paraphrase WHERE {{
      VALUES ?condition {{ id:epilepsy id:neuropathic-pain id:spasticity }}
      {pattern}
      ?claim ?stance {statement} ; ig:paraphrase ?paraphrase .
      FILTER(?stance IN (ig:affirms, ig:denies, ig:mixedOn))
    }}"""


class Timed:
    """Tables whose primitives add up the time they take."""

    def __init__(self, tables: Any) -> None:
        self._tables, self.seconds = tables, 0.0

    def __getattr__(self, name: str) -> Any:
        """Return what the tables have, primitives with a clock."""
        value = getattr(self._tables, name)
        return self._timed(value) if callable(value) else value

    def _timed(self, primitive: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            began = time.perf_counter()
            try:
                return primitive(*args, **more)
            finally:
                self.seconds += time.perf_counter() - began

        return call


def claims_in(value: Any) -> set[str]:
    """Return the ids of the claims anywhere in an answer."""
    if isinstance(value, dict):
        own = {str(value["id"])} if "stance" in value else set()
        return own.union(*map(claims_in, value.values()))
    return set().union(*map(claims_in, value)) if isinstance(value, list) else set()


def main() -> None:
    """Print the medians in milliseconds, and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        build_bundled(Path(name))
        release = open_current(Path(name))
        timed = Timed(release.tables)
        words = ontology()
        context = Context(Catalog(timed, words), release.info)  # type: ignore[arg-type]  # times it
        graphql = GraphQL(words)
        store = ox.Store.read_only(str(release.store_path))
        conditions = ("epilepsy", "neuropathic-pain", "spasticity")
        parts: dict[str, list[float]] = {"catalog": [], "resolvers": [], "JSON": [], "in all": []}
        engine: list[float] = []
        ours: set[str] = set()
        theirs: set[str] = set()
        for _ in range(ROUNDS):
            timed.seconds = 0.0
            began = time.perf_counter()
            answers = [
                graphql.answer(context, Request(QUERY, {"condition": c})).as_dict()
                for c in conditions
            ]
            answered = time.perf_counter()
            for answer in answers:
                orjson.dumps(answer)
            ended = time.perf_counter()
            parts["catalog"].append(timed.seconds)
            parts["resolvers"].append(answered - began - timed.seconds)
            parts["JSON"].append(ended - answered)
            parts["in all"].append(ended - began)
            ours = set().union(*map(claims_in, answers))

            began = time.perf_counter()
            found = [
                [(row["claim"], row["stance"], row["paraphrase"]) for row in rows]
                for pattern, statement in LEVELS
                if isinstance(
                    rows := store.query(sparql(pattern, statement), prefixes=PREFIXES),
                    ox.QuerySolutions,
                )
            ]
            engine.append(time.perf_counter() - began)
            theirs = {row[0].value.removeprefix(PREFIXES["cl"]) for rows in found for row in rows}
        release.tables.close()
        if ours != theirs:
            raise SystemExit(f"the answers differ in {sorted(ours ^ theirs)}")
        print(f"three conditions, {len(ours)} claims; medians of {ROUNDS} rounds, ms")
        for part, seconds in parts.items():
            print(f"  GraphQL, {part:12}{statistics.median(seconds) * 1000:8.2f}")
        peer = statistics.median(engine) * 1000
        print(f"  pyoxigraph, in process{peer:7.2f}")
        print(
            f"  GraphQL in all / pyoxigraph: {statistics.median(parts['in all']) * 1000 / peer:.2f}"
        )


if __name__ == "__main__":
    main()
