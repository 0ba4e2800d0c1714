"""The list of example queries."""

from __future__ import annotations

import pytest

from iatrograph.vocabulary.examples import Language, examples


@pytest.mark.parametrize("language", ["sparql", "graphql"])
def test_examples_come_by_name(language: Language) -> None:
    """Every file of the folder is listed once, in order of names, with its notes."""
    listed = examples(language)

    assert [example.name for example in listed] == sorted({example.name for example in listed})
    assert all(example.summary and example.description for example in listed)


def test_notes_are_read_from_the_head() -> None:
    """Summary and description are what the first lines say after their names."""
    (contradictions,) = (e for e in examples("sparql") if e.name == "contradictions")

    assert contradictions.summary == "Which statements are both affirmed and denied?"
    assert contradictions.description.startswith("Contested statements with the weight")
