"""How often a worldview answers: `python -m tests.benchmarks.packages`.

Packages spread over all levers (a Latin hypercube: each lever's range is cut into as many parts as there are packages,
and each part is used once), and in how many of 100 the middle shift rounds to 0 or stays within one point.
"""

from __future__ import annotations

import argparse

import numpy as np

from model import catalog, presets, run
from model.assumptions.scenario import set_values

FIRST = "status-quo"


def packages(many: int, seed: int) -> list[dict[str, int]]:
    """Settings of all levers, `many` packages by Latin hypercube."""
    dice, levers = np.random.default_rng(seed), catalog().levers
    columns = {
        key: np.rint((dice.permutation(many) + dice.random(many)) / many * lever.high).astype(int).tolist()
        for key, lever in levers.items()
    }
    return [{key: columns[key][i] for key in levers} for i in range(many)]


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--packages", type=int, default=500)
    options.add_argument("--members", type=int, default=1000)
    options.add_argument("--seed", type=int, default=7)
    asked = options.parse_args()
    middle = np.array(
        [
            np.median(run(set_values(presets()[FIRST], package), members=asked.members).shift[-1], axis=-1)
            for package in packages(asked.packages, asked.seed)
        ]
    )
    print(f"{asked.packages} packages, {asked.members} worlds of each worldview; of 100 packages, in how many")
    print(f"{'':<12}{'rounds to 0':>14}{'within 1 point':>16}{'lowest':>9}{'highest':>9}")
    for name, shifts in zip(catalog().worldviews, middle.T, strict=True):
        still, near = (100 * (np.abs(shifts) <= bound).mean() for bound in (0.5, 1))
        print(f"{name:<12}{still:>14.0f}{near:>16.0f}{shifts.min():>9.0f}{shifts.max():>9.0f}")


if __name__ == "__main__":
    main()
