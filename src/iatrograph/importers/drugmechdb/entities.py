"""The entities of the paths of DrugMechDB: which kind of thing each node is, its names and ids.

Nodes are labelled by hand, so one id has several labels over the file. Each mention counts:

* A label counts for the kind of ``KINDS``. The drug of a path counts as drug and its disease as
  condition, whatever their label; so does everything with an id of DrugBank as drug.
* A metabolite of a drug is a drug; what drugs are subclasses of is a class of drugs. Any other
  chemical substance is a target, as a substance of the body.
* A drug is neither target nor finding, so that one side has to win: the one with more mentions, and
  the drug where they are even. Of the other kinds all stay that have a third of the mentions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.model import Entity
from iatrograph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iatrograph.importers.drugmechdb.paths import MechanismPath, Node

KINDS: Final = {
    "BiologicalProcess": "Process",
    "Cell": "Anatomy",
    "CellularComponent": "Anatomy",
    "ChemicalSubstance": "Target",
    "Disease": "Condition",
    "Drug": "Drug",
    "GeneFamily": "Target",
    "GrossAnatomicalStructure": "Anatomy",
    "MacromolecularComplex": "Target",
    "MolecularActivity": "Process",
    "OrganismTaxon": "Target",
    "Pathway": "Process",
    "PhenotypicFeature": "Effect",
    "Protein": "Target",
}
"""By label. A microbe is a target: it is in the body, drugs act on it and findings come of it."""

INTERVENTIONS: Final = ("Drug", "DrugClass")
FINDINGS: Final = ("Condition", "Effect")
_A_SHARE: Final = 3
"""A kind stays where one of so many mentions is of it."""


class _Mention(NamedTuple):
    id: str
    kind: str
    name: str


@dataclass(slots=True)
class _Names:
    """How often an entity is called what, by kind, and what else it is called."""

    by_kind: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    others: list[str] = field(default_factory=list)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that the mentions come to, in display order."""
        counts = {kind: names.total() for kind, names in self.by_kind.items()}
        taken = {kind: count for kind, count in counts.items() if kind in INTERVENTIONS}
        rest = {kind: count for kind, count in counts.items() if kind not in INTERVENTIONS}
        if taken and sum(taken.values()) >= sum(rest.values()):
            return (max(sorted(taken, reverse=True), key=taken.__getitem__),)
        return tuple(
            cls.name
            for cls in ontology().concrete_classes
            if rest.get(cls.name, 0) * _A_SHARE >= sum(rest.values()) and rest.get(cls.name, 0)
        )


def unknown_labels(path: MechanismPath) -> Iterator[str]:
    """Yield the labels of nodes that are none of DrugMechDB's."""
    return (node.label for node in path.nodes if node.label not in KINDS)


def kinds_of(paths: Iterable[MechanismPath]) -> dict[str, tuple[str, ...]]:
    """Return the kinds of every node, by id."""
    return {identifier: names.kinds for identifier, names in _counted(paths).items()}


def entities(
    paths: Iterable[MechanismPath], identifiers: Mapping[str, tuple[str, ...]]
) -> tuple[Entity, ...]:
    """Return an entity for every node, called what it is called most often.

    Names given to it by mistake, as a thing of another kind, are left out.
    """
    return tuple(
        _entity(identifier, names, identifiers.get(identifier, ()))
        for identifier, names in _counted(paths).items()
    )


def same_things(
    paths: Iterable[MechanismPath], kinds: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return further identifiers of drugs and other nodes, by id, where there is no doubt.

    Left out are those of several entities, all DrugBank ids of an entity that has several, and
    those that are the id of an entity that is another kind of thing.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for path in paths:
        found[path.drug].update(dict.fromkeys(path.drug_ids))
        for node in path.nodes:
            found[node.id].update(dict.fromkeys(node.other_ids))
    for entity, others in found.items():
        others.pop(entity, None)
        registered = [other for other in (entity, *others) if other.startswith("drugbank:")]
        for other in registered if len(registered) > 1 else ():
            others.pop(other, None)
    owners = Counter(other for others in found.values() for other in others)
    return {
        entity: tuple(
            other
            for other in others
            if owners[other] == 1 and kinds.get(other, kinds[entity]) == kinds[entity]
        )
        for entity, others in found.items()
        if others
    }


def is_well_formed(identifier: str) -> bool:
    """Whether an identifier is as its vocabulary has them, so far as the ontology knows that."""
    prefix, _, local = identifier.partition(":")
    pattern = ontology().identifier_patterns.get(prefix)
    return bool(local) and (pattern is None or bool(re.fullmatch(pattern, local)))


def _counted(paths: Iterable[MechanismPath]) -> dict[str, _Names]:
    found: dict[str, _Names] = defaultdict(_Names)
    for path in paths:
        for mention in _mentions(path):
            found[mention.id].by_kind[mention.kind][mention.name] += 1
        for node in path.nodes:
            found[node.id].others.extend(node.other_names)
    return dict(found)


def _mentions(path: MechanismPath) -> Iterator[_Mention]:
    drugs = {node.id for node in path.nodes if _kind(path, node) == "Drug"}
    metabolites, groups = set(), set()
    for link in path.links:
        if link.key == "has metabolite" and link.source in drugs:
            metabolites.add(link.target)
        elif link.key == "subclass of":
            groups.add(link.target)
    for node in path.nodes:
        kind = _kind(path, node)
        if node.label in {"ChemicalSubstance", "Drug"} and node.id in groups:
            kind = "DrugClass"
        elif node.label == "ChemicalSubstance" and node.id in metabolites:
            kind = "Drug"
        yield _Mention(node.id, kind, node.name)
        if node.id.startswith("HP:") and kind not in FINDINGS:
            yield _Mention(node.id, "Effect", node.name)


def _kind(path: MechanismPath, node: Node) -> str:
    kind = KINDS[node.label]
    if node.id == path.drug or node.id.startswith("drugbank:"):
        return "Drug"
    if node.id == path.disease and kind not in FINDINGS:
        return "Condition"
    return kind


def _entity(identifier: str, names: _Names, identifiers: tuple[str, ...]) -> Entity:
    kinds = names.kinds
    counts: Counter[str] = Counter()
    for kind in kinds:
        counts.update(names.by_kind[kind])
    label, *synonyms = _spellings(counts, names.others)
    return Entity(identifier, label, kinds, synonyms=tuple(synonyms), identifiers=identifiers)


def _spellings(counts: Counter[str], others: Iterable[str]) -> list[str]:
    """Return each name once, in its most frequent spelling, the most frequent name first."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name, count in counts.items():
        spellings[name.casefold()][name] += count
    ranked = sorted(spellings.values(), key=lambda found: (-found.total(), min(found)))
    for name in others:
        if name.casefold() not in spellings:
            spellings[name.casefold()][name] += 1
            ranked.append(spellings[name.casefold()])
    return [min(found, key=lambda name: (-found[name], name)) for found in ranked]
