"""``search``, ``show`` and ``path``: questions on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from iatrograph.cli.opening import DataDir, open_catalog
from iatrograph.cli.output import Json, print_json, print_line, print_table

if TYPE_CHECKING:
    from iatrograph.catalog import Catalog
    from iatrograph.model import Claim, Entity, Path, PathStep, Statement

Limit = Annotated[int, typer.Option("--limit", min=1, help="How many rows at most.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(search)
    app.command()(show)
    app.command()(path)


def search(
    text: Annotated[str, typer.Argument(help="A name, synonym or identifier; typos are fine.")],
    *,
    kind: Annotated[list[str] | None, typer.Option(help="Only entities of this kind.")] = None,
    limit: Limit = 10,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Find entities by name."""
    catalog = open_catalog(data_dir)
    hits = catalog.search(text, frozenset(kind) if kind else None, limit)
    if as_json:
        print_json([hit._asdict() for hit in hits])
        return
    if not hits:
        print_line(f"nothing found for {text!r}")
        return
    print_table(
        ("id", "label", "kinds", "matched", "score"),
        ((h.entity, h.label, ", ".join(h.kinds), h.matched, f"{h.score:.2f}") for h in hits),
    )


def claim_record(claim: Claim) -> dict[str, object]:
    """Return a claim as JSON values, every qualifier that it has."""
    return {
        "id": claim.id,
        "stance": claim.stance.value,
        "source": claim.source,
        **{name: list(values) for name, values in claim.qualifiers.items()},
    }


def statement_record(statement: Statement, claims: tuple[Claim, ...]) -> dict[str, object]:
    """Return a statement and its claims as JSON values."""
    return {
        "id": statement.key.id,
        "subject": statement.key.subject,
        "relation": statement.key.relation,
        "object": statement.key.object,
        "support": statement.support,
        "opposition": statement.opposition,
        "claimCount": statement.claim_count,
        "lineageCount": statement.lineage_count,
        "asserted": statement.is_asserted,
        "contested": statement.is_contested,
        "conditionalOn": list(statement.conditional_on),
        "claims": [claim_record(claim) for claim in claims],
    }


def show(
    name: Annotated[str, typer.Argument(help="Slug, CURIE, IRI, label or synonym.")],
    *,
    claims: Annotated[
        bool, typer.Option("--claims", help="Every claim under its statement.")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Show an entity and every statement about it, also those that are denied."""
    catalog = open_catalog(data_dir)
    entity = catalog.resolve(name)
    statements = catalog.statements_of(entity.id)
    about = catalog.claims([s.key for s in statements])
    if as_json:
        print_json(
            {
                "entity": entity_record(entity),
                "statements": [
                    statement_record(s, c) for s, c in zip(statements, about, strict=True)
                ],
            }
        )
        return
    print_line(f"{entity.label} ({', '.join(entity.kinds + entity.roles)})")
    for line in filter(None, (entity.definition, ", ".join(entity.synonyms))):
        print_line(f"  {line}")
    print_line(f"  {entity.id}  {' '.join(entity.identifiers)}".rstrip())
    print_line("")
    rows: list[tuple[object, ...]] = []
    for statement, own in zip(statements, about, strict=True):
        rows.append(_statement_row(catalog, statement))
        if claims:
            rows += [("", f"  {c.stance}: {c.one('paraphrase') or ''}", c.source) for c in own]
    print_table(("", "statement", "support", "opposition", "claims"), rows)


def entity_record(entity: Entity) -> dict[str, object]:
    """Return an entity as JSON values."""
    return {
        "id": entity.id,
        "label": entity.label,
        "kinds": list(entity.kinds),
        "roles": list(entity.roles),
        "synonyms": list(entity.synonyms),
        "definition": entity.definition,
        "identifiers": list(entity.identifiers),
        "broader": list(entity.broader),
    }


def mark(statement: Statement) -> str:
    """Return the word for how a statement stands."""
    if statement.is_contested:
        return "contested" if statement.is_asserted else "contested, not asserted"
    if statement.is_asserted:
        return "asserted"
    return "conditional" if statement.conditional_on else "not asserted"


def _statement_row(catalog: Catalog, statement: Statement) -> tuple[object, ...]:
    key = statement.key
    subject, target = (catalog.label(key.subject), catalog.label(key.object))
    sentence = f"{subject} {catalog.relation_label(key.relation)} {target}"
    return (
        mark(statement),
        sentence,
        statement.support,
        statement.opposition,
        statement.claim_count,
    )


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
    if as_json:
        print_json({"total": found.total, "paths": [path_record(p) for p in found.paths]})
        return
    if not found.paths:
        print_line("no path: nothing in this release joins a drug, an effect and a mitigation here")
        return
    print_table(
        ("condition", "drug", "effect", "mitigation", "evidence", "holds", "sources"),
        (_path_row(catalog, p) for p in found.paths),
    )
    if claims:
        _print_claims(catalog, found.paths)
    if found.total > len(found.paths):
        print_line(f"{len(found.paths)} of {found.total} paths; more with --limit")


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
        "on this path only" if any(step.is_conditional for step in path.steps) else "always",
        ", ".join(sources),
    )


def _print_claims(catalog: Catalog, paths: tuple[Path, ...]) -> None:
    seen: set[str] = set()
    for claim in (c for p in paths for s in p.steps for c in s.claims):
        if claim.id not in seen:
            seen.add(claim.id)
            source = catalog.source(claim.source)
            print_line(f"{claim.stance}: {claim.one('paraphrase') or claim.id}")
            print_line(f"    {source.title}, {claim.one('locator') or 'no locator'}")
