"""Every preset in every worldview from both start years, compared with numbers kept in golden/*.json.

When a change of the model is meant to change results, write them anew with

    pytest tests/model/engine/test_golden.py --update-golden

and say so in the changelog ("results changed").
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from model import Result, load_scenario, run
from model.assumptions.scenario import set_values
from model.engine.results import OUTCOMES
from tests.model.engine import specification as spec

GOLDEN = Path(__file__).parent / "golden"
START_YEARS = (2021, 2024)
MEMBERS, SEED = 1000, 7
POINTS = 2e-3  # tolerance of an outcome
SHARE = 2e-3  # tolerance of reversed_share: .2 worlds of 100


def bands(result: Result) -> dict[str, dict[str, list[float]]]:
    """Percentiles of each outcome by worldview, rounded, with the share of worlds reversed at home."""
    found = {}
    for worldview, values in result.to_dict()["worldviews"].items():
        found[worldview] = {name: [round(value, 3) for value in values[name].values()] for name in OUTCOMES}
        found[worldview]["reversed_share"] = [round(values["reversed_share"], 3)]
    return found


def golden(preset: str) -> dict[str, Any]:
    """What a golden file holds: the settings that made it, and the numbers."""
    scenario = load_scenario(preset)
    results = {
        str(start): bands(run(set_values(scenario, {"start": start}), members=MEMBERS, seed=SEED))
        for start in START_YEARS
    }
    settings = {
        "levers": dict(scenario.levers),
        "horizon": scenario.horizon,
        "onset": scenario.onset,
        "ramp": scenario.ramp,
        "members": MEMBERS,
        "seed": SEED,
    }
    return {"settings": settings, "percentiles": ["p10", "p50", "p90"], "results": results}


def written(data: dict[str, Any]) -> str:
    """JSON with one line an outcome."""
    text = json.dumps(data, indent=1)
    return re.sub(r"\[\s+([^][]+?)\s+\]", lambda numbers: f"[{' '.join(numbers[1].split())}]", text) + "\n"


@pytest.mark.parametrize("preset", list(spec.PRESETS))
def test_a_preset_gives_the_golden_numbers(preset: str, request: pytest.FixtureRequest) -> None:
    path, now = GOLDEN / f"{preset}.json", golden(preset)
    if request.config.getoption("--update-golden"):
        path.write_text(written(now), encoding="utf-8")
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert now["settings"] == kept["settings"]
    assert kept["percentiles"] == now["percentiles"]
    assert set(kept["results"]) == {str(start) for start in START_YEARS}
    for start, worldviews in kept["results"].items():
        assert set(worldviews) == set(spec.WORLDVIEWS)
        for worldview, outcomes in worldviews.items():
            assert set(outcomes) == {*OUTCOMES, "reversed_share"}
            for name, band in outcomes.items():
                tolerance = SHARE if name == "reversed_share" else POINTS
                got = now["results"][start][worldview][name]
                assert got == pytest.approx(band, abs=tolerance), f"{start}, {worldview}: {name}"


def test_there_is_one_golden_file_for_each_preset() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{preset}.json" for preset in spec.PRESETS}
