from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iatrograph.coverage import Sentence, read_sentences, sentences
from iatrograph.errors import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """\
Does it help?

  • Rest: It eases pain, e.g. in Dr. Poe's patients. It is cheap (2.5 mg).
  1. Sleep.
One member said, “It never goes away. … It wakes me up.”

Condition Drug
"""


def test_headings_items_and_quoted_sentences_are_sentences() -> None:
    """Each line is a block, list and quotation marks are no part of it, abbreviations end none."""
    assert [s.text for s in sentences(PAGE)] == [
        "Does it help?",
        "Rest: It eases pain, e.g. in Dr. Poe's patients.",
        "It is cheap (2.5 mg).",
        "Sleep.",
        "One member said, It never goes away.",
        "… It wakes me up.",
        "Condition Drug",
    ]


def test_sentences_are_numbered_from_one() -> None:
    """The place of a sentence is its number in the text."""
    assert [s.ordinal for s in sentences(PAGE)] == [1, 2, 3, 4, 5, 6, 7]


def test_a_text_without_words_has_no_sentence() -> None:
    """Blank lines are nothing."""
    assert sentences(" \n\t\n\r\n") == ()


def test_the_hash_is_of_the_words() -> None:
    """Case, spacing and the form of encoding are passed over, a word is not."""
    one = Sentence(1, "It eases  Pain\u00a0in caf\u00e9s.")

    assert one.hash == Sentence(7, "it eases pain in cafe\u0301s.").hash
    assert one.hash != Sentence(1, "It eases pain in cafés not.").hash
    assert re.fullmatch("[0-9a-f]{16}", one.hash)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=6))
def test_no_word_is_lost(lines: list[str]) -> None:
    """Whatever the text, its letters are those of its sentences, in order."""
    text = "\n".join(lines)

    found = "".join(s.text for s in sentences(text))

    letters = [c for c in found if c.isalpha()]
    assert letters == [c for c in text if c.isalpha()]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    """The error names the file and the byte."""
    path = tmp_path / "page.txt"
    path.write_bytes(b"caf\xe9")

    with pytest.raises(UnreadableFile, match=r"page\.txt: no UTF-8 at byte 3"):
        read_sentences(path)
    with pytest.raises(UnreadableFile, match=r"nowhere\.txt: No such file"):
        read_sentences(tmp_path / "nowhere.txt")
