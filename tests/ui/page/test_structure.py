"""The structure on the page without a browser: boxes, line, links, Compare, Present, then and now."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from model import InputError, catalog, presets
from model.assumptions.scenario import set_values
from model.versions import assumption_set
from tests.ui.page.test_app import address, noticed, opened, said, sent, shifts, with_context
from tests.ui.page.test_compare import compared_by
from tests.ui.page.test_present import card, presented
from ui.links.asked import ENSEMBLE, Asked, switchable
from ui.links.single import Seen
from ui.page import then_and_now
from ui.told import cache, words

HAND = Asked(presets()["opening-hand"])


def told(*switched: str) -> str:
    return words.escaped(words.structure_sentence(switched))


def with_boxes(**query: str | list[str]) -> AppTest:
    """Explore with the expander of the context open."""
    return with_context(opened(**query))


def ticked(app: AppTest) -> list[str]:
    return [box.key.removeprefix("switch_") for box in app.checkbox if box.value and box.key]


def points(switched: tuple[str, ...]) -> dict[str, str]:
    place = Asked(presets()["opening-hand"], switched=switched)
    return {key: words.signed(shift) for key, shift in cache.middle_shifts(place).items()}


def test_every_choice_and_the_ensemble_have_a_box_with_their_words() -> None:
    app = with_context(opened(preset="opening-hand"))
    assert [box.key for box in app.checkbox] == [f"switch_{key}" for key in (*switchable(), ENSEMBLE)]
    for key, box in zip(switchable(), app.checkbox, strict=False):
        choice = catalog().structure.choices[key]
        assert box.label == f"{key}: {choice.alternative}"
        assert words.escaped(choice.title) in box.help
        assert words.escaped(choice.note) in box.help
    assert words.escaped(words.ensemble_words()) in said(app)
    assert ticked(app) == []
    assert not [button for button in app.button if button.key == "to_base"]


def test_boxes_switch_numbers_link_and_line_and_are_undone_redone_and_reset_in_one_click() -> None:
    app = with_context(opened(preset="opening-hand"))
    app.checkbox(key="switch_C6").check().run()
    assert address(app)["structure"] == "C6"
    assert shifts(app) == points(("C6",)) != points(())
    app.checkbox(key="switch_C1").check().run()
    assert address(app)["structure"] == "C1.C6"
    assert told("C1", "C6") in said(app)
    assert sent(app, "drift")["note"].endswith(words.structure_sentence(("C1", "C6")))
    app.checkbox(key="switch_C6").uncheck().run()
    assert address(app)["structure"] == "C1"
    app.button(key="undo").click().run()
    assert ticked(app) == ["C1", "C6"]
    app.button(key="redo").click().run()
    assert ticked(app) == ["C1"]
    app.button(key="to_base").click().run()
    assert "structure" not in address(app)
    assert "The structure differs" not in said(app)
    assert ticked(app) == []
    assert shifts(app) == points(())
    app.button(key="structure_base").click().run()
    assert "is the base already" in app.toast[0].value


def test_the_ensemble_stands_alone_and_single_choices_take_its_place() -> None:
    app = with_context(opened(preset="opening-hand", structure="C1.C6"))
    app.checkbox(key=f"switch_{ENSEMBLE}").check().run()
    assert (address(app)["structure"], ticked(app)) == (ENSEMBLE, [ENSEMBLE])
    assert shifts(app) == points((ENSEMBLE,))
    assert told(ENSEMBLE) in said(app)
    app.checkbox(key="switch_C4").check().run()
    assert (address(app)["structure"], ticked(app)) == ("C4", ["C4"])
    app.checkbox(key="switch_C4").uncheck().run()
    assert "structure" not in address(app)


def test_a_preset_keeps_the_structure() -> None:
    app = opened(preset="opening-hand", nato="3", structure="C6")
    app.selectbox(key="preset").select("giveaway").run()
    assert address(app)["structure"] == "C6"
    app.button(key="undo").click().run()
    assert (address(app)["structure"], address(app)["nato"]) == ("C6", "3")


def test_a_wrong_structure_is_explained_and_the_rest_is_kept() -> None:
    app = opened(preset="opening-hand", structure="C6.C99")
    assert address(app)["structure"] == "C6"
    assert "structure names “C99”, which was left out" in app.text[0].value


def test_the_cautions_say_that_they_speak_of_the_base() -> None:
    plain, switched = (noticed(opened(preset="giveaway", open="cautions", **at)) for at in ({}, {"structure": "C6"}))
    assert switched == f"{plain}\n\n{words.REASONS_OF_BASE}"


@pytest.mark.parametrize("section", ["summary", "argument", "weights", "credit", "yearly", "dose"])
def test_every_section_names_the_structure(section: str) -> None:
    app = opened(preset="opening-hand", structure="C6", open=section)
    data = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    if section in ("summary", "argument"):
        assert said(app).count(told("C6")) == 2  # below the title, and in the section
    else:
        (note,) = [one["note"] for one in data if "cards" in one]
        assert note == words.structure_sentence(("C6",))


def test_compare_names_the_structure_of_each_and_keeps_it_in_its_link() -> None:
    app = compared_by({"with": ["opening-hand", "opening-hand"], "structure": ["base", "C6"]})
    differs = f"The structure differs from the base. A: base; B: {words.structure_words(('C6',))}."
    shown = sent(app, "rows")
    assert shown["note"] == differs
    assert shown["cards"][0]["alt"].endswith(differs)
    assert words.escaped("structure base → C6") in said(app)
    assert app.query_params["structure"] == ["base", "C6"]


def test_pinning_keeps_the_structure_and_tells_it_from_the_same_scenario_at_the_base() -> None:
    app = opened(preset="opening-hand", structure="C6")
    app.button(key="pin").click().run()
    app.button(key="to_base").click().run()
    app.button(key="pin").click().run()
    assert app.toast[0].value == "Pinned: scenario 2 of at most 4 on Compare."
    app.switch_page("compare.py").run()
    assert app.query_params["structure"] == ["C6", "base"]


def test_present_names_the_structure() -> None:
    app = presented(preset="opening-hand", structure="C6")
    assert words.escaped(f"Structure switched: {words.structure_short(('C6',))}.") in said(app)
    assert "Structure switched" not in said(presented(preset="opening-hand"))
    assert card(app)["alt"].endswith(words.structure_sentence(("C6",)))


def test_one_chart_alone_names_the_structure() -> None:
    app = opened(preset="opening-hand", structure="C6", chart="op-ed")
    assert sent(app, "drift")["note"] == words.structure_sentence(("C6",))


def test_an_earlier_model_is_run_with_the_structure_or_says_which_choice_it_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def earlier(*_: object, structure: str, **__: object) -> dict[str, object]:
        asked.append(structure)
        return {"worldviews": {"op-ed": {"shift": {"p50": -7.4}}}}

    then = Seen("1", "0123abcd", {"op-ed": -3})
    monkeypatch.setattr(then_and_now, "run_then", earlier)
    monkeypatch.setattr(then_and_now, "engine_files", lambda _name: {"model/data/structure.toml": b"[choices.C6]"})
    for switched in (("C6",), (ENSEMBLE,), ()):
        place = Asked(set_values(HAND.scenario, {"nato": 9}), switched=switched)
        assert then_and_now.again(place, then) == {"op-ed": -7}
    assert asked == ["C6", "ensemble", "base"]
    with pytest.raises(InputError, match=r"The model of then has no structural choice C1 and C7, so it cannot run"):
        then_and_now.again(Asked(HAND.scenario, switched=("C1", "C6", "C7")), then)


def test_what_an_author_saw_is_held_against_the_same_structure() -> None:
    shifts = cache.middle_shifts(Asked(HAND.scenario, switched=("C6",)))
    result = ".".join(f"{key}_{shift}" for key, shift in shifts.items())
    same = {"preset": "opening-hand", "v": "1", "set": assumption_set(), "result": result}
    assert not opened(**same, structure="C6").warning
    assert opened(**same).warning[0].value.startswith("The author of this link saw other numbers")
