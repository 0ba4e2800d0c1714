"""A knowledge graph of what medicines do to people, with who says so and who denies it."""

__version__ = "0.1.0"
