"""HTTP: the application, its routes, errors as problems, limits on requests."""
