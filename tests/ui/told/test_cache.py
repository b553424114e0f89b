"""What is remembered of a run is found by all that its numbers depend on."""

from __future__ import annotations

import pytest

from model import catalog, load_scenario, run
from ui.links.asked import Asked
from ui.told import cache

HAND = Asked(load_scenario("opening-hand"))


def test_the_key_of_a_run_carries_the_assumptions() -> None:
    edited = catalog().edited("op-ed", binding_share=(0.2, 0.3, 0.5))
    own = cache.position(HAND)
    other = own._replace(assumptions=edited)
    assert own == cache.position(HAND) != other
    shift = {card.worldview: card.shift for card in cache.cards(other)}["op-ed"]
    assert shift != {card.worldview: card.shift for card in cache.cards(own)}["op-ed"]
    told = run(HAND.scenario, seed=HAND.seed, assumptions=edited).to_dict()["worldviews"]["op-ed"]["shift"]
    assert shift == pytest.approx(tuple(told.values()), abs=1e-4)
