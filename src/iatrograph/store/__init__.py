"""The Oxigraph store: loading it, and the processes that query it.

Nothing is imported here, so that a worker process carries only what it needs.
"""
