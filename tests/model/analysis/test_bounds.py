"""Worlds that stand on an end of what is admissible are counted as they are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from model import catalog, run
from model.analysis.bounds import at_bounds
from model.analysis.goals import of_100
from model.assumptions.catalog import EDITED
from model.assumptions.edits import edits, worldview_of
from model.assumptions.switches import switches
from model.engine.results import Ensemble, worlds_of


@pytest.mark.parametrize("worldview", list(catalog().worldviews))
def test_the_counts_are_those_of_the_worlds_of_a_run(worldview: str) -> None:
    known = catalog()
    worlds = worlds_of(Ensemble(known, (worldview,), 400, 7, switches("base", known), 10, ()))
    found = at_bounds(known, worldview, 400, 7)
    for name, definition in known.parameters.items():
        drawn = getattr(worlds.parameters, name)[0]
        ends = np.asarray(definition.admissible, drawn.dtype)
        assert found[name] == of_100(np.isin(drawn, ends)), name


def test_a_range_at_an_end_puts_many_worlds_on_it_and_one_inside_none() -> None:
    own = worldview_of(edits("op-ed", {"binding_share": (0, 0, 0), "latent_friction": (0.49, 0.5, 0.51)}))
    found = at_bounds(catalog().beside(own), EDITED)
    assert (found["binding_share"], found["latent_friction"]) == (100, 0)
    assert run("opening-hand", members=50, worldview=own).worldviews[-1] == EDITED
