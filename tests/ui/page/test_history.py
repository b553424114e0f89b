"""The page History without a browser: what stands where, what a choice changes, and what the link keeps."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from model.history.observed import history
from tests.ui.page.test_app import SCRIPT, SERVER, address, opened, said, sent
from ui.links import chosen
from ui.told import cache, observed
from ui.told import hindcast as told

FOUND = cache.hindcast(7)


def on_history(**query: str | list[str]) -> AppTest:
    app = opened(**query)
    app.switch_page("history.py").run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def test_the_finding_comes_first_then_the_picture_events_forecasts_and_what_cannot_be_told() -> None:
    app = on_history()
    assert observed.finding() in html(app)
    heads = [element.value for element in app.markdown if element.value.startswith("## ")]
    assert heads == [
        "## The events, and how each can mislead",
        "## Forecasts from the past against what came",
        "## What these data can and cannot tell apart",
    ]
    for event in history().events.values():
        assert event.title.replace("'", "&#x27;") in html(app)
        assert not event.warning or event.warning.replace("'", "&#x27;") in html(app)
    for line in (*told.told_apart(), *told.not_told_apart()):
        assert line.replace("'", "&#x27;") in html(app)
    assert told.smallest(FOUND) in said(app)
    assert "Hindsight, no skill claimed" in html(app)


def test_one_control_chooses_the_series_and_brings_its_source_and_breaks() -> None:
    app = on_history()
    assert len(app.selectbox(key="history_series").options) == len(observed.series_shown())
    for name in ("composite_R", "identical_votes"):
        app.selectbox(key="history_series").set_value(name).run()
        assert not app.exception
        (card,) = sent(app, "observed")["cards"]
        assert card["alt"] == observed.alt(name)
        assert history().series[name].breaks[0].replace("'", "&#x27;") in html(app)


@pytest.mark.parametrize("years", [1, 3])
def test_the_years_ahead_are_chosen_for_all_pictures_at_once(years: int) -> None:
    app = on_history()
    app.button_group(key="history_years").set_value(years).run()
    assert not app.exception
    assert told.finding(FOUND, years) in html(app)
    assert all(f"{told.ahead(years)} ahead" in card["alt"] for card in sent(app, "views")["cards"])


def test_the_table_is_made_when_it_is_opened() -> None:
    app = on_history()
    assert not app.dataframe
    app.session_state["history_table"] = True
    app.run()
    assert not app.exception
    assert app.dataframe[0].value["Forecaster"].tolist()[:4] == list(told.forecasters().values())[:4]


def test_the_scenario_stays_in_the_address_and_every_table_can_be_downloaded() -> None:
    app = on_history(preset="giveaway", nato="41")
    assert (address(app)["preset"], address(app)["nato"]) == ("giveaway", "41")
    app.session_state["history_table"] = True
    app.run()
    for name in ("observed", "events", "forecasts", "hindcast"):
        assert f"[CSV](/export/{name}.csv?" in said(app)
        assert (f"[PNG](/export/{name}.png?" in said(app)) == (name in ("observed", "forecasts"))
        assert SERVER.get(f"/export/{name}.csv?preset=giveaway&nato=41").status_code == 200


def by_link(**query: str) -> AppTest:
    """The page as a link opens it."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    app.switch_page("history.py")
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def test_the_series_and_the_years_ahead_stand_in_the_link_and_the_link_opens_with_them() -> None:
    app = on_history(preset="giveaway")
    assert not {"series", "ahead"} & set(address(app))
    app.selectbox(key="history_series").set_value("trade_value").run()
    app.button_group(key="history_years").set_value(3).run()
    assert (address(app)["series"], address(app)["ahead"], address(app)["preset"]) == ("trade_value", "3", "giveaway")
    assert "&series=trade_value" in said(app)  # of the pictures to download
    again = by_link(preset="giveaway", nato="41", series="trade_value", ahead="3")
    assert sent(again, "observed")["cards"][0]["alt"] == observed.alt("trade_value")
    assert told.finding(FOUND, 3) in html(again)
    assert (address(again)["series"], address(again)["ahead"], address(again)["nato"]) == ("trade_value", "3", "41")


def test_what_was_chosen_is_there_again_after_another_page_and_no_part_of_its_link() -> None:
    app = on_history()
    app.selectbox(key="history_series").set_value("trade_value").run()
    app.query_params.clear()  # as a browser does that goes to another page
    app.switch_page("assumptions.py").run()
    assert "series" not in address(app)
    app.query_params.clear()
    app.switch_page("history.py").run()
    assert address(app)["series"] == "trade_value"
    assert app.selectbox(key="history_series").value == "trade_value"


def test_a_series_or_a_year_that_there_is_not_gets_a_sentence_and_the_rest_is_kept() -> None:
    app = by_link(series="composit_A", ahead="2", nato="41")
    assert app.text[0].value == (
        "series names “composit_A”, which is not known; did you mean composite_A?\n"
        "ahead names “2”, which is not known; allowed: 1, 3, 5."
    )
    assert (address(app)["nato"], "series" in address(app), "ahead" in address(app)) == ("41", False, False)
    assert sent(app, "observed")["cards"][0]["alt"] == observed.alt(observed.series_shown()[0])


def test_the_years_of_the_record_are_chosen_stand_in_the_link_and_on_its_picture() -> None:
    app = on_history()
    slider = app.slider(key="history_shown")
    assert (slider.value, "years" in address(app)) == ((1992, 2024), False)
    slider.set_value((2009, 2024)).run()
    assert address(app)["years"] == "2009-2024"
    assert "&years=2009-2024" in said(app)
    assert sent(app, "observed")["cards"][0]["alt"].endswith("Shown: 2009 to 2024, of the record of 1992 to 2024.")
    again = by_link(years="2009-2024")
    assert sent(again, "observed")["cards"] == sent(app, "observed")["cards"]
    app.slider(key="history_shown").set_value((2022, 2024)).run()  # too near to one another for a picture
    assert (address(app)["years"], app.slider(key="history_shown").value) == ("2019-2024", (2019, 2024))
    app.slider(key="history_shown").set_value((1992, 2024)).run()
    assert "years" not in address(app)
    assert "years" not in address(by_link(years="1992-2024"))  # the whole needs no word


@pytest.mark.parametrize("years", ["2024-1992", "1990-2024", "2020-2022", "2009", "٢٠٠٩-٢٠٢٤", "9" * 500, ""])
def test_years_that_cannot_be_shown_get_a_sentence_and_the_whole_record(years: str) -> None:
    app = by_link(years=years, series="trade_value")
    (said_of,) = app.text[0].value.splitlines()
    assert said_of.startswith("years is “")
    assert said_of.endswith("but it must be two years from 1992 to 2024 that are at least 5 apart, such as 1992-2024.")
    assert (address(app)["series"], "years" in address(app)) == ("trade_value", False)
    assert app.slider(key="history_shown").value == (1992, 2024)


def test_the_link_can_name_every_series_that_is_offered() -> None:
    assert sorted(chosen.series()) == sorted(observed.series_shown())


def test_the_forecasts_are_made_with_the_seed_of_the_link() -> None:
    app = on_history(seed="8")
    assert told.finding(cache.hindcast(8), told.LONGEST) in html(app)


def test_the_first_picture_is_sent_before_the_forecasts_are_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_seed: int) -> None:
        raise RuntimeError("still at work")

    monkeypatch.setattr(cache, "hindcast", busy)
    app = opened()
    app.switch_page("history.py").run()
    assert len(app.exception) == 1
    assert sent(app, "observed")["cards"][0]["key"] == "observed"
    assert observed.finding() in html(app)
