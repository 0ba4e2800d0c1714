"""GraphQL over the catalog: a schema made from the ontology, answered level by level."""

from iatrograph.graphql.answering import Answer, GraphQL, Prepared, Request
from iatrograph.graphql.context import Context
from iatrograph.graphql.document import Limits
from iatrograph.graphql.release_types import DISCLAIMER
from iatrograph.graphql.schema import schema_text

__all__ = [
    "DISCLAIMER",
    "Answer",
    "Context",
    "GraphQL",
    "Limits",
    "Prepared",
    "Request",
    "schema_text",
]
