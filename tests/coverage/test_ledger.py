from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from iatrograph.coverage import LEDGER, check_ledger, check_sentences, sentences
from iatrograph.errors import UnreadableFile
from iatrograph.model import (
    Claim,
    Contribution,
    Explanation,
    Reference,
    Source,
    Stance,
    StatementKey,
)

if TYPE_CHECKING:
    from pathlib import Path

TEXT: Final = "Does it help?\nIt helps. It works by magic (1).\n\nA work, 2001\n"
HASHES: Final = [sentence.hash for sentence in sentences(TEXT)]
KEY: Final = StatementKey("drug", "treats", "pain")
CONTRIBUTION: Final = Contribution(
    sources=(Source("one", "One", "article"), Source("two", "Two", "article")),
    entities=(),
    claims=(Claim(f"{KEY.id}.one", KEY, Stance.AFFIRMS, "one"),),
    references=(Reference("work", "A work"),),
    explanations=(Explanation("magic", "magic", (KEY,), "one", "definite"),),
)
RIGHT: Final = (
    f"one\t1\t{HASHES[0]}\t\tquestion",
    f"one\t2\t{HASHES[1]}\tcl:{KEY.id}.one\t",
    f"one\t3\t{HASHES[2]}\tcl:{KEY.id}.one ex:magic\t",
    f"one\t4\t{HASHES[3]}\tref:work\t",
)


def written(folder: Path, *rows: str) -> Path:
    """Write a ledger and return its path."""
    path = folder / LEDGER
    path.write_text("\n".join(["source\tordinal\thash\tgives\twhy_none", *rows, ""]))
    return path


def faults(folder: Path, *rows: str) -> list[str]:
    """Return what is wrong with a ledger of these rows, each with its line."""
    problems = check_ledger(written(folder, *rows), CONTRIBUTION)
    return [f"{p.line}: {p.term}: {p.message}" for p in problems]


def test_a_ledger_of_every_sentence_and_every_claim_is_right(tmp_path: Path) -> None:
    """Claims, explanations and works all stand where a sentence gives them."""
    assert faults(tmp_path, *RIGHT) == []


@pytest.mark.parametrize(
    ("line", "row", "fault"),
    [
        (2, "one\t1\tx\t\t", "2: one 1: gives nothing; name claims, or say why: heading, question"),
        (2, "one\t1\tx\t\tbored", "2: one 1: no reason 'bored'; write one of heading, question"),
        (3, f"one\t2\tx\tcl:{KEY.id}.one\theading", "3: one 2: gives something and says heading"),
        (4, "one\t3\tx\tex:magik\t", "4: one 3: nobody describes ex:magik; did you mean ex:magic?"),
        (4, "one\t3\tx\tex:magik\t", "1: ex:magic: no sentence gives it; name it where it stands"),
        (4, "two\t1\tx\tex:magic\t", "4: two 1: gives ex:magic, which is of one"),
        (5, "twoo\t4\tx\tref:work\t", "5: twoo 4: nobody describes the source twoo; did you"),
        (2, "one\t0\tx\t\tquestion", "1: one: its sentences are not numbered from 1 without gaps"),
    ],
)
def test_a_wrong_row_is_told_with_line_and_remedy(
    tmp_path: Path, line: int, row: str, fault: str
) -> None:
    """What is wrong, on which line, and what to do."""
    rows = list(RIGHT)
    rows[line - 2] = row

    assert any(found.startswith(fault) for found in faults(tmp_path, *rows))


def test_a_row_of_the_wrong_form_is_told(tmp_path: Path) -> None:
    """Columns, cells and ordinals have to be right before anything else is looked at."""
    with pytest.raises(UnreadableFile, match=r"coverage\.tsv:2: 4 cells; write 5"):
        check_ledger(written(tmp_path, "one\t1\tx\t"), CONTRIBUTION)
    with pytest.raises(UnreadableFile, match=r"coverage\.tsv:2: the ordinal '1a' is no whole"):
        check_ledger(written(tmp_path, "one\t1a\tx\t\tquestion"), CONTRIBUTION)
    (tmp_path / LEDGER).write_text("a,b\n")
    with pytest.raises(UnreadableFile, match=r"coverage\.tsv:1: the columns have to be source, "):
        check_ledger(tmp_path / LEDGER, CONTRIBUTION)


def test_sentences_are_held_against_the_text(tmp_path: Path) -> None:
    """A sentence that is missing, too many or in other words is told; the right ones are not."""
    text = tmp_path / "one.txt"
    text.write_text(TEXT)
    texts = {"one": text}

    assert check_sentences(written(tmp_path, *RIGHT), texts) == ()
    text.write_text(TEXT.replace("helps", "harms"))
    (changed,) = check_sentences(written(tmp_path, *RIGHT), texts)
    assert (changed.line, changed.term) == (3, "one 2")
    assert changed.message.endswith("read again")
    text.write_text(TEXT + "More.")
    (missing,) = check_sentences(written(tmp_path, *RIGHT), texts)
    assert str(missing).endswith("one 5: missing; one.txt has it [ledger]")
    text.write_text(TEXT.removesuffix("A work, 2001\n"))
    (surplus,) = check_sentences(written(tmp_path, *RIGHT), texts)
    assert str(surplus).endswith("coverage.tsv:5: one 4: not in one.txt; take it away [ledger]")
