"""Writes the reference pages that repeat what the code and the ledger say.

``python -m tools.reference`` refreshes them; a test fails while they are stale.
"""

from __future__ import annotations

import inspect
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from typer.core import TyperGroup
from typer.main import get_command

from iatrograph import errors
from iatrograph.cli.app import app
from iatrograph.coverage import WhyNone
from iatrograph.settings import Settings
from tools.readings import readings_page

if TYPE_CHECKING:
    from enum import StrEnum

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs" / "reference"


def settings_page() -> str:
    """Return the page of settings."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "the user's cache folder" if field.default_factory else repr(field.default)
        rows.append(
            f"## `{name}`\n\n{field.description}\n\nDefault: {default}. "
            f"Environment: `IATROGRAPH_{name.upper()}`.\n"
        )
    return (
        "# Settings\n\nA flag goes before the environment, the environment before "
        "`iatrograph.toml` in the current folder, that before the default. `iatrograph settings` "
        "shows what is in force. A refusal names the setting, its value and what was asked.\n\n"
        + "\n".join(rows)
    )


def errors_page() -> str:
    """Return the page of errors: the tree of the module, as it stands there."""
    tree = re.search(r"::\n\n(.*?)\n\n(?=\S)", errors.__doc__ or "", re.DOTALL)
    if tree is None:
        raise LookupError("errors.py draws no tree")
    lines = "\n".join(line.removeprefix("    ") for line in tree[1].splitlines())
    return (
        "# Errors\n\nEverything that Iatrograph reports is of one family. The command line prints "
        "one line on stderr and exits with 1 (2 where the words of the call are off); the server "
        "answers a problem document (RFC 9457) with the same sentence, and GraphQL an error "
        f"with it.\n\n```text\n{lines}\n```\n"
    )


def rules_page() -> str:
    """Return the page of rules for curated data, and of the reasons that the ledger knows."""
    return (
        "# Rules\n\n`iatrograph validate` and every build hold curated Turtle against these. A "
        "problem is one line: `file:line: what: what is wrong and what would be right [rule]`.\n\n"
        f"{_members(errors.Rule)}\n## Why a sentence gives nothing\n\nThe values of `why_none` in "
        f"`coverage.tsv`.\n\n{_members(WhyNone)}"
    )


def _members(enum: type[StrEnum]) -> str:
    """Return a table of the members of an enumeration, each with the text that stands below it."""
    source = inspect.getsource(enum)
    rows = re.findall(r'^    [A-Z_]+ = "([^"]+)"\n    """(.+?)"""', source, re.MULTILINE)
    if [name for name, _ in rows] != [member.value for member in enum]:
        raise LookupError(f"a member of {enum.__name__} has no text")
    return "\n".join(("| | |", "|---|---|", *(f"| `{name}` | {text} |" for name, text in rows), ""))


def command_page() -> str:
    """Return the page of the command line: the help of every command."""
    os.environ["COLUMNS"] = "88"
    command = get_command(app)
    parts = ["# Command line\n"]
    if not isinstance(command, TyperGroup):
        raise TypeError("the command line has no commands")
    for name, sub in sorted(command.commands.items()):
        root = command.make_context("iatrograph", [], resilient_parsing=True)
        usage = sub.make_context(name, [], parent=root, resilient_parsing=True).get_usage()
        text = (sub.help or "").strip()
        options = [
            f"| `{' '.join((*p.opts, *p.secondary_opts))}` | {getattr(p, 'help', '') or ''} |"
            for p in sub.params
        ]
        table = "\n".join(("| | |", "|---|---|", *options)) if options else ""
        parts.append(f"## {name}\n\n{text}\n\n```text\n{usage}\n```\n\n{table}\n")
    return "\n".join(parts)


PAGES: Final = {
    "settings.md": settings_page,
    "errors.md": errors_page,
    "rules.md": rules_page,
    "readings.md": readings_page,
    "command-line.md": command_page,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), "utf-8")
