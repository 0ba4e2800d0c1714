"""Several values in one cell, and cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

BETWEEN: Final = " | "
_SUSPECT: Final = frozenset("'=+-@\t\r")
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


def join(values: Iterable[str]) -> str:
    r"""Return the values in one text, a bar between them; a bar inside a value becomes ``\|``.

    >>> join(["dose | age", "kidney"])
    'dose \\| age | kidney'
    """
    return BETWEEN.join([value.replace("\\", "\\\\").replace("|", "\\|") for value in values])


def split(text: str) -> tuple[str, ...]:
    """Return the values that ``join`` put together; an empty text has none."""
    parts = text.split(BETWEEN) if text else ()
    return tuple(_ESCAPED.sub(r"\1", part) for part in parts)


def plain(cell: str) -> str:
    """Return the cell so that a spreadsheet shows it and computes nothing.

    A text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return gets an
    apostrophe in front, as does one that would look as if it had got one.

    >>> plain("=1+1")
    "'=1+1"
    """
    # Nearly every cell is settled by its first character, without the expression.
    is_formula = cell[:1] in _SUSPECT and _FORMULA.match(cell)
    return f"'{cell}" if is_formula else cell
