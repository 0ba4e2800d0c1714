"""The words of the project, read from ``ontology/`` and written nowhere else."""

from iatrograph.vocabulary.near import did_you_mean, near_matches
from iatrograph.vocabulary.ontology import (
    Concept,
    EntityClass,
    Ontology,
    Qualifier,
    Relation,
    Scheme,
)
from iatrograph.vocabulary.prefixes import PREFIXES, compact, contract, expand, iri_of
from iatrograph.vocabulary.reading import load_ontology, ontology
from iatrograph.vocabulary.resources import resource

__all__ = [
    "PREFIXES",
    "Concept",
    "EntityClass",
    "Ontology",
    "Qualifier",
    "Relation",
    "Scheme",
    "compact",
    "contract",
    "did_you_mean",
    "expand",
    "iri_of",
    "load_ontology",
    "near_matches",
    "ontology",
    "resource",
]
