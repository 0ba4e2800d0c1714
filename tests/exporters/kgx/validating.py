"""Runs KGX's own validation and copying in its environment, with a model that is installed.

Usage: validating.py FOLDER REPORT [FOLDER TO COPY TO]. KGX itself fetches the Biolink model and its
JSON-LD context over the network, as they are on that day; here the model is that of the package
``biolink-model``, and the context is made of it by LinkML, as Biolink makes its own.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import files
from pathlib import Path

import bmt
from linkml.generators.jsonldcontextgen import ContextGenerator

FILES = ("nodes.jsonl", "edges.jsonl")


def model() -> str:
    """Return the path of the schema of Biolink."""
    (path,) = (p for p in files("biolink-model") or () if p.name == "biolink_model.yaml")
    return str(path.locate())


def main(folder: str, report: str, copy: str = "") -> None:
    """Validate a folder and write what was found as JSON; with a third path, copy the graph."""
    schema = model()
    bmt.Toolkit.__init__.__defaults__ = (schema, {"predicate mappings": []})
    # Only now, since the import makes a toolkit.
    from kgx import config
    from kgx.cli.cli_utils import transform, validate

    config.get_config()
    context = json.loads(ContextGenerator(schema).serialize())["@context"]
    config.jsonld_context_map["biolink"] = context
    inputs = [f"{folder}/{name}" for name in FILES]
    found = validate(inputs, "jsonl", None, f"{report}.txt", None)
    Path(report).write_text(json.dumps(found))
    if copy:
        transform(
            inputs, input_format="jsonl", output=f"{copy}/g", output_format="jsonl", stream=True
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
