"""Model values to triples and back: N-Triples lines, curated Turtle, its canonical form, rules."""
