"""The files of a KGX graph: those of nodes and of edges, in a folder or beside the one given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from iatrograph.archives import plain_suffix
from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

TABLES: Final = frozenset({".tsv", ".csv", ".txt"})
JSON_LINES: Final = frozenset({".jsonl", ".ndjson"})
DOCUMENTS: Final = frozenset({".json"})

_ENDINGS: Final = TABLES | JSON_LINES | DOCUMENTS
_ROLE: Final = re.compile(r"(nodes?|edges?)", re.IGNORECASE)


class Files(NamedTuple):
    """Where the nodes are, and where the edges; a JSON document may be in both."""

    nodes: tuple[Path, ...]
    edges: tuple[Path, ...]


def find(path: Path) -> Files:
    """Return the files of a folder, or a file and what belongs to it by its name.

    A name says ``nodes`` or ``edges``; to ``a_edges.tsv`` belongs ``a_nodes`` of any format. A file
    that says neither holds edges, a JSON document both. Raises UnreadableFile where there is none.
    """
    if path.is_dir():
        return _in_folder(path)
    if not path.is_file():
        reason = "is no file or folder; give the folder of a KGX graph, or its file of edges"
        raise UnreadableFile(path, None, reason)
    if plain_suffix(path) in DOCUMENTS:
        return Files((path,), (path,))
    if _role(path) == "n":
        return Files((path,), tuple(_companions(path)))
    return Files(tuple(_companions(path)), (path,))


def stem(path: Path) -> str:
    """Return what a name says of the data set: ``mondo-rare`` of ``mondo-rare_edges.tsv.gz``."""
    name = path.name[: path.name.casefold().rfind(plain_suffix(path) or ".")] or path.name
    parts = _ROLE.split(name)
    return "".join(part for part in parts if not _ROLE.fullmatch(part)).strip("_-. ")


def _role(path: Path) -> str:
    """Return ``n`` for nodes, ``e`` for edges, nothing where the name does not say."""
    found = _ROLE.findall(path.name)
    return str(found[-1][0]).casefold() if found else ""


def _is_data(path: Path) -> bool:
    return path.is_file() and plain_suffix(path) in _ENDINGS


def _in_folder(folder: Path) -> Files:
    there = sorted(path for path in folder.iterdir() if _is_data(path))
    nodes = [p for p in there if _role(p) == "n"]
    edges = [p for p in there if _role(p) == "e"]
    documents = [p for p in there if plain_suffix(p) in DOCUMENTS]
    if nodes or edges:
        both = [p for p in documents if _role(p)]
        return Files(tuple(dict.fromkeys([*nodes, *both])), tuple(dict.fromkeys([*edges, *both])))
    if documents:
        return Files(tuple(documents), tuple(documents))
    names = sorted(path.name for path in folder.iterdir())
    has = f"it has {', '.join(names[:10])}{', …' if len(names) > 10 else ''}"
    reason = "no file of nodes or edges in this folder (.tsv, .csv, .jsonl or .json)"
    raise UnreadableFile(folder, None, f"{reason}; {has if names else 'it is empty'}")


def _companions(path: Path) -> list[Path]:
    """Return the files that belong to one by their names: of edges to nodes, of nodes to edges.

    Those of the same format, if there are any.
    """
    if not _role(path):
        return []
    found = sorted(
        other
        for other in path.parent.iterdir()
        if _is_data(other)
        and plain_suffix(other) not in DOCUMENTS
        and _role(other) not in ("", _role(path))
        and stem(other) == stem(path)
    )
    return [o for o in found if plain_suffix(o) == plain_suffix(path)] or found
