"""Why a row of a KGX file could not be used, or not all of it."""

from __future__ import annotations

from typing import Final

NO_JSON: Final = "no JSON object"

NO_ID: Final = "id is no CURIE"
NO_CLASS: Final = "no class for its category or prefix"
EXCLUSIVE: Final = "categories that exclude each other"
OTHER_NAME: Final = "another name for the same id"
BAD_IDENTIFIER: Final = "identifier that is no CURIE or not of the form of its prefix"

NO_SUBJECT: Final = "subject is no CURIE"
NO_OBJECT: Final = "object is no CURIE"
NO_PREDICATE: Final = "no predicate"
UNKNOWN_END: Final = "an end of no known class"
ONE_THING: Final = "subject and object are the same"
NO_RELATION: Final = "no relation for the predicate"
NO_FIT: Final = "no relation for the predicate between things of these classes"
NO_SIGN: Final = "no relation for the predicate with its direction and aspect"
NO_TRUTH: Final = "negated is neither true nor false"
OTHER_SPECIES: Final = "about another species"
NO_CONTEXT: Final = "limited to a context that is no known thing"
DAMAGED: Final = "not as iatrograph exported it"
TWICE: Final = "the same claim again"


def changes_meaning(slot: str) -> str:
    """Return the reason for a row that says something else than its subject and object do."""
    return f"{slot} changes what is meant"


def no_place(column: str) -> str:
    """Return the reason, given once for each file, for a column that the model has no place for."""
    return f"no place for the column {column}"


def no_value(column: str) -> str:
    """Return the reason for a value that cannot be read, while the row is used."""
    return f"{column} is not of a known form"
