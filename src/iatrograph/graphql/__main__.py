"""Prints the schema: ``python -m iatrograph.graphql > docs/reference/schema.graphql``."""

import sys

from iatrograph.graphql.schema import schema_text
from iatrograph.vocabulary import ontology

sys.stdout.write(schema_text(ontology()))
