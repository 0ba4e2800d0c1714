"""Mappings: which identifiers mean one thing, as published files say, each with its file and line.

Read are SSSOM tables, maps of two columns, and tables of cross-references. Only what says that two
things are *exactly* one is taken, never what rests on a name alone. In maps and cross-references,
which say less exactly what they mean, an identifier that has two partners in one vocabulary is
unclear: neither is taken. What is left out is counted by reason.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from iatrograph.errors import UnreadableFile
from iatrograph.identity.files import pairs, table
from iatrograph.identity.links import Mapping, Strength
from iatrograph.identity.spelling import is_curie, is_slug, prefix_of, spelled
from iatrograph.vocabulary import PREFIXES, contract, ontology

if TYPE_CHECKING:
    import collections.abc as abc
    from pathlib import Path

    Reader = abc.Callable[[Path], "MappingFile"]

EXACT: Final = frozenset({"skos:exactMatch", "owl:equivalentClass", "owl:sameAs"})
"""Predicates that make two things one; all others are ignored."""

BY_NAME: Final = frozenset(
    {
        "semapv:LexicalMatching",
        "semapv:LexicalSimilarityThresholdMatching",
        "semapv:StringMatching",
    }
)
"""Justifications that are a likeness of names and no more."""

NO_TERM: Final = "sssom:NoTermFound"
"""What SSSOM writes where a vocabulary has nothing that matches."""

RAGGED: Final = "cells missing or too many"
OTHER_PREDICATE: Final = "another predicate than exact"
NEGATED: Final = "said not to match"
NAME_ALONE: Final = "matched by name alone"
MALFORMED: Final = "no identifier of its vocabulary"
OTHER_VOCABULARY: Final = "vocabulary without a prefix here"
SEVERAL: Final = "several values in a cell"
UNCLEAR: Final = "several partners in one vocabulary"
NOTHING_FOUND: Final = "said to match nothing"
SELF: Final = "maps to itself"


@dataclass(frozen=True, slots=True)
class MappingFile:
    """The mappings of one file; ``skipped`` counts rows (or cells) left out, by reason."""

    path: Path
    mappings: tuple[Mapping, ...]
    skipped: abc.Mapping[str, int]


class _Taking:
    """Collects the mappings of one file, and counts what is left out."""

    def __init__(self, path: Path, strength: Strength) -> None:
        self._path, self._strength = path, strength
        self._mappings: list[Mapping] = []
        self._skipped: Counter[str] = Counter()

    def skip(self, reason: str) -> None:
        self._skipped[reason] += 1

    def take(self, subject: str, value: str, line: int) -> None:
        left, right = spelled(subject), spelled(value)
        if left == right:
            self.skip(SELF)
        elif _is_sound(left) and _is_sound(right):
            self._mappings.append(Mapping(left, right, self._path, line, self._strength))
        else:
            self.skip(MALFORMED)

    def all(self) -> MappingFile:
        return self._file(self._mappings)

    def one_to_one(self) -> MappingFile:
        """Leave out what has several partners in one vocabulary, first by subject, then by object.

        A partner that one subject has among several says nothing against another's single one.
        """
        single = _singles(self._mappings, lambda m: (m.subject, prefix_of(m.object)))
        clear = _singles(single, lambda m: (m.object, prefix_of(m.subject)))
        taken = {(mapping.subject, mapping.object) for mapping in clear}
        if unclear := sum((m.subject, m.object) not in taken for m in self._mappings):
            self._skipped[UNCLEAR] += unclear
        return self._file(clear)

    def _file(self, mappings: abc.Iterable[Mapping]) -> MappingFile:
        return MappingFile(self._path, tuple(mappings), MappingProxyType(dict(self._skipped)))


def _singles(
    mappings: abc.Iterable[Mapping], key: abc.Callable[[Mapping], tuple[str, str]]
) -> list[Mapping]:
    found: dict[tuple[str, str], list[Mapping]] = defaultdict(list)
    for mapping in mappings:
        found[key(mapping)].append(mapping)
    return [
        same[0]
        for same in found.values()
        if len({(mapping.subject, mapping.object) for mapping in same}) == 1
    ]


def _is_sound(identifier: str) -> bool:
    """Whether it is a slug, or a CURIE of the form that its vocabulary has."""
    prefix, colon, local = identifier.partition(":")
    if not colon:
        return is_slug(identifier)
    pattern = ontology().identifier_patterns.get(prefix)
    return is_curie(identifier) and (pattern is None or re.fullmatch(pattern, local) is not None)


def _compacted(term: str) -> str:
    return contract(term) if term.startswith("http") else term


def read_sssom(path: Path) -> MappingFile:
    """Read an SSSOM table, with or without its comments at the head.

    Raises UnreadableFile where a column that SSSOM demands here is missing.
    """
    columns = ("subject_id", "predicate_id", "object_id")
    optional = ("predicate_modifier?", "mapping_justification?")
    taking = _Taking(path, Strength.EXACT_MAPPING)
    for line, cells in table(path, (*columns, *optional)):
        if cells is None:
            taking.skip(RAGGED)
            continue
        subject, predicate, value, modifier, justification = cells
        if _compacted(predicate) not in EXACT:
            taking.skip(OTHER_PREDICATE)
        elif NO_TERM in {subject, value}:
            taking.skip(NOTHING_FOUND)
        elif modifier:
            taking.skip(NEGATED)
        elif _compacted(justification) in BY_NAME:
            taking.skip(NAME_ALONE)
        else:
            taking.take(subject, value, line)
    return taking.all()


def read_map(path: Path) -> MappingFile:
    """Read a map of two columns of CURIEs, without header."""
    taking = _Taking(path, Strength.CROSS_REFERENCE)
    for line, cells in pairs(path):
        if cells is None:
            taking.skip(RAGGED)
        else:
            taking.take(cells[0], cells[1], line)
    return taking.one_to_one()


DRUG_COLUMNS: Final = {"chebi_ids": "CHEBI", "rxcui": "rxcui", "pubchem_cid": "pubchem.compound"}
"""Columns of the table of drugs that name one substance in a vocabulary with a prefix here.

