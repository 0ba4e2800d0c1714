"""Which identifiers mean one thing, and which only look alike."""
