"""``python -m benchmarks`` prints all figures; names of benchmarks choose among them."""

from __future__ import annotations

import sys

from benchmarks import build, care_paths, sparql_http, start, tables

ALL = {
    "start": start.main,
    "sparql_http": sparql_http.main,
    "care_paths": care_paths.main,
    "build": build.main,
    "tables": tables.main,
}

if __name__ == "__main__":
    chosen, sys.argv[1:] = sys.argv[1:] or list(ALL), []
    for name in chosen:
        print(f"\n== {name}")
        ALL[name]()
