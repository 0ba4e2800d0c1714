from __future__ import annotations

import re
import textwrap
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest

from iatrograph.coverage import (
    LEDGER,
    READINGS,
    check_ledger,
    check_readings,
    check_sentences,
    read_readings,
)
from iatrograph.rdf.curated import read_curated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iatrograph.model import Contribution
    from iatrograph.vocabulary import Ontology

RUN: Final = 9
"""How many words in a row count as copied."""
LONGEST_HEDGE: Final = 8
"""A hedge is a few words, not the sentence."""
SIGNS: Final = {
    "muscle-twitching",
    "fasciculation",
    "myoclonus",
    "myokymia",
    "muscle-spasm",
    "muscle-cramp",
    "tremor",
    "spasticity",
    "muscle-stiffness",
}
PASSED_OVER: Final = {"dist", "build", "node_modules", "__pycache__"}


@pytest.fixture(scope="module")
def contribution(checkout: Path, ontology: Ontology) -> Contribution:
    """Return what graph/ holds; reading it holds every file against the ontology."""
    return read_curated(checkout / "graph", ontology).contribution


def runs(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield every run of words in a row, with its line."""
    words = [(m.group().casefold(), m.start()) for m in re.finditer(r"[^\W_]+", text)]
    line, at = 1, 0
    for first in range(len(words) - RUN + 1):
        start = words[first][1]
        line, at = line + text.count("\n", at, start), start
        yield line, tuple(word for word, _ in words[first : first + RUN])


@cache
def _copied(articles: Path) -> frozenset[tuple[str, ...]]:
    texts = [path.read_text("utf-8") for path in sorted(articles.glob("*.txt"))]
    assert texts, f"no article in {articles}"
    return frozenset(run for text in texts for _, run in runs(text))


def _text_files(checkout: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(checkout.rglob("*")):
        parts = path.relative_to(checkout).parts
        is_hidden = any(part.startswith(".") and part != ".ci" for part in parts)
        if is_hidden or PASSED_OVER & set(parts) or not path.is_file():
            continue
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


@pytest.mark.shared
def test_nothing_is_copied_from_the_articles(checkout: Path, shared: Path) -> None:
    """No nine words in a row of an article stand in any text file of the repository."""
    copied = _copied(shared / "articles")
    found = [
        f"{path.relative_to(checkout)}:{line}: {' '.join(run)}"
        for path, text in _text_files(checkout)
        for line, run in runs(text)
        if run in copied
    ]

    assert found == []


@pytest.mark.shared
def test_a_copy_would_be_found(shared: Path) -> None:
    """The search sees nine words of an article, whatever stands between them, and not eight."""
    article = next(iter(sorted((shared / "articles").glob("*.txt")))).read_text("utf-8")
    words = [run for _, run in runs(article)][50]

    written_otherwise = " -- ".join(words).upper()

    assert {run for _, run in runs(written_otherwise)} <= _copied(shared / "articles")
    assert list(runs(" ".join(words[:-1]))) == []


@pytest.mark.shared
def test_every_article_is_a_source(contribution: Contribution, shared: Path) -> None:
    """The articles are the sources, each under the name of its file, and each has claims."""
    names = sorted(path.name for path in (shared / "articles").glob("*.txt"))

    assert sorted(source.identifier or "" for source in contribution.sources) == names
    assert {c.source for c in contribution.claims} == {s.id for s in contribution.sources}


def test_every_sentence_and_every_claim_is_in_the_ledger(
    contribution: Contribution, checkout: Path
) -> None:
    """Each sentence gives something or says why not, and each claim stands in a sentence."""
    assert check_ledger(checkout / "graph" / LEDGER, contribution) == ()


@pytest.mark.shared
def test_the_ledger_has_the_sentences_of_the_articles(
    contribution: Contribution, checkout: Path, shared: Path
) -> None:
    """No sentence of an article is missing, none is there that the article has not."""
    texts = {s.id: shared / "articles" / (s.identifier or "") for s in contribution.sources}

    assert check_sentences(checkout / "graph" / LEDGER, texts) == ()


def test_every_difference_between_the_readings_is_resolved(
    contribution: Contribution, checkout: Path
) -> None:
    """Each source was read twice, and each difference has an outcome and a reason."""
    path = checkout / "graph" / READINGS

    assert check_readings(path, contribution) == ()
    assert {row.source for row in read_readings(path)} == {s.id for s in contribution.sources}


def test_every_claim_tells_what_it_rests_on(contribution: Contribution) -> None:
    """Each claim has its source, its place there, its wording, its certainty and its evidence."""
    sources = {source.id for source in contribution.sources}

    for claim in contribution.claims:
        assert claim.source in sources, claim.id
        for name in ("locator", "paraphrase", "certainty", "evidenceLevel"):
            assert claim.one(name), f"{claim.id}: {name}"


def test_no_text_has_stray_white_space(contribution: Contribution, ontology: Ontology) -> None:
    """No text begins or ends with a space, none has two in a row, a tab or a line end."""
    texts = [
        *(t for e in contribution.entities for t in (e.label, *e.synonyms, e.definition or "")),
        *(t for s in contribution.sources for t in (s.title, s.description or "")),
        *(t for r in contribution.references for t in (r.title, r.citation or "")),
        *(t for e in contribution.explanations for t in (e.label, e.paraphrase, e.locator)),
        *(
            text
            for claim in contribution.claims
            for name, values in claim.qualifiers.items()
            if ontology.qualifiers[name].kind == "text"
            for text in values
        ),
    ]

    assert [text for text in texts if text and " ".join(text.split()) != text] == []


def test_a_name_is_that_of_one_entity(contribution: Contribution) -> None:
    """No label or synonym leads to two entities."""
    names: dict[str, set[str]] = {}
    for entity in contribution.entities:
        for name in (entity.label, *entity.synonyms):
            names.setdefault(name.casefold(), set()).add(entity.id)

    assert {name: ids for name, ids in names.items() if len(ids) > 1} == {}


def test_advice_is_recommended_and_nothing_else_is(
    contribution: Contribution, ontology: Ontology
) -> None:
    """Advice directs and does not assert: its certainty is of its own kind."""
    advice = ontology.descendants["advises"] | ontology.descendants["advisesAgainst"]

    assert [
        claim.id
        for claim in contribution.claims
        if (claim.statement.relation in advice) != (claim.one("certainty") == "recommended")
    ] == []


def test_who_speaks_for_patients_gives_an_anecdote(contribution: Contribution) -> None:
    """What members, patients and forums say weighs as an anecdote, and nothing else does."""
    people = {"patients", "community", "member", "members", "relative"}
    for claim in contribution.claims:
        if claim.one("attributedTo") in people:
            assert claim.one("evidenceLevel") == "anecdote", claim.id
        if claim.one("evidenceLevel") == "anecdote":
            assert claim.one("attributedTo") in people, claim.id


def test_the_signs_are_kept_apart(contribution: Contribution) -> None:
    """Each movement sign is an entity of its own; what an article equates is its claim."""
    entities = {entity.id: entity for entity in contribution.entities}

    for sign in SIGNS:
        others = SIGNS - {sign}
        assert not others & {*entities[sign].broader}, sign
        for other in others:
            assert not {*entities[sign].identifiers} & {*entities[other].identifiers}
    equated = {
        (c.statement.subject, c.statement.object, c.source, c.stance.value)
        for c in contribution.claims
        if c.statement.relation == "equatedWith"
    }
    assert ("muscle-twitching", "myoclonus", "gabapentin-twitching", "affirms") in {
        (*sorted(row[:2], reverse=False), *row[2:]) for row in equated
    }


def test_related_questions_assert_nothing(contribution: Contribution) -> None:
    """What an article only asks about is not in the graph."""
    names = {n.casefold() for e in contribution.entities for n in (e.label, *e.synonyms)}

    assert not names & {"cetirizine", "zyrtec", "raynaud's disease", "diabetic ketoacidosis"}


def test_every_relation_in_use_is_defined(contribution: Contribution, ontology: Ontology) -> None:
    """A relation has a definition, a backward reading, a domain and a range."""
    for name in {claim.statement.relation for claim in contribution.claims}:
        relation = ontology.relations[name]
        assert relation.definition, name
        assert relation.inverse_label, name
        assert {relation.domain, relation.range} <= ontology.classes.keys(), name


def test_a_paraphrase_is_a_sentence(contribution: Contribution) -> None:
    """A paraphrase begins with a capital or a figure and ends with a full stop."""
    wrong = [
        claim.id
        for claim in contribution.claims
        if not re.match(r"^[^\Wa-z_].*[.?!]$", claim.one("paraphrase") or "")
    ]

    assert wrong == []


def test_a_hedge_is_a_few_words(contribution: Contribution) -> None:
    """The hedge holds the hedging words, not the sentence."""
    hedges = {claim.id: claim.one("hedge") or "" for claim in contribution.claims}

    assert {i: h for i, h in hedges.items() if len(h.split()) > LONGEST_HEDGE} == {}


def test_a_doubtful_reference_gives_no_weight(contribution: Contribution) -> None:
    """A work that does not fit, or does not resolve, leaves a claim at the article's own level."""
    doubtful = {"other-subject", "unresolved"}
    for claim in contribution.claims:
        if claim.one("referenceFit") in doubtful:
            assert claim.one("evidenceLevel") in {"editorial", "unresolved", "anecdote"}, claim.id


def test_no_claim_stands_twice(contribution: Contribution) -> None:
    """A source does not say the same of the same twice: one claim names both places."""
    said = [
        (c.statement, c.source, c.stance, tuple(sorted(c.qualifiers.items())))
        for c in contribution.claims
    ]

    assert len(said) == len(set(said))


def test_every_entity_is_used(contribution: Contribution) -> None:
    """An entity stands in a claim, or above one that does."""
    used = {end for c in contribution.claims for end in (c.statement.subject, c.statement.object)}
    used |= {v for c in contribution.claims for values in c.qualifiers.values() for v in values}
    used |= {broader for entity in contribution.entities for broader in entity.broader}

    assert {entity.id for entity in contribution.entities} - used == set()


def test_the_claim_of_the_guide_is_in_the_graph(checkout: Path) -> None:
    """The claim that the guide works through stands in graph/ as it is shown."""
    guide = (checkout / "docs" / "how-to" / "add-a-claim.md").read_text("utf-8")
    shown = re.search(r"```turtle\n(.*?)```", guide, re.DOTALL)

    assert shown
    claim = textwrap.dedent(shown[1])
    assert claim in (checkout / "graph" / "gabapentin.ttl").read_text("utf-8")
