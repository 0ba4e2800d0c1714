"""Whether every sentence of a source was read, and how far two readings of it agree."""

from iatrograph.coverage.ledger import LEDGER, WhyNone, check_ledger, check_sentences
from iatrograph.coverage.readings import READINGS, agreements, check_readings, read_readings
from iatrograph.coverage.sentences import Sentence, read_sentences, sentences

__all__ = [
    "LEDGER",
    "READINGS",
    "Sentence",
    "WhyNone",
    "agreements",
    "check_ledger",
    "check_readings",
    "check_sentences",
    "read_readings",
    "read_sentences",
    "sentences",
]
