"""The curated paths of DrugMechDB as they stand in its lines of JSON, checked one by one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from iatrograph.archives import plain_suffix
from iatrograph.errors import UnreadableFile
from iatrograph.importers.folder import needed_file
from iatrograph.importers.lines import lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from iatrograph.importers.rejects import Rejects

FILE: Final = "drugmechdb-paths.jsonl"
"""The file in the folder, plain or compressed."""

NO_OBJECT: Final = "no JSON object"
LAYOUT: Final = "not laid out as a path"
NO_CURIE: Final = "the id of a node is no CURIE"
TWICE: Final = "the id of the path stands twice"
NO_DRUG: Final = "the drug is none of the nodes"
NO_DISEASE: Final = "the disease is none of the nodes, or the drug"

_EXPECTED: Final = "expected one JSON object a line with graph, nodes and links"
_CURIE: Final = re.compile(r'[A-Za-z][\w.]*:[^\s<>"{}|^`\\]+', re.ASCII)
_PREFIXES: Final = {
    "DB": "drugbank",
    "MESH": "mesh",
    "UniProt": "UniProtKB",
    "taxonomy": "NCBITaxon",
}
"""How the prefixes of DrugMechDB are written here; the others (``GO``, ``InterPro``) stay."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a path; ``label`` is the Biolink class it is given there."""

    id: str
    label: str
    name: str
    other_names: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a path, from node to node; ``key`` is its predicate."""

    key: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class MechanismPath:
    """How a drug acts on a disease: ``drug`` and ``disease`` are ids of nodes.

    ``drug_ids`` are the CURIEs that the head of the path gives the drug. ``line`` is 1-based.
    """

    line: int
    id: str
    drug: str
    drug_name: str
    drug_ids: tuple[str, ...]
    disease: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    references: tuple[str, ...]
    comment: str

    @property
    def slug(self) -> str:
        """Its id as part of an identifier."""
        return _slug(self.id)


class _Unusable(Exception):
    """A line is no path; its text is the reason."""


def find_file(path: Path) -> Path:
    """Return the file of a folder, or the file itself. Raises UnreadableFile if there is none."""
    if path.is_file():
        if plain_suffix(path) != ".jsonl":
            raise UnreadableFile(path, None, f"is no .jsonl file; {_EXPECTED}")
        return path
    return needed_file(path, FILE)


def mechanism_paths(file: Path, rejects: Rejects) -> Iterator[MechanismPath]:
    """Yield the paths of a file of JSON Lines; lines that are none are rejected.

    Raises UnreadableFile where the file is empty or its first line has another layout.
    """
    seen: set[str] = set()
    is_first = True
    for line, text in lines(file, rejects):
        if not text.strip():
            continue
        try:
            record = _record(text)
        except _Unusable as error:
            if is_first:
                reason = f"{error}: {text[:40]!r}; {_EXPECTED}"
                raise UnreadableFile(file, line, reason) from error
            rejects.add(file, line, str(error), text)
            continue
        is_first = False
        try:
            yield _path(line, record, seen)
        except _Unusable as error:
            rejects.add(file, line, str(error), text)
    if is_first:
        raise UnreadableFile(file, None, f"is empty; {_EXPECTED}")


def curie(text: str) -> str:
    """Return an identifier of DrugMechDB as it is written here: ``MESH:D1`` is ``mesh:D1``."""
    prefix, colon, local = clean(text).partition(":")
    return f"{_PREFIXES.get(prefix, prefix)}{colon}{local}"


@lru_cache(maxsize=1 << 16)
def clean(text: str) -> str:
    """Return a text with single plain spaces and without characters that cannot be seen."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable()).strip()


def _record(text: str) -> Mapping[str, Any]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _Unusable(NO_OBJECT) from error
    if not isinstance(record, dict):
        raise _Unusable(NO_OBJECT)
    parts = (("graph", dict), ("nodes", list), ("links", list))
    if not all(isinstance(record.get(name), kind) for name, kind in parts):
        raise _Unusable(LAYOUT)
    return record


def _path(line: int, record: Mapping[str, Any], seen: set[str]) -> MechanismPath:
    head = record["graph"]
    nodes = tuple(map(_node, record["nodes"]))
    drug_ids = (*_ids(head, "drug_mesh"), *_ids(head, "drugbank"))
    name = _text(head, "_id")
    if _slug(name) in seen:
        raise _Unusable(TWICE)
    seen.add(_slug(name))
    drug = _one_of(nodes, drug_ids, NO_DRUG)
    others = tuple(node for node in nodes if node.id != drug)
    return MechanismPath(
        line=line,
        id=name,
        drug=drug,
        drug_name=_text(head, "drug"),
        drug_ids=drug_ids,
        disease=_one_of(others, _ids(head, "disease_mesh"), NO_DISEASE),
        nodes=nodes,
        links=tuple(map(_link, record["links"])),
        references=_texts(record, "references"),
        comment=clean(record["comment"]) if isinstance(record.get("comment"), str) else "",
    )


def _node(node: Any) -> Node:
    found = Node(
        id=curie(_text(node, "id")),
        label=_text(node, "label"),
        name=_text(node, "name"),
        other_names=_texts(node, "alt_names"),
        other_ids=tuple(map(curie, _texts(node, "alt_ids"))),
    )
    if not _CURIE.fullmatch(found.id):
        raise _Unusable(NO_CURIE)
    return found


def _link(link: Any) -> Link:
    return Link(
        key=_text(link, "key"),
        source=curie(_text(link, "source")),
        target=curie(_text(link, "target")),
    )


def _one_of(nodes: tuple[Node, ...], identifiers: tuple[str, ...], reason: str) -> str:
    """Return the id of the first node that is one of these."""
    for node in nodes:
        if node.id in identifiers:
            return node.id
    raise _Unusable(reason)


def _ids(head: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return the CURIEs of a cell that holds none, one, or several with commas between."""
    cell = head.get(name)
    if cell is None:
        return ()
    if not isinstance(cell, str):
        raise _Unusable(LAYOUT)
    return tuple(curie(part) for part in cell.split(",") if clean(part))


def _text(record: Any, name: str) -> str:
    text = record.get(name) if isinstance(record, dict) else None
    if not isinstance(text, str) or not clean(text):
        raise _Unusable(LAYOUT)
    return clean(text)


def _texts(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of texts, once each; none where the record has no such list."""
    texts = record.get(name) or []
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise _Unusable(LAYOUT)
    return tuple(dict.fromkeys(filter(None, map(clean, texts))))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
