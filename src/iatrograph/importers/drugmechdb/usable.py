"""Which paths of DrugMechDB can be told, and which of their links."""

from __future__ import annotations

from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from iatrograph.importers.drugmechdb.entities import (
    FINDINGS,
    INTERVENTIONS,
    is_well_formed,
    kinds_of,
    unknown_labels,
)
from iatrograph.importers.drugmechdb.links import MEANINGS
from iatrograph.importers.drugmechdb.paths import Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from iatrograph.importers.drugmechdb.paths import Link, MechanismPath
    from iatrograph.importers.rejects import Rejects

UNKNOWN_NODE: Final = "link to a node that the path does not have"
SAME_NODE: Final = "link of a node to itself"
UNKNOWN_KEY: Final = "unknown link"
UNKNOWN_LABEL: Final = "unknown label of a node"
NOT_CONNECTED: Final = "the links do not lead from the drug to the disease"
IN_A_CIRCLE: Final = "the links run in a circle"
NO_INTERVENTION: Final = "the drug is a substance of the body and has no DrugBank id"
NO_FINDING: Final = "the disease is no finding"
MISSPELT: Final = "identifier that its vocabulary cannot have"


def usable(
    file: Path, paths: Iterable[MechanismPath], rejects: Rejects
) -> tuple[MechanismPath, ...]:
    """Return the paths that can be told, with the links and identifiers that can be used.

    What cannot is rejected. Links stand in the order in which they lead from the drug to the
    disease, and each drug is an intervention, each disease a finding.
    """
    linked = (_with_sound_links(file, path, rejects) for path in paths)
    told = tuple(_with_sound_identifiers(file, filter(None, linked), rejects))
    while True:  # a path that is left out takes its mentions of the kinds of its nodes with it
        kinds = kinds_of(told)
        judged = (_with_sound_ends(file, path, kinds, rejects) for path in told)
        if (left := tuple(filter(None, judged))) == told:
            return told
        told = left


def _with_sound_links(file: Path, path: MechanismPath, rejects: Rejects) -> MechanismPath | None:
    """Return the path with those links that can be used, in order; None where they do not do."""
    if any(unknown_labels(path)):
        labels = ", ".join(unknown_labels(path))
        rejects.add(file, path.line, UNKNOWN_LABEL, f"{path.id}: {labels}")
        return None
    nodes = {node.id for node in path.nodes}
    links = []
    for link in dict.fromkeys(path.links):
        reason = _fault(link, nodes)
        if reason:
            text = f"{path.id}: {link.source} {link.key} {link.target}"
            rejects.add(file, path.line, reason, text)
        else:
            links.append(link)
    try:
        found = replace(path, links=_in_order(path.drug, links))
    except CycleError:
        rejects.add(file, path.line, IN_A_CIRCLE, path.id)
        return None
    if path.disease not in _reached(path.drug, found.links):
        rejects.add(file, path.line, NOT_CONNECTED, path.id)
        return None
    return found


def _fault(link: Link, nodes: set[str]) -> str | None:
    if not nodes >= {link.source, link.target}:
        return UNKNOWN_NODE
    if link.source == link.target:
        return SAME_NODE
    return None if link.key in MEANINGS else UNKNOWN_KEY


def _in_order(drug: str, links: Sequence[Link]) -> tuple[Link, ...]:
    """Sort links so that each stands after those that lead to it. Raises CycleError."""
    sorter: TopologicalSorter[str] = TopologicalSorter({drug: ()})
    for link in links:
        sorter.add(link.target, link.source)
    place = {node: number for number, node in enumerate(sorter.static_order())}
    return tuple(sorted(links, key=lambda link: (place[link.source], place[link.target])))


def _reached(drug: str, links: Iterable[Link]) -> set[str]:
    """Return what links in order lead to."""
    reached = {drug}
    for link in links:
        if link.source in reached:
            reached.add(link.target)
    return reached


def _with_sound_ends(
    file: Path, path: MechanismPath, kinds: Mapping[str, tuple[str, ...]], rejects: Rejects
) -> MechanismPath | None:
    """Return the path if it leads from an intervention to a finding.

    A drug that is a substance of the body goes by its DrugBank id.
    """
    if not set(FINDINGS) & set(kinds[path.disease]):
        rejects.add(file, path.line, NO_FINDING, f"{path.id}: {path.disease}")
        return None
    if set(INTERVENTIONS) & set(kinds[path.drug]):
        return path
    others = {node.id for node in path.nodes}
    for identifier in path.drug_ids:
        if identifier.startswith("drugbank:") and identifier not in others:
            return _with_drug(path, identifier)
    rejects.add(file, path.line, NO_INTERVENTION, f"{path.id}: {path.drug}")
    return None


def _with_drug(path: MechanismPath, drug: str) -> MechanismPath:
    """Return the path with another id for its drug; it no longer has that of the body's own."""

    def named(node: str) -> str:
        return drug if node == path.drug else node

    return replace(
        path,
        drug=drug,
        drug_ids=(),
        nodes=(
            Node(drug, "Drug", path.drug_name),
            *(node for node in path.nodes if node.id != path.drug),
        ),
        links=tuple(
            replace(link, source=named(link.source), target=named(link.target))
            for link in path.links
        ),
    )


def _with_sound_identifiers(
    file: Path, paths: Iterable[MechanismPath], rejects: Rejects
) -> Iterator[MechanismPath]:
    """Take away identifiers that cannot be; each is told once."""
    seen: set[str] = set()

    def sound(line: int, identifiers: tuple[str, ...], own: str) -> tuple[str, ...]:
        for identifier in identifiers:
            if identifier not in {own, *seen} and not is_well_formed(identifier):
                seen.add(identifier)
                rejects.add(file, line, MISSPELT, identifier)
        return tuple(filter(is_well_formed, identifiers))

    for path in paths:
        yield replace(
            path,
            drug_ids=sound(path.line, path.drug_ids, path.drug),
            nodes=tuple(
                replace(node, other_ids=sound(path.line, node.other_ids, node.id))
                if node.other_ids
                else node
                for node in path.nodes
            ),
        )
