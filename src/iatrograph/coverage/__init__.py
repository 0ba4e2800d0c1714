"""Whether every sentence of a source was read: the ledger, and the sentences it is held against."""

from iatrograph.coverage.ledger import LEDGER, WhyNone, check_ledger, check_sentences
from iatrograph.coverage.sentences import Sentence, read_sentences, sentences

__all__ = [
    "LEDGER",
    "Sentence",
    "WhyNone",
    "check_ledger",
    "check_sentences",
    "read_sentences",
    "sentences",
]
