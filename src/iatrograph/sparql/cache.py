"""Keeps answers that were given lately, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

ENTRY_BYTES: Final = 400
"""What an entry costs beside its texts; measured, roughly."""


@dataclass(frozen=True, slots=True)
class Question:
    """What makes two answers the same."""

    release: str
    query: str
    default_graph: bool
    format: str


class AnswerCache:
    """Answers by question; those asked longest ago go first."""

    def __init__(self, max_bytes: int) -> None:
        """Take how many bytes are kept; 0 keeps none."""
        self._max_bytes = max_bytes
        self._answers: OrderedDict[Question, bytes] = OrderedDict()
        self.used_bytes = 0

    def get(self, question: Question) -> bytes | None:
        """Return the answer, if it is still there."""
        answer = self._answers.get(question)
        if answer is not None:
            self._answers.move_to_end(question)
        return answer

    def put(self, question: Question, answer: bytes) -> None:
        """Keep an answer, unless it alone would take more than an eighth of the room."""
        size = _size(question, answer)
        if size > self._max_bytes // 8 or question in self._answers:
            return
        self._answers[question] = answer
        self.used_bytes += size
        while self.used_bytes > self._max_bytes:
            self.used_bytes -= _size(*self._answers.popitem(last=False))


def _size(question: Question, answer: bytes) -> int:
    # A text may take up to four bytes a character in memory.
    return ENTRY_BYTES + 4 * len(question.query) + len(answer)
