"""Holding data against the ontology: rows of imports as they stream, curated Turtle by SHACL.

Nothing is imported here, since pySHACL takes long to load and only ``validate`` needs it.
"""
