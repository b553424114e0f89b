"""Strategic Triangle: a scenario model of Russia-China alignment under rival worldviews.

    from model import load_scenario, run
    result = run(load_scenario("opening-hand"))
    result.to_dict()["worldviews"]["op-ed"]["shift"]

Assumptions worked out, not a forecast.
"""

from model.catalog import MODEL_VERSION, catalog
from model.errors import InputError
from model.results import Result, run
from model.scenario import analogues, load_scenario, presets

__all__ = [
    "MODEL_VERSION",
    "InputError",
    "Result",
    "analogues",
    "catalog",
    "load_scenario",
    "presets",
    "run",
]
