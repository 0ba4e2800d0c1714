"""What counts as the same spelling of a name.

Case, accents and all between letters and digits do not count, and a Greek letter is its name:
``Alpha2delta-1`` and ``alpha-2-delta-1`` have one key, ``GABA(B)``, ``GABA-B`` and ``GABAB`` too.
"""

from __future__ import annotations

import unicodedata
from typing import Final

MAX_CHARACTERS: Final = 400
"""What is longer than any name is cut before it is folded."""

_GREEK: Final = {
    # Unicode spells it LAMDA; people write lambda.
    letter: unicodedata.name(letter).split()[3].lower().replace("lamda", "lambda")
    for letter in "αβγδεζηθικλμνξοπρστυφχψω"
}


def words(text: str) -> list[str]:
    """Return the runs of letters and digits of a text, folded."""
    plain = unicodedata.normalize("NFKD", text[:MAX_CHARACTERS]).casefold()
    return "".join(map(_fold, unicodedata.normalize("NFKD", plain))).split()


def fold(text: str) -> str:
    """Return the key of a text: equal keys are one spelling; empty if it has no letter or digit."""
    return "".join(words(text))


def _fold(character: str) -> str:
    if character in _GREEK:
        return _GREEK[character]
    if character.isalnum():
        return character
    return "" if unicodedata.combining(character) else " "
