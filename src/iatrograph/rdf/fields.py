"""Reading the values of one description, property by property, and noting what is wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from iatrograph.errors import Rule
from iatrograph.rdf.documents import RDF_TYPE
from iatrograph.vocabulary import PREFIXES, compact, contract, did_you_mean

if TYPE_CHECKING:
    from iatrograph.errors import Problem
    from iatrograph.rdf.documents import Description, Term
    from iatrograph.vocabulary import Ontology

_XSD: Final = PREFIXES["xsd"]
_DECIMALS: Final = frozenset({_XSD + "decimal", _XSD + "integer"})


class Fields:
    """The values of one description. Each property read is known; ``finish`` reports the others.

    A value that cannot be read is left out of what a method returns and noted in ``problems``.
    """

    def __init__(
        self, description: Description, ontology: Ontology, problems: list[Problem]
    ) -> None:
        """Take the description to read and the list that problems are added to."""
        self.description, self.ontology, self.problems = description, ontology, problems
        self._read = {RDF_TYPE}

    def note(self, rule: Rule, message: str, *at: str) -> None:
        """Note a problem, at the line where one of the terms stands."""
        self.problems.append(self.description.problem(rule, message, *at))

    def _values(self, prop: str, least: int, most: int | None) -> tuple[Term, ...]:
        self._read.add(prop)
        values = self.description.all(prop)
        if len(values) < least:
            self.note(
                Rule.PRESENCE,
                f"{compact(prop)} is missing; write {'one' if most == 1 else 'at least one'}",
            )
        if most is not None and len(values) > most:
            self.note(
                Rule.CARDINALITY, f"{compact(prop)} has {len(values)} values; keep {most}", prop
            )
        return values[:most]

    def texts(
        self, prop: str, *, least: int = 0, most: int | None = None, language: str | None = None
    ) -> tuple[str, ...]:
        """Return plain strings, or strings of one language."""
        found: list[str] = []
        for value in self._values(prop, least, most):
            if not isinstance(value, ox.Literal):
                self.note(
                    Rule.FORM,
                    f"{compact(prop)} has to be text, {value} is not; put it in quotes",
                    prop,
                )
            elif value.language != language:
                right = f"@{language}" if language else "no language tag"
                self.note(Rule.FORM, f"{compact(prop)} {value} has to have {right}", prop)
            elif language is None and value.datatype.value != _XSD + "string":
                self.note(
                    Rule.FORM, f"{compact(prop)} {value} has to be a plain string; quote it", prop
                )
            else:
                found.append(value.value)
        return tuple(sorted(found))

    def text(self, prop: str, *, required: bool = False, language: str | None = None) -> str | None:
        """Return the one string of a property, or None."""
        found = self.texts(prop, least=int(required), most=1, language=language)
        return found[0] if found else None

    def iris(self, prop: str, *, least: int = 0, most: int | None = None) -> tuple[str, ...]:
        """Return the IRIs of a property."""
        found: list[str] = []
        for value in self._values(prop, least, most):
            if isinstance(value, ox.NamedNode):
                found.append(value.value)
            else:
                self.note(Rule.FORM, f"{compact(prop)} has to be an IRI, {value} is not", prop)
        return tuple(sorted(found))

    def entities(self, prop: str, *, least: int = 0, most: int | None = None) -> tuple[str, ...]:
        """Return entities as slugs and CURIEs."""
        return tuple(sorted(map(contract, self.iris(prop, least=least, most=most))))

    def named(
        self, prop: str, prefix: str, *, least: int = 0, most: int | None = None
    ) -> tuple[str, ...]:
        """Return what follows the prefix (``src``, ``ref``, ...) in the IRIs of a property."""
        found: list[str] = []
        for iri in self.iris(prop, least=least, most=most):
            if iri.startswith(PREFIXES[prefix]):
                found.append(iri.removeprefix(PREFIXES[prefix]))
            else:
                self.note(
                    Rule.FORM, f"{compact(prop)} has to be a {prefix}: IRI, not {compact(iri)}", iri
                )
        return tuple(found)

    def concepts(
        self, prop: str, scheme: str, *, least: int = 0, most: int | None = None
    ) -> tuple[str, ...]:
        """Return the notations of the concepts of a scheme."""
        by_iri = self.ontology.schemes[scheme].by_iri
        found: list[str] = []
        for iri in self.iris(prop, least=least, most=most):
            if iri in by_iri:
                found.append(by_iri[iri].key)
            else:
                names = [compact(concept) for concept in by_iri]
                hint = did_you_mean(compact(iri), names) or f"; write one of {', '.join(names)}"
                self.note(
                    Rule.VALUE, f"{compact(prop)}: {compact(iri)} is not in ig:{scheme}{hint}", iri
                )
        return tuple(sorted(found))

    def decimals(self, prop: str, *, least: int = 0, most: int | None = None) -> tuple[str, ...]:
        """Return decimal numbers as their digits, without zeros that say nothing."""
        found: list[str] = []
        for value in self._values(prop, least, most):
            if isinstance(value, ox.Literal) and value.datatype.value in _DECIMALS:
                found.append(f"{Decimal(value.value).normalize():f}")
            else:
                message = f"{compact(prop)} has to be a decimal number, {value} is not"
                self.note(Rule.FORM, message, prop)
        return tuple(sorted(found))

    def number(self, prop: str) -> int | None:
        """Return the one integer of a property."""
        for value in self._values(prop, 1, 1):
            if isinstance(value, ox.Literal) and value.datatype.value == _XSD + "integer":
                return int(value.value)
            self.note(Rule.FORM, f"{compact(prop)} has to be a whole number, {value} is not", prop)
        return None

    def finish(self) -> None:
        """Note every property that nobody read."""
        unknown = self.description.values.keys() - self._read
        known = sorted(compact(prop) for prop in self._read) if unknown else []
        for prop in unknown:
            name = compact(prop)
            hint = did_you_mean(name, known) or f"; known here: {', '.join(known)}"
            self.note(Rule.PROPERTY, f"unknown property {name}{hint}", prop)
