"""The file beside nodes and edges of ours: sources, references and explanations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from iatrograph.errors import UnreadableFile
from iatrograph.model import Explanation, Reference, Source, StatementKey, Step
from iatrograph.vocabulary.kgx import BESIDE

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Beside:
    """What the file has; nothing where there is none."""

    sources: tuple[Source, ...] = ()
    references: tuple[Reference, ...] = ()
    explanations: tuple[Explanation, ...] = ()


def read_beside(path: Path) -> Beside:
    """Read the file that lies in a folder, or beside a file, of nodes and edges.

    Raises UnreadableFile where it is not as the project writes it.
    """
    file = (path if path.is_dir() else path.parent) / BESIDE
    if not file.is_file():
        return Beside()
    try:
        document = orjson.loads(file.read_bytes())
        return Beside(
            sources=tuple(map(_source, document["sources"])),
            references=tuple(map(_reference, document["references"])),
            explanations=tuple(map(_explanation, document["explanations"])),
        )
    except OSError as error:
        raise UnreadableFile(file, None, error.strerror or str(error)) from error
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        reason = f"is not as `iatrograph export kgx` writes it ({error!r}); export it again"
        raise UnreadableFile(file, None, reason) from error


def _source(record: dict[str, Any]) -> Source:
    record.pop("information_resource", None)
    return Source(**_checked(record))


def _reference(record: dict[str, Any]) -> Reference:
    identifiers = tuple(record.pop("identifiers"))
    return Reference(**_checked(record), identifiers=identifiers)


def _explanation(record: dict[str, Any]) -> Explanation:
    explains = tuple(map(_key, record.pop("explains")))
    steps = tuple(_step(step) for step in record.pop("steps"))
    return Explanation(**_checked(record), explains=explains, steps=steps)


def _step(record: dict[str, Any]) -> Step:
    position, statement = record.pop("position"), _key(record.pop("statement"))
    if not isinstance(position, int):
        raise TypeError(position)
    return Step(position, statement, **_checked(record))


def _key(text: str) -> StatementKey:
    key = StatementKey.parse(text)
    if key is None:
        raise TypeError(text)
    return key


def _checked(record: dict[str, Any]) -> dict[str, Any]:
    """Return the fields if all of them are texts or nothing."""
    if wrong := [name for name, value in record.items() if not isinstance(value, str | None)]:
        raise TypeError(wrong[0])
    return record
