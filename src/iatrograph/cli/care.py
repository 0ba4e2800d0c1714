"""``path``: which drugs treat a condition, what they may cause, and what helps against that."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from iatrograph.cli.asking import Limit, claim_record, said
from iatrograph.cli.opening import DataDir, open_catalog
from iatrograph.cli.output import Json, print_json, print_line, print_table
from iatrograph.model import Direction, Stance, StatementFilter

if TYPE_CHECKING:
    from iatrograph.catalog import Catalog
    from iatrograph.model import Path, PathPage, PathStep


DRUGS_TOLD: Final = 5
NAMES_TOLD: Final = 20
"""What of the gaps is told to people; programs get all of them."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(path)


def path(
    condition: Annotated[str, typer.Argument(help="The condition to be treated.")],
    *,
    drug: Annotated[str | None, typer.Option(help="Only through this drug.")] = None,
    effect: Annotated[str | None, typer.Option(help="Only through this effect.")] = None,
    limit: Limit = 50,
    claims: Annotated[bool, typer.Option("--claims", help="The claims of every step.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Which drugs treat a condition, what they may bring about, and what helps against that."""
    from iatrograph.paths.care import care_paths

    catalog = open_catalog(data_dir)
    found = care_paths(catalog, condition=condition, drug=drug, effect=effect, limit=limit)
    gaps = care_gaps(catalog, condition, found) if drug is None and effect is None else None
    if as_json:
        record = {"total": found.total, "paths": [path_record(p) for p in found.paths]}
        print_json(record | ({"gaps": gaps._asdict()} if gaps else {}))
        return
    if found.paths:
        print_table(
            ("condition", "drug", "effect", "mitigation", "evidence", "holds", "sources"),
            (_path_row(catalog, p) for p in found.paths),
        )
    else:
        print_line(f"no path: nothing here joins {condition}, a drug, an effect and a mitigation")
    if claims:
        _print_claims(catalog, found.paths)
    if found.total > len(found.paths):
        print_line(f"{len(found.paths):,} of {found.total:,} paths; more with --limit")
    if gaps:
        _print_gaps(catalog, gaps)


class Gaps(NamedTuple):
    """What is on no path: drugs without a known effect, and by drug effects nothing helps with."""

    drugs_without_effect: list[str]
    effects_without_mitigation: dict[str, list[str]]


def care_gaps(catalog: Catalog, condition: str, found: PathPage) -> Gaps:
    """Return what treats the condition and what that may cause, where the paths end short."""
    asserted = StatementFilter(is_asserted=True)
    start = catalog.resolve(condition).id
    (treated,) = catalog.statements([start], "treats", Direction.IN, asserted)
    drugs = list(dict.fromkeys(s.key.subject for s in treated.statements))
    pages = catalog.statements(drugs, "mayCause", Direction.OUT, asserted)
    effects = {
        drug: list(dict.fromkeys(s.key.object for s in page.statements if s.key.object != start))
        for drug, page in zip(drugs, pages, strict=True)
    }
    every = sorted({effect for caused in effects.values() for effect in caused})
    # Of paths that were cut off we cannot tell: there, whatever is said to help counts as help.
    help_known = StatementFilter(stances=frozenset({Stance.AFFIRMS})) if found.is_cut else asserted
    helped = {
        effect: {s.key.subject for s in page.statements}
        for effect, page in zip(
            every, catalog.statements(every, "addresses", Direction.IN, help_known), strict=True
        )
    }
    on_path = {(path.entities[1], path.entities[2]) for path in found.paths}
    short = {
        drug: [e for e in caused if (drug, e) not in on_path and not helped[e] - {drug}]
        for drug, caused in effects.items()
    }
    return Gaps(
        [drug for drug, caused in effects.items() if not caused],
        {drug: missing for drug, missing in short.items() if missing},
    )


def _print_gaps(catalog: Catalog, gaps: Gaps) -> None:
    short = gaps.effects_without_mitigation
    for drug, effects in islice(short.items(), DRUGS_TOLD):
        names = _some(catalog, effects)
        print_line(f"{catalog.label(drug)} may also cause, with no mitigation here: {names}")
    if len(short) > DRUGS_TOLD:
        print_line(f"and so may {len(short) - DRUGS_TOLD} more; --json lists all of it")
    if gaps.drugs_without_effect:
        names = _some(catalog, gaps.drugs_without_effect)
        print_line(f"also treated with, no effect known here: {names}")


def _some(catalog: Catalog, ids: list[str]) -> str:
    """Return the first labels, each once, and how many more there are."""
    labels = list(dict.fromkeys(map(catalog.label, ids)))
    rest = len(labels) - NAMES_TOLD
    told = ", ".join(labels[:NAMES_TOLD])
    return f"{told} and {rest} more" if rest > 0 else told


def path_record(path: Path) -> dict[str, object]:
    """Return a path as JSON values: entities, score taken apart, steps with claims."""
    return {
        "condition": path.entities[0],
        "drug": path.entities[1],
        "effect": path.entities[2],
        "mitigation": path.entities[3],
        "score": {
            "weakestEvidence": path.score.weakest_evidence,
            "degreeWeight": path.score.degree_weight,
            "length": path.score.length,
        },
        "sentence": path.sentence,
        "steps": [step_record(step) for step in path.steps],
    }


def step_record(step: PathStep) -> dict[str, object]:
    """Return a step as JSON values."""
    return {
        "subject": step.subject,
        "relation": step.relation,
        "object": step.object,
        "conditional": step.is_conditional,
        "weight": step.weight,
        "statements": [statement.key.id for statement in step.statements],
        "claims": [claim_record(claim) for claim in step.claims],
    }


def _path_row(catalog: Catalog, path: Path) -> tuple[object, ...]:
    sources = dict.fromkeys(claim.source for step in path.steps for claim in step.claims)
    return (
        *(catalog.label(entity) for entity in path.entities),
        path.score.weakest_evidence,
        _holds(path),
        ", ".join(sources),
    )


def _holds(path: Path) -> str:
    """Return whether all steps hold anywhere, and whether somebody denies one of them."""
    found = "on this path" if any(s.is_conditional for s in path.steps) else "unconditionally"
    contested = any(step.statements[0].is_contested for step in path.steps)
    return f"{found}, contested" if contested else found


def _print_claims(catalog: Catalog, paths: tuple[Path, ...]) -> None:
    seen: set[str] = set()
    for claim in (c for p in paths for s in p.steps for c in s.claims):
        if claim.id not in seen:
            seen.add(claim.id)
            source = catalog.source(claim.source)
            print_line(f"{claim.stance}: {said(claim) or claim.id}")
            print_line(f"    {source.title}, {claim.one('locator') or 'no locator'}")
