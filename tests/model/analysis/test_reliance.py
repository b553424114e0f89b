"""Which results rest on a number: the kept table is what changing the numbers gives, and no number lies idle."""

from __future__ import annotations

import numpy as np
import pytest

from model import catalog
from model.analysis.reliance import FILE, RESULTS, Rests, found_anew, names, probed, reliance, resting_on
from model.engine.results import REVERSED


def test_the_kept_table_is_what_changing_every_number_gives_today() -> None:
    assert FILE.read_text(encoding="utf-8") == found_anew(catalog())


def test_every_number_has_a_row_and_something_rests_on_each() -> None:
    assert tuple(reliance()) == names(catalog())
    for name, found in reliance().items():
        assert tuple(found) == RESULTS, name
        assert any(how is not Rests.NOT for how in found.values()), name


@pytest.mark.parametrize(
    ("outcome", "name", "how"),
    [
        ("baseline", "drift_rate", Rests.POINT),  # equation 7
        ("baseline", "symbolic_potency", Rests.NOT),  # nothing is offered in the no-lever run
        ("values_cost", "values_cost_scale", Rests.POINT),
        ("shift", "values_cost_scale", Rests.NOT),  # a price alone
        ("shift", "two_front_start", Rests.NOT),
        ("two_front", "two_front_start", Rests.POINT),
        ("baseline", "level-military", Rests.POINT),  # a quarter of five points
        ("doubt", "level-military", Rests.NOT),
        (REVERSED, "reversal_hazard", Rests.POINT),
        (REVERSED, "values_cost", Rests.NOT),
    ],
)
def test_an_outcome_rests_on_what_its_equation_names_and_on_no_other_price(outcome: str, name: str, how: Rests) -> None:
    assert reliance()[name][outcome] is how
    assert (name in resting_on(outcome)) == (how is Rests.POINT)


def test_a_probe_offers_all_that_there_is_and_every_outcome_answers() -> None:
    full = next(probed(catalog()))
    assert all(full.scenario.levers[lever] for lever in catalog().inducements)
    for outcome in RESULTS:
        values = full.run.states[-1].reversed if outcome == REVERSED else full.outcome(outcome)
        assert np.ptp(values.astype(float)) >= 1, outcome
