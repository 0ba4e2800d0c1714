from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest

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
    """A source that is an article names the file, and every curated source has claims."""
    names = {path.name for path in (shared / "articles").glob("*.txt")}
    told = {claim.source for claim in contribution.claims}

    for source in contribution.sources:
        assert source.id in told, source.id
        if source.kind == "article":
            assert source.identifier in names, source.id


def test_every_claim_tells_what_it_rests_on(contribution: Contribution) -> None:
    """Each claim has its source, its place there, its wording, its certainty and its evidence."""
    sources = {source.id for source in contribution.sources}

    for claim in contribution.claims:
        assert claim.source in sources, claim.id
        for name in ("locator", "paraphrase", "certainty", "evidenceLevel"):
            assert claim.one(name), f"{claim.id}: {name}"


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
