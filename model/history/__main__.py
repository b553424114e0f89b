"""The command `python -m model.history FOLDER`: makes history.csv anew from the raw tables in a folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from model.assumptions.catalog import DATA
from model.errors import InputError
from model.history.made import history_table


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code is 2 on bad input."""
    top = argparse.ArgumentParser(prog="python -m model.history", description="Make history.csv from the raw tables.")
    top.add_argument("folder", type=Path, help="holds the raw tables that model/history/made.py names")
    top.add_argument("--to", type=Path, default=DATA / "history.csv", help="the file to write")
    options = top.parse_args(arguments)
    try:
        table = history_table(options.folder)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    table.to_csv(options.to, index=False, lineterminator="\n")
    print(f"{len(table)} values of {table['series'].nunique()} series.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
