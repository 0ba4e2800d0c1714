"""DrugCentral, in the tables that the Rephetio project made of it: targets, classes, indications.

* **Targets.** A drug *binds* the product of a gene, with the action as qualifier where the scheme
  of actions has it by its definition: a blocker lowers the activity, so it is an inhibitor, and so
  is an inverse agonist; an opener or a positive modulator raises it, so it is an activator. A
  modulator is what has no direction stated. An agonist, partial ones included, stands in the
  narrower relation *agonist of*. A releasing agent and a substrate have no place in the scheme:
  they bind. The word itself stays as the original predicate. A target of several proteins is one
  row for each.
* **Classes** are drug classes with the ids of ChEBI, NDF-RT (FDA) and MeSH; that a drug belongs to
  one is no claim but its place in the hierarchy.
* **Indications**: a drug *treats* a disease. The column ``category`` is passed over: it repeats
  what PharmacotherapyDB says of the pair and is no word of DrugCentral; the pairs themselves are
  (Rephetio joined the column to them afterwards), so that both are voices of their own.

What came from a drug label has the evidence of a label, all else that of a curated database. The
origins that DrugCentral names (ChEMBL, IUPHAR, literature, ...) are cited references.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.identity.spelling import local_of
from iatrograph.importers import origins
from iatrograph.importers.folder import needed_file, optional_file
from iatrograph.importers.rejects import Rejects
from iatrograph.importers.tables import rows
from iatrograph.importers.things import Things, is_identifier
from iatrograph.model import (
    Claim,
    Contribution,
    Reference,
    Source,
    Stance,
    StatementKey,
    claim_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

TARGETS: Final = "drugcentral-targets.tsv"
CLASSES: Final = "drugcentral-classes.tsv"
DRUG_TO_CLASS: Final = "drugcentral-drug-to-class.tsv"
INDICATIONS: Final = "drugcentral-indications.tsv"
"""All but the targets may be absent."""

SOURCE: Final = Source(
    id="drugcentral",
    title="DrugCentral",
    kind="database",
    identifier="https://drugcentral.org",
    description="Targets with actions, pharmacologic classes and indications of approved drugs, in "
    "the tables that Rephetio made of the release of 2016.",
    licence="https://creativecommons.org/licenses/by/4.0/",
    origin=origins.DRUGCENTRAL.id,
)

NO_DRUG: Final = "no DrugBank id"
NO_GENE: Final = "no Entrez gene id"
NO_CLASS: Final = "no class id of ChEBI, NDF-RT or MeSH"
NO_DISEASE: Final = "no DOID"
NO_PUBLICATION: Final = "a PubMed id is no number; the row is used without it"
TWICE: Final = "the same row again"

_ACTIONS: Final[Mapping[str, str]] = {
    "agonist": "agonist",
    "partial agonist": "agonist",
    "antagonist": "antagonist",
    "allosteric antagonist": "antagonist",
    "inhibitor": "inhibitor",
    "blocker": "inhibitor",
    "inverse agonist": "inhibitor",
    "negative allosteric modulator": "inhibitor",
    "negative modulator": "inhibitor",
    "activator": "activator",
    "opener": "activator",
    "positive allosteric modulator": "activator",
    "positive modulator": "activator",
    "modulator": "modulator",
    "allosteric modulator": "modulator",
    "ligand": "ligand",
    "binding agent": "ligand",
}
_UNSAID: Final = "target"
"""The original predicate where no action is given."""
_LABEL: Final = "DrugCentral (label)"
_DATABASES: Final = ("ebi.ac.uk/chembl/", "guidetopharmacology.org/", "kegg.jp/")
"""Addresses of entries in databases, which are no publications."""


class _Target(NamedTuple):
    """A drug, a gene and what is said of the two."""

    drug_id: str
    drug: str
    gene_id: str
    actions: tuple[str, ...]
    origins: tuple[str, ...]
    publications: tuple[str, ...]


class _Membership(NamedTuple):
    """A drug and a class that it belongs to."""

    drug_id: str
    drug: str
    class_id: str
    class_name: str


class _Indication(NamedTuple):
    """A drug and a disease that it is for."""

    drug_id: str
    drug: str
    disease_id: str
    disease: str


def drugcentral(folder: Path, rejects: Rejects) -> Contribution:
    """Read targets, and classes and indications where they are; raises UnreadableFile at once.

    Targets and indications are read twice: now for the entities, and again for the stream of
    claims.
    """
    targets_path = needed_file(folder, TARGETS)
    indications_path = optional_file(folder, INDICATIONS)
    things = Things()
    references: dict[str, Reference] = {}
    for target in _targets(targets_path, rejects):
        things.add(target.drug_id, "Drug", target.drug)
        things.add(target.gene_id, "Target")
        references |= {(found := _reference(origin)).id: found for origin in target.origins}
    _add_classes(folder, rejects, things)
    for indication in _indications(indications_path, rejects):
        things.add(indication.drug_id, "Drug", indication.drug)
        things.add(indication.disease_id, "Condition", indication.disease)
    again = Rejects(SOURCE.id)
    return Contribution(
        sources=(SOURCE,),
        entities=things.entities(),
        claims=chain(
            _target_claims(_targets(targets_path, again)),
            _indication_claims(_indications(indications_path, again)),
        ),
        references=(origins.DRUGCENTRAL, *references.values()),
    )


def _cells(
    path: Path | None, columns: Sequence[str], rejects: Rejects
) -> Iterator[tuple[Path, int, tuple[str, ...]]]:
    """Yield the stripped cells of each row with its place, equal rows once; no file has no rows."""
    if path is None:
        return
    seen: set[tuple[str, ...]] = set()
    for line, raw in rows(path, columns, rejects, is_quoted=True):
        cells = tuple([cell.strip() for cell in raw])
        if cells in seen:
            rejects.add(path, line, TWICE, "\t".join(raw))
        else:
            seen.add(cells)
            yield path, line, cells


def _many(cell: str) -> tuple[str, ...]:
    """Return the values of a cell, which stand between bars."""
    return tuple(dict.fromkeys(part.strip() for part in cell.split("|") if part.strip()))


def _targets(path: Path, rejects: Rejects) -> Iterator[_Target]:
    columns = (
        "GeneID",
        "drugbank_id",
        "drugbank_name",
        "pubmed_ids",
        "sources",
        "actions",
        "urls",
    )
    for place, line, cells in _cells(path, columns, rejects):
        gene, drug, name, articles, origins, actions, urls = cells
        gene_id, drug_id = f"NCBIGene:{gene}", f"drugbank:{drug}"
        article_ids = tuple(f"PMID:{number}" for number in _many(articles))
        documents = tuple(u for u in _many(urls) if not any(d in u for d in _DATABASES))
        if not is_identifier(gene_id, "NCBIGene"):
            rejects.add(place, line, NO_GENE, "\t".join(cells))
        elif not is_identifier(drug_id, "drugbank"):
            rejects.add(place, line, NO_DRUG, "\t".join(cells))
        else:
            sound = tuple(p for p in article_ids if is_identifier(p, "PMID"))
            if sound != article_ids:
                rejects.add(place, line, NO_PUBLICATION, "\t".join(cells))
            publications = sound + documents
            yield _Target(drug_id, name, gene_id, _many(actions), _many(origins), publications)


def _class_id(cell: str) -> str | None:
    """Return the CURIE of a class, None where the cell is no id."""
    curies = {"CHEBI": cell, "ndfrt": f"ndfrt:{cell}", "mesh": f"mesh:{cell}"}
    return next((curie for prefix, curie in curies.items() if is_identifier(curie, prefix)), None)


def _add_classes(folder: Path, rejects: Rejects, things: Things) -> None:
    columns = ("class_id", "class_name", "class_source", "class_type")
    for path, line, cells in _cells(optional_file(folder, CLASSES), columns, rejects):
        class_id, name, origin, sort = cells
        if (curie := _class_id(class_id)) is None:
            rejects.add(path, line, NO_CLASS, "\t".join(cells))
        else:
            things.add(curie, "DrugClass", name, definition=f"Drug class of {origin}: {sort}.")
    for membership in _memberships(optional_file(folder, DRUG_TO_CLASS), rejects):
        things.add(membership.class_id, "DrugClass", membership.class_name)
        things.add(membership.drug_id, "Drug", membership.drug, broader=membership.class_id)


def _memberships(path: Path | None, rejects: Rejects) -> Iterator[_Membership]:
    columns = ("drugbank_id", "drugbank_name", "class_id", "class_name")
    for place, line, cells in _cells(path, columns, rejects):
        drug, name, class_id, class_name = cells
        drug_id, curie = f"drugbank:{drug}", _class_id(class_id)
        if not is_identifier(drug_id, "drugbank"):
            rejects.add(place, line, NO_DRUG, "\t".join(cells))
        elif curie is None:
            rejects.add(place, line, NO_CLASS, "\t".join(cells))
        else:
            yield _Membership(drug_id, name, curie, class_name)


def _indications(path: Path | None, rejects: Rejects) -> Iterator[_Indication]:
    columns = ("doid_id", "drugbank_id", "disease", "drug")
    for place, line, cells in _cells(path, columns, rejects):
        disease_id, drug, disease, name = cells
        drug_id = f"drugbank:{drug}"
        if not is_identifier(disease_id, "DOID"):
            rejects.add(place, line, NO_DISEASE, "\t".join(cells))
        elif not is_identifier(drug_id, "drugbank"):
            rejects.add(place, line, NO_DRUG, "\t".join(cells))
        else:
            yield _Indication(drug_id, name, disease_id, disease)


def _reference(origin: str) -> Reference:
    """Make a reference of ``DrugCentral (ChEMBL)``, by what stands in the brackets, or by all."""
    inside = re.search(r"\((.+)\)", origin)
    title = inside[1] if inside else origin
    slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
    return Reference(f"{SOURCE.id}-{slug}", title, origin)


def _target_claims(targets: Iterable[_Target]) -> Iterator[Claim]:
    numbers: Counter[StatementKey] = Counter()
    for row in targets:
        common = {
            "evidenceLevel": ("label" if _LABEL in row.origins else "opinion",),
            "publication": row.publications,
            "citedReference": tuple(_reference(origin).id for origin in row.origins),
            "originalId": (f"{local_of(row.gene_id)} {local_of(row.drug_id)}",),
        }
        for word in row.actions or (_UNSAID,):
            action = _ACTIONS.get(word)
            relation = "agonistOf" if action == "agonist" else "binds"
            key = StatementKey(row.drug_id, relation, row.gene_id)
            numbers[key] += 1
            said = {"action": (action,) if action else (), "originalPredicate": (word,)}
            yield _claim(key, numbers[key], common | said)


def _indication_claims(indications: Iterable[_Indication]) -> Iterator[Claim]:
    numbers: Counter[StatementKey] = Counter()
    for row in indications:
        key = StatementKey(row.drug_id, "treats", row.disease_id)
        numbers[key] += 1
        said = {
            "evidenceLevel": ("opinion",),
            "originalPredicate": ("indication",),
            "originalId": (f"{row.disease_id} {local_of(row.drug_id)}",),
        }
        yield _claim(key, numbers[key], said)


def _claim(key: StatementKey, number: int, said: Mapping[str, tuple[str, ...]]) -> Claim:
    """Make a claim; what has no values is left out."""
    return Claim(
        id=claim_id(key, SOURCE.id, number),
        statement=key,
        stance=Stance.AFFIRMS,
        source=SOURCE.id,
        qualifiers={"certainty": ("not-stated",), **{k: v for k, v in said.items() if v}},
        knowledge_level="knowledge_assertion",
        agent_type="manual_agent",
    )
