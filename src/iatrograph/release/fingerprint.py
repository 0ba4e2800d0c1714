"""Hashes that tell releases apart: of their content, of the files behind it, of the code."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import iatrograph
from iatrograph.tables.layout import FORMAT_VERSION
from iatrograph.vocabulary import resource

if TYPE_CHECKING:
    from collections.abc import Iterable

ID_DIGITS: Final = 16
"""Of the 64 hexadecimal digits of a content hash, so many name a release."""

_BUILDING_PARTS: Final = ("model", "rdf", "release", "store", "tables", "vocabulary")
_BUILDING_LIBRARIES: Final = ("numpy", "pyarrow", "pyoxigraph")


class ContentHash:
    """SHA-256 over the sorted given triples, then the ontology and the rules.

    The files of ``ontology/`` follow the triples in the order of their paths, each as a line with
    its path and length and then its bytes. Neither time nor any file of a release takes part.
    """

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, text: bytes | memoryview) -> None:
        """Add the next lines of triples, line feeds included."""
        self._hash.update(text)

    def finish(self) -> str:
        """Add the ontology and the rules, and return all 64 hexadecimal digits."""
        folder = resource("ontology")
        for path in _files(folder, (".ttl", ".ru")):
            content = path.read_bytes()
            self._hash.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            self._hash.update(content)
        return self._hash.hexdigest()


def inputs_hash(folder: Path) -> str:
    """Return the hash of all that a release of a folder of Turtle is made from, code included.

    Equal hashes mean equal releases, so nothing needs to be read or built again.
    """
    parts = [builder(), *_contents(folder, (".ttl",)), *_contents(resource("ontology"), ("",))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@lru_cache(maxsize=1)
def builder() -> str:
    """Return the hash of the code that makes releases, and of the libraries that write them."""
    package = Path(iatrograph.__file__).parent
    parts = [f"format {FORMAT_VERSION}", iatrograph.__version__]
    parts += [f"{library} {version(library)}" for library in _BUILDING_LIBRARIES]
    for part in _BUILDING_PARTS:
        parts += _contents(package / part, (".py",))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _contents(folder: Path, suffixes: tuple[str, ...]) -> Iterable[str]:
    for path in _files(folder, suffixes):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yield f"{path.relative_to(folder).as_posix()} {digest}"


def _files(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path.name.endswith(suffixes))
