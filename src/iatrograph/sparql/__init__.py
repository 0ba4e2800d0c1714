"""The SPARQL protocol without HTTP: requests, formats, guards, dataset, cache."""
