"""The words of the project, read from ``ontology/`` and written nowhere else."""

from iatrograph.vocabulary.ontology import (
    Concept,
    EntityClass,
    Ontology,
    Qualifier,
    Relation,
    Scheme,
    load_ontology,
    ontology,
)
from iatrograph.vocabulary.prefixes import PREFIXES, contract, expand, iri_of
from iatrograph.vocabulary.resources import resource

__all__ = [
    "PREFIXES",
    "Concept",
    "EntityClass",
    "Ontology",
    "Qualifier",
    "Relation",
    "Scheme",
    "contract",
    "expand",
    "iri_of",
    "load_ontology",
    "ontology",
    "resource",
]
