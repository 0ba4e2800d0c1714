"""What the links of DrugMechDB say in the relations of the ontology, and with which sign.

Each predicate has readings, the narrowest first. The first whose domain and range hold for the two
ends is taken; that the two are associated always holds, and is what is left.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from iatrograph.model import StatementKey
from iatrograph.model.conformance import Known, statement_faults
from iatrograph.vocabulary import ontology


class Reading(NamedTuple):
    """A relation, whether it runs against the link, and the class its object is limited to."""

    relation: str
    is_reversed: bool = False
    only_to: str = "Entity"


class Meaning(NamedTuple):
    """The readings of a predicate, and whether the link raises or lowers what it leads to."""

    direction: str
    readings: tuple[Reading, ...]


def _meaning(direction: str, *words: str) -> Meaning:
    """Return readings out of words, and the one that always holds.

    ``~hasSymptom`` runs against the link; ``contributesTo/Finding`` is only taken where its object
    is a finding.
    """
    found = []
    for word in (*words, "associatedWith"):
        relation, _, only_to = word.removeprefix("~").partition("/")
        found.append(Reading(relation, word.startswith("~"), only_to or "Entity"))
    return Meaning(direction, tuple(found))


_RAISES: Final = _meaning("raises", "increases", "contributesTo/Finding", "influences")
_LOWERS: Final = _meaning("lowers", "decreases", "mitigates", "lessens", "influences")
_TOUCHES: Final = _meaning("unsigned", "actsOn", "influences")
_BINDS: Final = _meaning("unsigned", "binds", "~binds")
_YIELDS: Final = _meaning("raises", "contributesTo")
_SHOWS: Final = _meaning("raises", "~hasSymptom")
_TAKES_PART: Final = _meaning("unsigned", "participatesIn")
_NO_RELATION: Final = _meaning("unsigned")

MEANINGS: Final[dict[str, Meaning]] = {
    # more of it
    "positively regulates": _RAISES,
    "increases activity of": _RAISES,
    "increases expression of": _RAISES,
    "increases stability of": _RAISES,
    "increases abundance of": _meaning(
        "raises", "increases", "raisesExposureOf", "contributesTo/Finding", "influences"
    ),
    "produces": _meaning("raises", "increases", "contributesTo"),
    "has output": _meaning("raises", "increases", "contributesTo"),
    "produced by": _meaning("raises", "~increases", "~contributesTo"),
    "increases transport of": _meaning("raises", "actsOn", "influences"),
    "increases response to": _meaning("raises", "actsOn", "influences"),
    # less of it
    "negatively regulates": _LOWERS,
    "decreases activity of": _LOWERS,
    "decreases abundance of": _LOWERS,
    "decreases expression of": _LOWERS,
    "decreases synthesis of": _LOWERS,
    "increases degradation of": _LOWERS,
    "disrupts": _LOWERS,
    "disrupted by": _meaning("lowers", "~decreases", "~influences"),
    "decreases uptake of": _meaning("lowers", "actsOn", "influences"),
    "decreases response to": _meaning("lowers", "actsOn", "influences"),
    # some influence
    "regulates": _TOUCHES,
    "affected by": _meaning("unsigned", "~actsOn", "~affectsSite", "~influences"),
    "affects risk for": _meaning("unsigned", "influences"),
    "interacts with": _meaning("unsigned", "actsOn", "affectsSite"),
    "molecularly interacts with": _BINDS,
    "physically interacts with": _BINDS,
    "directly interacts with": _BINDS,
    "in complex with": _BINDS,
    # findings and where they come from
    "causes": _meaning("raises", "mayCause", "contributesTo"),
    "caused by": _meaning("raises", "~mayCause", "~contributesTo"),
    "contributes to": _YIELDS,
    "predisposes": _YIELDS,
    "exacerbates": _meaning("raises", "worsens", "increases", "influences"),
    "manifestation of": _SHOWS,
    "phenotype of": _SHOWS,
    "has phenotype": _meaning("raises", "hasSymptom"),
    # done against it
    "treats": _meaning("lowers", "treats", "lessens", "influences"),
    "ameliorates": _meaning("lowers", "mitigates", "lessens", "actsOn", "influences"),
    "prevents": _meaning("lowers", "prevents", "decreases", "lessens", "influences"),
    "contraindicated for": _meaning("unsigned", "contraindicatedIn"),
    # found together: no direction of effect
    "positively correlated with": _meaning("raises"),
    "negatively correlated with": _meaning("lowers"),
    "correlated with": _NO_RELATION,
    "coexists with": _NO_RELATION,
    "precedes": _NO_RELATION,
    "in taxon": _NO_RELATION,
    # taking part, being part, being somewhere
    "participates in": _TAKES_PART,
    "actively involved in": _TAKES_PART,
    "capable of": _TAKES_PART,
    "enables": _TAKES_PART,
    "has participant": _meaning("unsigned", "~participatesIn"),
    "part of": _meaning("unsigned", "partOf"),
    "has part": _meaning("unsigned", "~partOf"),
    "has active ingredient": _meaning("unsigned", "~partOf"),
    "located in": _meaning("unsigned", "locatedIn"),
    "occurs in": _meaning("unsigned", "locatedIn"),
    "location of": _meaning("unsigned", "~locatedIn"),
    "expresses": _meaning("unsigned", "expresses"),
    "expressed in": _meaning("unsigned", "~expresses"),
    # one substance out of another, and likeness
    "has metabolite": _YIELDS,
    "derives into": _YIELDS,
    "is metabolite of": _meaning("raises", "~contributesTo"),
    "derives from": _meaning("raises", "~contributesTo"),
    "subclass of": _meaning("unsigned", "kindOf"),
    "superclass of": _meaning("unsigned", "~kindOf"),
    "chemically similar to": _meaning("unsigned", "analogueOf"),
    "similar to": _meaning("unsigned", "analogueOf"),
}
"""By predicate, as DrugMechDB writes it; one that is not here is not understood."""


def statement_of(
    key: str, source: str, target: str, kinds: tuple[tuple[str, ...], tuple[str, ...]]
) -> StatementKey:
    """Return what a link says: the narrowest reading that holds for the kinds of its two ends."""
    reading = _reading(key, *kinds)
    ends = (target, source) if reading.is_reversed else (source, target)
    if ontology().relations[reading.relation].is_symmetric:
        ends = (min(ends), max(ends))
    return StatementKey(ends[0], reading.relation, ends[1])


@lru_cache(maxsize=1 << 12)
def _reading(key: str, source: tuple[str, ...], target: tuple[str, ...]) -> Reading:
    return next(found for found in MEANINGS[key].readings if _holds(found, source, target))


def _holds(reading: Reading, source: tuple[str, ...], target: tuple[str, ...]) -> bool:
    """Whether domain and range hold; the ends are called so that they stand in order."""
    subject, thing = (target, source) if reading.is_reversed else (source, target)
    known = Known({"a": subject, "b": thing}, sources=())
    statement = StatementKey("a", reading.relation, "b")
    is_fitting = known.is_a("b", reading.only_to, ontology())
    return is_fitting and not any(statement_faults(statement, known, ontology()))
