"""The care paths that a reader of the five articles writes down, asked in all three ways."""

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

# Against twitching in general: what the summary calls occupational therapy strategies, treatment by
# its cause, and three remedies that forums report.
TWITCHING = {
    "addressing-pre-jerk-cognitions",
    "anticonvulsant",
    "carbamazepine",
    "diaphragmatic-breathing",
    "functional-movement-intervention",
    "magnesium",
    "medical-intervention",
    "occupational-therapy",
    "progressive-muscle-relaxation",
    "relaxation-technique",
    "sensory-grounding",
    "slow-movement-activity",
    "tai-chi",
    "yoga",
}
SPASM = {"cold-therapy", "exercise", "healthy-lifestyle", "heat-therapy", "hydration", "stretching"}
# The general treatments of myoclonus, of which severe cases alone get surgery or stimulation.
MYOCLONUS = {"anticonvulsant", "benzodiazepine", "botulinum-toxin", "clonazepam", "immunotherapy"}
# Ways of handling it that are offered to people on gabapentin only. Physical therapy is offered for
# unbearable spasms only, baclofen for those of a disorder of the central nervous system.
ON_GABAPENTIN = {"alternative-treatment", "dose-adjustment"}


def mitigated(
    drug: str, effect: str, mitigations: set[str], *, conditional: bool = False
) -> set[Row]:
    """Return a row for each mitigation."""
    return {(drug, effect, mitigation, conditional) for mitigation in mitigations}


# Stopping gabapentin may bring seizures back; phenobarbital treats them.
GABAPENTIN = (
    mitigated("gabapentin", "muscle-twitching", TWITCHING)
    | mitigated("gabapentin", "muscle-twitching", ON_GABAPENTIN, conditional=True)
    | mitigated("gabapentin", "muscle-spasm", SPASM)
    | mitigated("gabapentin", "muscle-spasm", ON_GABAPENTIN, conditional=True)
    | mitigated("gabapentin", "myoclonus", MYOCLONUS)
    | mitigated("gabapentin", "seizure", {"phenobarbital"})
)

# Tapering is said of baclofen only. Others take gabapentin or phenobarbital against seizures.
# Baclofen is tried against fatigue too, but a drug is no remedy for what it brings about itself.
BACLOFEN = (
    mitigated("baclofen", "seizure", {"gabapentin", "phenobarbital"})
    | mitigated("baclofen", "seizure", {"gradual-taper"}, conditional=True)
    | mitigated("baclofen", "withdrawal-symptoms", {"gradual-taper"}, conditional=True)
)

# Gabapentin is said to reduce twitching, by the same text in which members blame it.
LUPUS = (
    mitigated("prednisone", "muscle-twitching", TWITCHING | {"gabapentin"})
    | mitigated("hydroxychloroquine", "muscle-spasm", SPASM)
    | mitigated("hydroxychloroquine", "muscle-cramp", {"magnesium"})
)

EXPECTED = {
    "epilepsy": GABAPENTIN,
    "neuropathic-pain": GABAPENTIN,
    "spasticity": BACLOFEN,
    "systemic-lupus-erythematosus": LUPUS,
}

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