Classifications (ATC) hold many drugs under one code and are no identity.
"""


def read_drug_xrefs(path: Path) -> MappingFile:
    """Read the table of drugs: a row a DrugBank id, a column a vocabulary, values joined by bars.

    Cells with several values are unclear (salts and stereo forms) and counted.
    """
    taking = _Taking(path, Strength.CROSS_REFERENCE)
    for line, cells in table(path, ("drugbank_id", *DRUG_COLUMNS)):
        if cells is None:
            taking.skip(RAGGED)
            continue
        for prefix, value in zip(DRUG_COLUMNS.values(), cells[1:], strict=True):
            if "|" in value:
                taking.skip(SEVERAL)
            elif value:
                taking.take(f"drugbank:{cells[0]}", _with_prefix(prefix, value), line)
    return taking.one_to_one()


def _with_prefix(prefix: str, value: str) -> str:
    return value if ":" in value else f"{prefix}:{value}"


def read_disease_xrefs(path: Path) -> MappingFile:
    """Read the table of the Disease Ontology: a row a DOID and one cross-reference."""
    taking = _Taking(path, Strength.CROSS_REFERENCE)
    for line, cells in table(path, ("id", "xref")):
        if cells is None:
            taking.skip(RAGGED)
        elif prefix_of(spelled(cells[1])) not in PREFIXES:
            taking.skip(OTHER_VOCABULARY)
        else:
            taking.take(cells[0], cells[1], line)
    return taking.one_to_one()


READERS: Final[abc.Mapping[str, Reader]] = MappingProxyType(
    {
        "*.sssom.tsv": read_sssom,
        "*_map.tsv": read_map,
        "drug-xrefs.tsv": read_drug_xrefs,
        "do-xrefs.tsv": read_disease_xrefs,
    }
)
"""By the name of the file, without ``.gz``."""


def _reader(path: Path) -> abc.Callable[[], MappingFile] | None:
    name = path.name.removesuffix(".gz")
    found = (read for pattern, read in READERS.items() if fnmatchcase(name, pattern))
    read = next(found, None)
    return partial(read, path) if read else None


def read_mappings(path: Path) -> tuple[MappingFile, ...]:
    """Read one file of mappings, or all that a folder holds, in the order of their names.

    Files of other names in the folder are passed over. Raises UnreadableFile where nothing there
    has the name of a file of mappings.
    """
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    readers = [read for file in files if (read := _reader(file))]
    if not readers:
        reason = f"no file of mappings; they are named {', '.join(READERS)}, with or without .gz"
        raise UnreadableFile(path, None, reason)
    return tuple(read() for read in readers)
