"""The telling: ranked paths with their statements, claims, score and a sentence in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from iatrograph.model import Direction, Path, PathStep, Score, Stance
from iatrograph.paths.offers import met

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from iatrograph.catalog import Catalog
    from iatrograph.model import Claim, Source, Statement, StatementKey
    from iatrograph.paths.expansion import Network
    from iatrograph.paths.offers import Offer, Pair
    from iatrograph.paths.pattern import Hop, Pattern
    from iatrograph.paths.ranking import Rank
    from iatrograph.tables.ragged import Rows
    from iatrograph.vocabulary import Ontology

DAMPING: Final = 0.4
"""Exponent by which degrees count against a path (Himmelstein and Baranzini, 2015)."""


class _Told(NamedTuple):
    """A step, and the places on the path of the entities that it holds for alone."""

    step: PathStep
    needs: tuple[int, ...]


def tell(
    catalog: Catalog, pattern: Pattern, network: Network, ranks: Sequence[Rank]
) -> tuple[Path, ...]:
    """Return the paths of the ranks in the same order.

    One call for the statements of all of them, and one for their claims.
    """
    direct = _direct(catalog, network, ranks)
    told = [list(_steps(pattern, network, direct, rank)) for rank in ranks]
    claims = _claims(catalog, (step for steps in told for step, _ in steps))
    words = _Words(catalog.ontology, catalog.sources)
    paths = []
    for rank, steps in zip(ranks, told, strict=True):
        full = [
            _Told(replace(step, claims=claims[step.statements[0].key]), needs)
            for step, needs in steps
        ]
        sentence = words.sentence(full, rank)
        paths.append(Path(rank.entities, tuple(t.step for t in full), _score(rank), sentence))
    return tuple(paths)


def _score(rank: Rank) -> Score:
    return Score(-rank.negated_weight, rank.degree_product**-DAMPING, len(rank.entities) - 1)


# ---------- steps


def _direct(
    catalog: Catalog, network: Network, ranks: Iterable[Rank]
) -> dict[tuple[int, Pair], tuple[Statement, ...]]:
    """Return by hop and pair the asserted statements of all steps, best first."""
    steps = dict.fromkeys(step for rank in ranks for step in enumerate(pairwise(rank.rows)))
    rows = [_statement_rows(network, hop, pair) for hop, pair in steps]
    read = iter(catalog.tables.statements_at(np.concatenate(rows))) if rows else iter(())
    return {
        step: tuple(sorted((next(read) for _ in own), key=_best_first))
        for step, own in zip(steps, rows, strict=True)
    }


def _statement_rows(network: Network, hop: int, pair: Pair) -> Rows:
    edges = network.levels[hop]
    return edges.statements_of(int(edges.places(*np.array(pair).reshape(2, 1))[0]))


def _best_first(statement: Statement) -> tuple[object, ...]:
    return (-(statement.support or 0), -statement.claim_count, statement.key)


def _steps(
    pattern: Pattern,
    network: Network,
    direct: Mapping[tuple[int, Pair], tuple[Statement, ...]],
    rank: Rank,
) -> Iterator[_Told]:
    names = pairwise(rank.entities)
    for at, (hop, ends, pair) in enumerate(
        zip(pattern.hops, names, pairwise(rank.rows), strict=True)
    ):
        offers = met(network.levels[at].offers.get(pair, ()), rank.rows)
        yield _step(hop, ends, direct[at, pair], offers, rank.rows)


def _step(
    hop: Hop,
    ends: tuple[str, str],
    direct: tuple[Statement, ...],
    offers: tuple[Offer, ...],
    rows: tuple[int, ...],
) -> _Told:
    subject, target = ends if hop.direction is Direction.OUT else ends[::-1]
    step = PathStep(
        subject=subject,
        relation=hop.relation,
        object=target,
        statements=direct or tuple(dict.fromkeys(offer.statement for offer in offers)),
        is_conditional=not direct,
        weight=(direct[0].support or 0) if direct else offers[0].weight,
    )
    needs = () if direct else tuple(at for at, row in enumerate(rows) if row in offers[0].needs)
    return _Told(step, needs)


def _claims(catalog: Catalog, steps: Iterable[PathStep]) -> dict[StatementKey, tuple[Claim, ...]]:
    keys = list(dict.fromkeys(step.statements[0].key for step in steps))
    return dict(zip(keys, catalog.claims(keys), strict=True)) if keys else {}


# ---------- words


class _Words(NamedTuple):
    """Puts steps into words."""

    ontology: Ontology
    sources: Mapping[str, Source]

    def sentence(self, steps: Iterable[_Told], rank: Rank) -> str:
        """Return one sentence: what holds, how many say so, and what is said under conditions."""
        labels = dict(zip(rank.entities, rank.labels, strict=True))
        told = "; ".join(self._clause(step, needs, labels, rank) for step, needs in steps)
        return f"{told[:1].upper()}{told[1:]}."

    def _clause(
        self, step: PathStep, needs: tuple[int, ...], labels: Mapping[str, str], rank: Rank
    ) -> str:
        relation = self.ontology.relations[step.statements[0].key.relation].label
        remarks = list(_said(step.claims, self.sources))
        if step.is_conditional:
            remarks.append(f"only for {' with '.join(rank.labels[at] for at in needs)}")
        return f"{labels[step.subject]} {relation} {labels[step.object]} ({', '.join(remarks)})"


_SAYING: Final = {
    Stance.AFFIRMS: "said by",
    Stance.DENIES: "denied by",
    Stance.MIXED: "left open by",
}


def _said(claims: Iterable[Claim], sources: Mapping[str, Source]) -> Iterable[str]:
    """Yield for each stance taken how many independent sources take it."""
    for stance, words in _SAYING.items():
        counted = [c for c in claims if c.stance is stance and not c.is_deprecated]
        origins = {sources[claim.source].lineage(claim) for claim in counted}
        if origins:
            yield f"{words} {len(origins)} independent source{'s' if len(origins) > 1 else ''}"
