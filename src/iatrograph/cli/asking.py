"""``search`` and ``show``: what is there, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from iatrograph.cli.opening import DataDir, open_catalog
from iatrograph.cli.output import Json, print_json, print_line, print_table
from iatrograph.errors import NotFound
from iatrograph.model import Stance, StatementKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iatrograph.catalog import Catalog
    from iatrograph.model import Claim, Entity, Explanation, Statement

Limit = Annotated[int, typer.Option("--limit", min=1, help="How many rows at most.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(search)
    app.command()(show)


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
        "possibleConfoundingByIndication": statement.possible_confounding_by_indication,
        "conditionalOn": list(statement.conditional_on),
        "claims": [claim_record(claim) for claim in claims],
    }


def show(
    name: Annotated[
        str, typer.Argument(help="Slug, CURIE, IRI, label or synonym; or the id of a statement.")
    ],
    *,
    claims: Annotated[
        bool, typer.Option("--claims", help="Every claim under its statement.")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Show an entity with every statement about it, also those denied; or a statement's claims."""
    catalog = open_catalog(data_dir)
    key = StatementKey.parse(name)
    (statement,) = catalog.statement([key]) if key else (None,)
    if statement is not None:
        _show_statement(catalog, statement, with_claims=claims, as_json=as_json)
    elif key and key.relation in catalog.ontology.relations:
        raise NotFound("statement", name)
    else:
        _show_entity(catalog, catalog.resolve(name), with_claims=claims, as_json=as_json)


def _show_statement(
    catalog: Catalog, statement: Statement, *, with_claims: bool, as_json: bool
) -> None:
    (claims,) = catalog.claims([statement.key])
    (explanations,) = catalog.explanations([statement.key])
    if as_json:
        told = [explanation_record(explanation) for explanation in explanations]
        print_json({"statement": {**statement_record(statement, claims), "explanations": told}})
        return
    standing, sentence, support, opposition, _ = _statement_row(catalog, statement, claims)
    weights = f"evidence for {support or 'none'}, against {opposition or 'none'}"
    print_line(f"{sentence}: {standing}; {weights}")
    if statement.possible_confounding_by_indication:
        print_line("possible confounding by indication: the one is also used against the other")
    if with_claims:
        for line in (line for claim in claims for line in claim_lines(claim)):
            print_line(line)
    else:
        _print_claims(claims)
    for explanation in explanations:
        told_as = f"{explanation.certainty}, {explanation.source}"
        print_line(f"explained: {explanation.paraphrase or explanation.label} ({told_as})")


def said(claim: Claim) -> str:
    """Return what a claim says in words: its paraphrase, or what a data set has of it."""
    if paraphrase := claim.one("paraphrase"):
        return paraphrase
    compared, rate = claim.many("comparatorFrequencyWords"), claim.many("frequencyWords")
    parts = (
        f"frequency {', '.join(rate)}" if rate else "",
        f"compared with {', '.join(compared)}" if compared else "",
        f"as {' '.join(claim.many('originalPredicate'))}"
        if "originalPredicate" in claim.qualifiers
        else "",
    )
    return "; ".join(filter(None, parts))


def explanation_record(explanation: Explanation) -> dict[str, object]:
    """Return an explanation as JSON values."""
    return {
        "id": explanation.id,
        "source": explanation.source,
        "certainty": explanation.certainty,
        "paraphrase": explanation.paraphrase,
        "steps": [
            {"statement": s.statement.id, "direction": s.direction, "certainty": s.certainty}
            for s in explanation.steps
        ],
    }


def _print_claims(claims: tuple[Claim, ...]) -> None:
    print_table(
        ("stance", "certainty", "evidence", "source", "says"),
        (
            (
                claim.stance.value,
                claim.one("certainty"),
                claim.one("evidenceLevel"),
                claim.source,
                said(claim),
            )
            for claim in claims
        ),
    )


def _show_entity(catalog: Catalog, entity: Entity, *, with_claims: bool, as_json: bool) -> None:
    statements = sorted(
        catalog.statements_of(entity.id),
        key=lambda s: (s.key.subject != entity.id, s.key.relation, not s.is_asserted),
    )
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
        rows.append(_statement_row(catalog, statement, own))
        if with_claims:
            rows += [("", line) for claim in own for line in claim_lines(claim)]
    print_table(("", "statement", "support", "opposition", "claims"), rows)
    if statements:
        example = max(statements, key=lambda s: (s.is_contested, s.claim_count)).key.id
        print_line(f"\nmore on one statement: iatrograph show {example}")


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


def claim_lines(claim: Claim) -> Iterator[str]:
    """Yield what a claim says, and under it every qualifier that it has."""
    yield f"  {claim.stance}: {said(claim) or claim.id}"
    told = (f"{n} {', '.join(v)}" for n, v in claim.qualifiers.items() if n != "paraphrase")
    yield f"    {claim.source}; {'; '.join(told)}"


def _statement_row(
    catalog: Catalog, statement: Statement, claims: tuple[Claim, ...]
) -> tuple[object, ...]:
    key = statement.key
    subject, target = (catalog.label(key.subject), catalog.label(key.object))
    sentence = f"{subject} {catalog.relation_label(key.relation)} {target}"
    if statement.conditional_on and not statement.is_asserted:
        sentence += f", only with {_conditions(catalog, claims)}"
    return (
        mark(statement),
        sentence,
        statement.support,
        statement.opposition,
        statement.claim_count,
    )


def _conditions(catalog: Catalog, claims: tuple[Claim, ...]) -> str:
    """Return the conditions of the affirming claims: those of one claim hold together.

    What asks for more than another asks for is left out.
    """
    affirming = (claim for claim in claims if claim.stance is Stance.AFFIRMS)
    ways = {frozenset(claim.many("onlyIf")) for claim in affirming if claim.is_conditional}
    least = [way for way in ways if not any(other < way for other in ways)]
    told = (" and ".join(sorted(map(catalog.label, way))) for way in least)
    return ", or with ".join(sorted(told))
