"""Care paths: names, steps, sentences, and how often the tables are asked."""

from __future__ import annotations

from collections import Counter

import pytest

from iatrograph.catalog import Catalog
from iatrograph.errors import InvalidRequest, NotFound
from iatrograph.paths import care_paths


def test_one_step_outright_one_for_the_drug_only(mini_catalog: Catalog) -> None:
    """Of the two paths of the small graph one ends in a step that is said of its drug only."""
    page = care_paths(mini_catalog, "fever")

    assert [(p.entities[3], p.steps[2].is_conditional) for p in page.paths] == [
        ("slow-start", True),
        ("soothing-cream", False),
    ]


def test_names_are_resolved(curated_catalog: Catalog) -> None:
    """A label, a synonym or an identifier is as good as an id."""
    assert care_paths(curated_catalog, "Epilepsy") == care_paths(curated_catalog, "epilepsy")
    assert care_paths(curated_catalog, drug="Neurontin") == care_paths(
        curated_catalog, drug="gabapentin"
    )


def test_a_name_of_another_kind_is_not_found(curated_catalog: Catalog) -> None:
    """A drug is no condition; the error says what was looked for."""
    with pytest.raises(NotFound) as refused:
        care_paths(curated_catalog, condition="gabapentin")

    assert (refused.value.kind, refused.value.identifier) == ("Finding", "gabapentin")


def test_something_must_be_fixed(curated_catalog: Catalog) -> None:
    """Without any entity the question is the whole graph, and is refused."""
    with pytest.raises(InvalidRequest, match="condition, drug, effect or mitigation"):
        care_paths(curated_catalog)


def test_each_step_is_explained(curated_catalog: Catalog) -> None:
    """Steps carry the statements between their ends, best first, and the claims of the best."""
    (path,) = care_paths(curated_catalog, "spasticity", effect="withdrawal-symptoms").paths
    treats, causes, prevents = path.steps

    assert [s.statements[0].key.relation for s in path.steps] == [
        "treats",
        "hasWithdrawalEffect",
        "prevents",
    ]
    assert (causes.subject, causes.relation, causes.object) == (
        "baclofen",
        "mayCause",
        "withdrawal-symptoms",
    )
    assert [list(step.claims) for step in path.steps] == [
        list(curated_catalog.claims([step.statements[0].key])[0]) for step in path.steps
    ]
    assert (treats.is_conditional, prevents.is_conditional) == (False, True)


def test_the_sentence_tells_the_path(curated_catalog: Catalog) -> None:
    """It names what holds, how many say so, and for whom alone a step holds."""
    (path,) = care_paths(curated_catalog, "spasticity", effect="withdrawal-symptoms").paths

    assert path.sentence == (
        "Baclofen treats spasticity (said by 1 independent source); "
        "baclofen has withdrawal effect withdrawal symptom (said by 1 independent source); "
        "gradual taper prevents withdrawal symptom "
        "(said by 1 independent source, only for baclofen)."
    )


def test_the_sentence_tells_who_denies(mini_catalog: Catalog) -> None:
    """A step that somebody denies is not told as if all agreed."""
    sentence = care_paths(mini_catalog, "fever").paths[0].sentence

    assert "rash (said by 1 independent source, denied by 1 independent source)" in sentence


def test_work_is_asked_in_batches(mini_catalog: Catalog, curated_catalog: Catalog) -> None:
    """The number of calls depends on the pattern, never on the size of the graph."""
    assert count_calls(mini_catalog, "fever") == count_calls(curated_catalog, "epilepsy")


def count_calls(catalog: Catalog, condition: str) -> dict[str, int]:
    """Return how often each primitive is called for the care paths of a condition."""
    tables, calls = Counter[str](), catalog.tables

    class Counting:
        def __getattr__(self, name: str) -> object:
            tables[name] += 1
            return getattr(calls, name)

    care_paths(Catalog(Counting(), catalog.ontology), condition)  # type: ignore[arg-type]
    return dict(tables)
