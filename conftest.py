"""Runs the examples of README.md and docs/ and holds their printed answers against the real ones.

``console`` blocks run in a shell with the data of one temporary folder; ``graphql`` and ``sparql``
blocks are asked of the bundled graph, and a ``json`` or ``csv`` block after one is its answer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

if TYPE_CHECKING:
    from sybil import Example

_BIN = Path(sys.executable).parent


def _run(command: str, namespace: dict[str, object]) -> str:
    data = str(namespace["data_dir"])
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("IATROGRAPH_")},
        "PATH": f"{_BIN}{os.pathsep}{os.environ['PATH']}",
        "IATROGRAPH_DATA_DIR": data,
    }
    done = subprocess.run(  # noqa: S602  # the examples of our own pages
        command,
        shell=True,
        env=environment,
        cwd=data,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{command}\n{done.stdout}{done.stderr}")
    return done.stdout


def _console(example: Example) -> None:
    for part in example.parsed.split("$ ")[1:]:
        command, _, printed = part.partition("\n")
        if "serve" in command or command.startswith(("make", "git", "pip", "cd")):
            continue  # shown for the reader; tests of their own run these
        printed = printed.rstrip()
        actual = "\n".join(line.rstrip() for line in _run(command, example.namespace).splitlines())
        if printed:
            assert actual == printed, f"{command} prints\n{actual}"


def _ask(language: str, form: str) -> CodeBlockParser:
    def evaluate(example: Example) -> None:
        with tempfile.NamedTemporaryFile("w", suffix=f".{language}") as file:
            file.write(example.parsed)
            file.flush()
            command = f"iatrograph {language} {file.name} {form}".strip()
            example.namespace["answer"] = _run(command, example.namespace)

    return CodeBlockParser(language, evaluate)


def _answer_json(example: Example) -> None:
    answer = json.loads(example.namespace["answer"])
    if "extensions" not in json.loads(example.parsed):
        answer.pop("extensions", None)
    assert answer == json.loads(example.parsed), json.dumps(answer, indent=2)


def _answer_csv(example: Example) -> None:
    answer = example.namespace["answer"]
    assert answer.split() == example.parsed.split(), answer


def _setup(namespace: dict[str, object]) -> None:
    folder = tempfile.TemporaryDirectory(prefix="iatrograph-docs-")
    namespace["_folder"], namespace["data_dir"] = folder, folder.name


def _teardown(namespace: dict[str, object]) -> None:
    namespace["_folder"].cleanup()  # type: ignore[attr-defined]  # made in _setup


pytest_collect_file = Sybil(
    parsers=[
        SkipParser(),
        PythonCodeBlockParser(),
        CodeBlockParser("console", _console),
        _ask("graphql", ""),
        _ask("sparql", "--format csv"),
        CodeBlockParser("json", _answer_json),
        CodeBlockParser("csv", _answer_csv),
    ],
    patterns=["README.md", "docs/**/*.md", "docs/*.md"],
    setup=_setup,
    teardown=_teardown,
).pytest()
