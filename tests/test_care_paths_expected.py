"""The care paths that a reader of the three articles writes down, asked in all three ways."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from iatrograph.vocabulary import resource

if TYPE_CHECKING:
    from tests.asking import Asking

Row = tuple[str, str, str, bool]
"""Drug, effect, mitigation, and whether the last step holds only on this path."""

# Twitching: two ways of handling it are offered to people on gabapentin only; three remedies are
# reported in forums. Spasms: five measures help whoever has them, baclofen treats them, and again
# two ways are offered to people on gabapentin only. Nothing is offered against the other effects.
GABAPENTIN: frozenset[Row] = frozenset(
    {
        ("gabapentin", "muscle-twitching", "alternative-treatment", True),
        ("gabapentin", "muscle-twitching", "anticonvulsant", False),
        ("gabapentin", "muscle-twitching", "carbamazepine", False),
        ("gabapentin", "muscle-twitching", "dose-adjustment", True),
        ("gabapentin", "muscle-twitching", "magnesium", False),
        ("gabapentin", "muscle-spasm", "alternative-treatment", True),
        ("gabapentin", "muscle-spasm", "baclofen", False),
        ("gabapentin", "muscle-spasm", "cold-therapy", False),
        ("gabapentin", "muscle-spasm", "dose-adjustment", True),
        ("gabapentin", "muscle-spasm", "heat-therapy", False),
        ("gabapentin", "muscle-spasm", "hydration", False),
        ("gabapentin", "muscle-spasm", "physical-therapy", False),
        ("gabapentin", "muscle-spasm", "stretching", False),
    }
)

# Tapering is said of baclofen only. Some take gabapentin against seizures. Baclofen is tried
# against fatigue too, but a drug is no remedy for what it brings about itself.
BACLOFEN: frozenset[Row] = frozenset(
    {
        ("baclofen", "seizure", "gabapentin", False),
        ("baclofen", "seizure", "gradual-taper", True),
        ("baclofen", "withdrawal-symptoms", "gradual-taper", True),
        ("baclofen", "hallucination", "gradual-taper", True),
    }
)

EXPECTED = {"epilepsy": GABAPENTIN, "neuropathic-pain": GABAPENTIN, "spasticity": BACLOFEN}

conditions = pytest.mark.parametrize("condition", sorted(EXPECTED))


@conditions
def test_graphql_gives_the_rows_of_the_articles(condition: str, bundled: Asking) -> None:
    """`carePaths` holds what a reader finds, no more and no less."""
    query = (resource("queries") / "graphql" / "care-paths.graphql").read_text("utf-8")
    answer = bundled.graphql(query, {"condition": condition})

    rows = {
        (path["drug"]["id"], path["effect"]["id"], path["mitigation"]["id"], conditional(path))
        for path in answer["carePaths"]["nodes"]
    }
    assert rows == EXPECTED[condition]


def conditional(path: dict[str, list[dict[str, bool]]]) -> bool:
    """Whether the mitigation's step, the last, is conditional."""
    return path["steps"][-1]["conditional"]


@conditions
def test_sparql_gives_the_rows_of_the_articles(condition: str, bundled: Asking) -> None:
    """The query in `queries/` gives the same rows through the endpoint."""
    query = (resource("queries") / "sparql" / "care-paths.rq").read_text("utf-8")

    rows = {
        (local(row["drug"]), local(row["effect"]), local(row["mitigation"]), on_path_only(row))
        for row in csv.DictReader(io.StringIO(bundled.sparql(query)))
        if local(row["condition"]) == condition
    }
    assert rows == EXPECTED[condition]


def local(iri: str) -> str:
    """Return the slug at the end of an IRI."""
    return iri.rpartition("/")[2]


def on_path_only(row: dict[str, str]) -> bool:
    """Whether the mitigation's step is conditional."""
    return row["mitigationConditional"] == "true"


@conditions
def test_the_command_line_gives_the_rows_of_the_articles(condition: str, bundled: Asking) -> None:
    """`iatrograph path` prints the same rows as JSON."""
    answer = json.loads(bundled.command("path", condition, "--json"))

    rows = {
        (p["drug"], p["effect"], p["mitigation"], p["steps"][-1]["conditional"])
        for p in answer["paths"]
    }
    assert rows == EXPECTED[condition]
    assert answer["total"] == len(EXPECTED[condition])


def test_every_step_says_who_says_so(bundled: Asking) -> None:
    """Each step of each path carries at least one claim with source, paraphrase and locator."""
    answer = json.loads(bundled.command("path", "epilepsy", "--json"))

    for step in (s for p in answer["paths"] for s in p["steps"]):
        assert step["claims"], step
        for claim in step["claims"]:
            assert claim["source"]
            assert claim["paraphrase"]
            assert claim["locator"]
