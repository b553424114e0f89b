"""Adds links to the corpus: `python -m tests.corpus add "preset=opening-hand&nato=30" ...`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from model import InputError
from tests.corpus import add


def main(arguments: Sequence[str] | None = None) -> int:
    """Add links, print the new lines; the exit code is 2 on bad input."""
    top = argparse.ArgumentParser(prog="python -m tests.corpus", description="Links that must open for ever.")
    adding = top.add_subparsers(dest="command", required=True).add_parser("add", help="add links with today's results")
    adding.add_argument("query", nargs="*", help="what follows the ? of a link; without any, all links of the corpus")
    try:
        for line in add(top.parse_args(arguments).query):
            print(f"{line.query}\n  {line.set}: {line.results}")
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
