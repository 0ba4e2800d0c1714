"""The command ``iatrograph``: data on stdout, everything else on stderr, exit 0, 1 or 2."""

from __future__ import annotations

import os
import sys

from iatrograph.cli.app import app
from iatrograph.errors import IatrographError, InvalidGraph

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; what is wrong with data or a question ends in one line and exit 1."""
    try:
        app(standalone_mode=True)
    except InvalidGraph as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(1)
    except IatrographError as error:
        print(f"iatrograph: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of the pipe has had enough; nothing is to complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
