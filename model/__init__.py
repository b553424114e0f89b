"""Strategic Triangle: a scenario model of Russia-China alignment under rival worldviews.

    from model import load_scenario, run
    result = run(load_scenario("opening-hand"))
    result.to_dict()["worldviews"]["op-ed"]["shift"]

Assumptions worked out, not a forecast.
"""

from model.assumptions.catalog import MODEL_VERSION, catalog
from model.assumptions.scenario import analogues, load_scenario, presets
from model.assumptions.worldview import load_worldview
from model.engine.results import Result, run
from model.errors import InputError

__all__ = [
    "MODEL_VERSION",
    "InputError",
    "Result",
    "analogues",
    "catalog",
    "load_scenario",
    "load_worldview",
    "presets",
    "run",
]
