"""``release.json``: what a release says of itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from iatrograph.errors import ReleaseUnavailable
from iatrograph.tables.layout import FORMAT_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE: Final = "release.json"
REMEDY: Final = "build it again with `iatrograph build`"


@dataclass(frozen=True, slots=True)
class LicensedSource:
    """A source, the licence of what was read in it (None where it states none), how many claims.

    ``origin`` is the reference that they go back to, where other sources may go back to it too.
    """

    id: str
    title: str
    licence: str | None
    claims: int = 0
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """A release described.

    ``id`` is the first 16 hexadecimal digits of ``content_sha256``; ``folder`` its folder's name,
    the id, with a number where other versions of Iatrograph built the same content. ``counts`` has
    entities, statements, claims, sources, references, explanations and triples. ``builder`` stands
    for the code that built it, ``inputs`` for the files it was built from; ``built_at`` is UTC.
    """

    id: str
    folder: str
    content_sha256: str
    counts: Mapping[str, int]
    sources: tuple[LicensedSource, ...]
    ontology_version: str
    iatrograph_version: str
    format_version: int
    builder: str
    inputs: str
    is_bundled: bool
    built_at: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)


def write_info(folder: Path, info: ReleaseInfo) -> None:
    """Write ``release.json`` into a folder."""
    text = json.dumps(info.as_dict(), indent=2, ensure_ascii=False) + "\n"
    (folder / FILE).write_text(text, "utf-8")


def is_bundled(folder: Path) -> bool:
    """Whether a release, perhaps of another format, is known to be of the bundled graph."""
    try:
        return json.loads((folder / FILE).read_text("utf-8"))["is_bundled"] is True
    except (OSError, ValueError, KeyError, TypeError):
        return False


def read_info(folder: Path) -> ReleaseInfo:
    """Read what a release says of itself.

    Raises ReleaseUnavailable where there is none, or one of another format.
    """
    try:
        values = json.loads((folder / FILE).read_text("utf-8"))
        version = values["format_version"]
        if version != FORMAT_VERSION:
            reason = f"has format {version}, this version reads format {FORMAT_VERSION}; {REMEDY}"
            raise ReleaseUnavailable(folder, reason)
        sources = tuple(LicensedSource(**source) for source in values.pop("sources"))
        return ReleaseInfo(**values, sources=sources)
    except OSError as error:
        reason = f"holds no release ({error.strerror} {FILE}); {REMEDY}"
        raise ReleaseUnavailable(folder, reason) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseUnavailable(folder, f"{FILE} is damaged; {REMEDY}") from error
