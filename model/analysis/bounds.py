"""How many assumed worlds stand on an end of what is admissible, where a split normal was clipped."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.analysis.goals import of_100
from model.assumptions.catalog import Assumptions
from model.engine.worlds import leaning, sample


def at_bounds(known: Assumptions, worldview: str, members: int = 1000, seed: int = 7) -> Mapping[str, int]:
    """Worlds of 100 in which a parameter of a worldview stands on an end of its admissible range, by its name.

    Of the base structure; the worlds are those of a run with this seed.
    """
    together = np.zeros(members, bool)
    found = {}
    for name, definition in known.parameters.items():
        deviate = leaning(known, seed, name, members, together)
        drawn = sample(known.worldviews[worldview].parameters[name], definition.admissible, deviate)
        found[name] = of_100(np.isin(drawn, definition.admissible))
    return found
