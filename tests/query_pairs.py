"""The rows of GraphQL answers, in the columns and terms of the SPARQL query of the same name."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final

from iatrograph.vocabulary import PREFIXES, iri_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Json = dict[str, Any]
Row = tuple[str, ...]

CONDITIONS: Final = (
    "epilepsy",
    "neuropathic-pain",
    "spasticity",
    "systemic-lupus-erythematosus",
)


def own(name: str) -> str:
    """Return the IRI of a word of the ontology."""
    return PREFIXES["ig"] + name


def of(entity: Json | None) -> str:
    """Return the IRI of an entity, nothing where there is none."""
    return iri_of(entity["id"]) if entity else ""


def iri(value: Json | None) -> str:
    """Return the IRI of a concept or source, nothing where there is none."""
    return str(value["iri"]) if value else ""


def text(value: object) -> str:
    """Return a plain value as its term reads."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def optional(values: Iterable[str]) -> list[str]:
    """Return the values of an OPTIONAL pattern: nothing, once, where there are none."""
    return list(values) or [""]


def claims(edges: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each claim after its statement."""
    for edge in edges:
        for claim in edge["claims"]:
            yield edge, claim


def care_paths(answer: Json) -> Iterator[Row]:
    """Yield a row for each path."""
    for path in answer["carePaths"]["nodes"]:
        steps = ((text(s["weight"]), text(s["conditional"])) for s in path["steps"])
        ends = (of(path[name]) for name in ("condition", "drug", "effect", "mitigation"))
        yield (*ends, *(value for step in steps for value in step))


def effects_with_evidence(answer: Json) -> Iterator[Row]:
    """Yield a row for each claim on an effect."""
    drug = answer["drug"]
    for edge, claim in claims(drug["effects"]["edges"]):
        yield (
            *(of(drug), own(edge["relation"]), of(edge["object"]), own(claim["stance"])),
            *(iri(claim["certainty"]), iri(claim["evidenceLevel"]), iri(claim["source"])),
            text(claim["paraphrase"]),
        )


def risk_factors(answer: Json) -> Iterator[Row]:
    """Yield a row for each factor of a claim."""
    drug = answer["drug"]
    for edge, claim in claims(drug["effects"]["edges"]):
        for change in ("likelierWith", "worseWith"):
            for factor in claim[change]:
                yield (
                    *(of(drug), of(edge["object"]), own(change), of(factor)),
                    *(iri(claim["evidenceLevel"]), iri(claim["source"])),
                )


def withdrawal(answer: Json) -> Iterator[Row]:
    """Yield a row for each claim on a withdrawal effect."""
    for drug in answer["interventions"]["nodes"]:
        for edge, claim in claims(drug["hasWithdrawalEffect"]["edges"]):
            yield (
                *(of(drug), of(edge["object"]), own(claim["stance"]), iri(claim["certainty"])),
                *(iri(claim["evidenceLevel"]), iri(claim["mode"]), iri(claim["severity"])),
                *(text(claim["timing"]), iri(claim["source"])),
            )


def explanations(answer: Json) -> Iterator[Row]:
    """Yield a row for each step of an explanation and statement it explains."""
    for told in answer["drug"]["explanations"]:
        head = (iri(told), iri(told["source"]), iri(told["certainty"]))
        for explained, step in product(told["explains"], told["steps"] or [None]):
            yield (*head, *_statement(explained), *_step(step))


def _statement(statement: Json) -> Row:
    return (of(statement["subject"]), own(statement["relation"]), of(statement["object"]))


def _step(step: Json | None) -> Row:
    if step is None:
        return ("",) * 6
    return (
        *(text(step["position"]), *_statement(step["statement"])),
        *(iri(step["direction"]), iri(step["certainty"])),
    )


def mechanisms(answer: Json) -> Iterator[Row]:
    """Yield a row for each claim on a mechanism."""
    drug = answer["drug"]
    for edge, claim in claims(drug["mechanisms"]["edges"]):
        yield (
            *(of(drug), own(edge["relation"]), of(edge["object"]), iri(claim["action"])),
            *(own(claim["stance"]), iri(claim["certainty"])),
            *(iri(claim["evidenceLevel"]), iri(claim["source"])),
        )


def claims_without_edge(answer: Json) -> Iterator[Row]:
    """Yield a row for each condition of a claim that makes no edge."""
    drug = answer["drug"]
    # Symmetric relations are read from both ends here; SPARQL asks for the drug as the subject.
    edges = (e for e in drug["relatedTo"]["edges"] if e["subject"]["id"] == drug["id"])
    for edge, claim in claims(edges):
        for condition in optional(map(of, claim["onlyIf"])):
            yield (
                *(of(drug), own(edge["relation"]), of(edge["object"]), own(claim["stance"])),
                *(condition, iri(claim["certainty"])),
                *(iri(claim["evidenceLevel"]), iri(claim["source"])),
            )


def seek_care(answer: Json) -> Iterator[Row]:
    """Yield a row for each condition and addressee of a claim."""
    for care in answer["cares"]["nodes"]:
        for edge, claim in claims(care["advisedFor"]["edges"]):
            many = product(
                optional(map(of, claim["onlyIf"])), optional(map(iri, claim["addressee"]))
            )
            for condition, addressee in many:
                yield (
                    *(of(edge["subject"]), of(care), iri(claim), condition),
                    *(text(claim["course"]), iri(claim["severity"])),
                    *(iri(claim["urgency"]), iri(claim["force"]), addressee),
                    iri(claim["source"]),
                )


def advice(answer: Json) -> Iterator[Row]:
    """Yield a row for each condition and addressee of a claim."""
    drug = answer["drug"]
    edges = [*drug["advises"]["edges"], *drug["advisesAgainst"]["edges"]]
    for edge, claim in claims(edges):
        many = product(optional(map(of, claim["onlyIf"])), optional(map(iri, claim["addressee"])))
        for condition, addressee in many:
            yield (
                *(of(drug), own(edge["relation"]), of(edge["object"]), own(claim["stance"])),
                *(condition, iri(claim["force"]), iri(claim["urgency"]), addressee),
                iri(claim["source"]),
            )


def contradictions(answer: Json) -> Iterator[Row]:
    """Yield a row for each contested statement."""
    assert not answer["entities"]["pageInfo"]["hasNextPage"]
    seen = set()
    for node in answer["entities"]["nodes"]:
        for edge in node["relatedTo"]["edges"]:
            numbers = ("support", "opposition", "asserted", "claimCount", "lineageCount")
            seen.add((*_statement(edge), *(text(edge[name]) for name in numbers)))
    yield from seen  # those of symmetric relations are met at both ends


def mitigations(answer: Json) -> Iterator[Row]:
    """Yield a row for each condition of a statement that is asserted or has one."""
    finding = answer["finding"]
    for edge in finding["mitigations"]["edges"]:
        numbers = ("support", "opposition", "claimCount", "lineageCount")
        for condition in optional(map(of, edge["conditionalOn"])):
            if edge["asserted"] or condition:
                yield (
                    *(of(finding), of(edge["subject"]), own(edge["relation"])),
                    *(text(edge["asserted"]), condition),
                    *(text(edge[name]) for name in numbers),
                )


def cascades(answer: Json) -> Iterator[Row]:
    """Yield a row for each cascade."""
    first = answer["drug"]
    found = set()
    for caused in first["mayCause"]["edges"]:
        effect = caused["node"]
        for addressed in effect["addressedBy"]["edges"]:
            second = addressed["node"]
            for further in second.get("hasSideEffect", {"edges": ()})["edges"]:
                if second["id"] != first["id"] and further["object"]["id"] != effect["id"]:
                    found.add((of(first), of(effect), of(second), of(further["object"])))
    yield from found


ROWS: Final[dict[str, Callable[[Json], Iterator[Row]]]] = {
    "advice": advice,
    "care-paths": care_paths,
    "cascades": cascades,
    "claims-without-edge": claims_without_edge,
    "contradictions": contradictions,
    "effects-with-evidence": effects_with_evidence,
    "explanations": explanations,
    "mechanisms": mechanisms,
    "mitigations": mitigations,
    "risk-factors": risk_factors,
    "seek-care": seek_care,
    "withdrawal": withdrawal,
}
"""How the rows of each pair are read."""

VARIABLES: Final[dict[str, tuple[Json, ...]]] = {
    "care-paths": tuple({"condition": name, "first": 500} for name in CONDITIONS)
}
"""What a GraphQL query is asked with, where the SPARQL query names several things at once."""
