"""The drawer “Your worldview”: copied, changed, taken back, from a file; it stands beside the four on every page."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from model import catalog, presets
from model.assumptions.catalog import DATA
from model.assumptions.edits import Edits, copied_values, edits, worldview_of, worldview_toml
from model.assumptions.schema import Worldview
from tests.ui.page.test_app import SERVER, address, around, opened, said, sent, shifts
from tests.ui.page.test_compare import compared_by
from ui.exports import reproduce, worldview_file
from ui.exports.stamp import stamp
from ui.links import short, single
from ui.links.asked import Asked, starting_points
from ui.page import own as page_of_own
from ui.told import cache, own
from ui.told.words import escaped

OURS = tuple(catalog().worldviews)
OWN = edits("op-ed", {"binding_share": (0.4, 0.6, 0.8), "salience.threat": (0.2,)})
LINK: dict[str, str | list[str]] = {
    "preset": "opening-hand", "own": "op-ed", "edit": ["salience.threat~0.2", "binding_share~0.4~0.6~0.8"],
}  # fmt: skip
FILE = worldview_toml(OWN).encode()


def drawer(app: AppTest) -> AppTest:
    app.button(key="open_own").click().run()
    assert not app.exception
    return app


def bank_of(app: AppTest) -> dict[str, Any]:
    """What is sent to the browser for the tracks of the drawer."""
    found = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    (bank,) = [data for data in found if "tracks" in data]
    return dict(bank)


def tracks(app: AppTest) -> dict[str, dict[str, Any]]:
    """The tracks of the drawer as the browser has them: with the page, and what stays of them from their address."""
    bank = bank_of(app)
    about = SERVER.get(bank["about"]).json()
    return {track["key"]: about[track["key"]] | track for track in bank["tracks"]}


def test_a_copy_stands_as_a_fifth_row_that_is_marked_as_edited_and_undo_takes_it_away() -> None:
    app = drawer(opened(preset="opening-hand"))
    app.button(key="copy_op-ed").click().run()
    assert address(app)["own"] == "op-ed"
    assert list(shifts(app)) == [*OURS, "edited"]
    assert shifts(app)["edited"] == shifts(app)["op-ed"] == "−19"
    (row,) = [view for view in around(app)["views"] if view["key"] == "edited"]
    assert "edited" in json.dumps(row)
    app.button(key="undo").click().run()
    assert "own" not in address(app)
    assert list(shifts(app)) == list(OURS)


def test_a_link_with_changes_shows_them_beside_the_four_which_stay_as_they_are() -> None:
    app, plain = opened(**LINK), opened(preset="opening-hand")
    assert {key: shifts(app)[key] for key in OURS} == shifts(plain)
    assert shifts(app)["edited"] == "−16"
    assert "edited_-16" in address(app)["result"]
    tracks_ = tracks(drawer(app))
    assert list(tracks_) == list(own.groups()[own.DISPUTED])
    assert tracks_["binding_share"]["values"] == [0.4, 0.6, 0.8]
    assert tracks_["binding_share"]["copied"] == [0.05, 0.15, 0.28]
    assert [tick["view"] for tick in tracks_["binding_share"]["ticks"]] == list(OURS)
    assert "of 100 assumed worlds stand on an end" in tracks_["binding_share"]["bound"]
    assert bank_of(app)["source"].endswith("&source=")
    assert tracks_["binding_share"]["ground"] == "binding_share"


def test_while_a_handle_moves_the_board_tells_what_the_page_shows_once_it_rests() -> None:
    moving = f"{sent(opened(**LINK), 'drift')['address']}&move=binding_share:0.1~0.2~0.35"
    told = SERVER.get(moving).json()["told"]["views"]
    rests = opened(**LINK | {"edit": ["salience.threat~0.2", "binding_share~0.1~0.2~0.35"]})
    assert {view["key"]: view["shift"] for view in told} == shifts(rests) != shifts(opened(**LINK))


def test_with_a_run_travels_of_a_track_only_what_moves() -> None:
    names = list(own.titles())
    every = single.write_own(edits("op-ed", {name: copied_values("sceptic", name) for name in names}))
    app = drawer(opened(preset="opening-hand", **every))
    app.selectbox(key="own_group").select(page_of_own.CHANGED).run()
    bank = bank_of(app)
    assert len(bank["tracks"]) > 30
    assert {key for track in bank["tracks"] for key in track} == {"key", "values", "bound", "share"}
    assert len(json.dumps(bank["tracks"], separators=(",", ":"))) < 180 * len(bank["tracks"])
    about = bank["about"]
    app.button(key="own_back").click().run()
    assert bank_of(app)["about"] == about  # so that a browser which has it asks for nothing


def test_every_number_that_can_be_changed_stands_in_the_drawer_under_one_subject() -> None:
    app, found = drawer(opened(**LINK)), []
    for title in own.groups():
        app.selectbox(key="own_group").select(title).run()
        found += [] if title == own.DISPUTED else list(tracks(app))
    assert sorted(found) == sorted(own.titles())
    app.selectbox(key="own_group").select(page_of_own.CHANGED).run()
    assert list(tracks(app)) == ["salience.threat", "binding_share"]
    assert tracks(app)["salience.threat"]["share"] == "counts as 29 of 100"


def test_all_changes_are_taken_back_at_once_and_the_whole_is_put_away() -> None:
    app = drawer(opened(**LINK))
    app.button(key="own_back").click().run()
    assert (address(app)["own"], "edit" in address(app)) == ("op-ed", False)
    assert app.button(key="own_back").disabled
    app.button(key="own_away").click().run()
    assert "own" not in address(app)
    app.button(key="undo").click().run()
    app.button(key="undo").click().run()
    assert app.query_params["edit"] == ["salience.threat~0.2", "binding_share~0.4~0.6~0.8"]


def test_the_drawer_gives_way_to_the_levers_again() -> None:
    app = drawer(opened(**LINK))
    app.button(key="close_own").click().run()
    assert not [button for button in app.button if button.key == "close_own"]
    assert address(app)["own"] == "op-ed"


def test_a_worldview_file_can_be_opened_and_a_wrong_one_gets_a_sentence_and_changes_nothing() -> None:
    app = drawer(opened(preset="opening-hand"))
    app.file_uploader(key="own_file").upload("mine.toml", FILE, "application/toml").run()
    assert app.query_params["edit"][0].startswith("salience.")
    assert shifts(app)["edited"] == "−16"
    before = dict(app.query_params)
    wrong = FILE.replace(b"high = 0.8\n", b"high = 1.8\n", 1)
    app.file_uploader(key="own_file").upload("wrong.toml", wrong, "application/toml").run()
    assert not app.exception
    assert dict(app.query_params) == before
    told = " ".join(element.value for element in app.text)
    assert "wrong.toml: parameters.binding_share.high is 1.8, but the admissible range is 0 to 1." in told


TITLED = FILE.replace(b'title = "Your worldview (edited)"', b'title = "A *hawk\'s* reading"')


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (FILE, ""),
        (TITLED, "“A *hawk's* reading” is opened. Its title stays in the file; only its numbers are shown here."),
        (
            TITLED.replace(b'note = "Set by a reader', b'note = "From a seminar'),
            "“A *hawk's* reading” is opened. Its title and the notes and sources of 2 entries stay in the file; only "
            "its numbers are shown here.",
        ),
        (
            FILE.replace(b'note = "Set by a reader', b'note = "From a seminar', 1),
            "“Your worldview (edited)” is opened. The notes and sources of 1 entry stay in the file; only its numbers "
            "are shown here.",
        ),
        (
            (DATA / "worldviews" / "op-ed.toml").read_bytes(),
            "“The op-ed's case” is opened. Its title stays in the file; only its numbers are shown here.",
        ),
    ],
    ids=["as the page gives it", "title", "notes", "one note", "ours"],
)
def test_the_drawer_says_what_of_a_file_stays_in_it_until_a_number_is_changed(file: bytes, told: str) -> None:
    app = drawer(opened(preset="opening-hand"))
    app.file_uploader(key="own_file").upload("mine.toml", file, "application/toml").run()
    assert not app.exception
    assert [info.value for info in app.info] == [escaped(told)] * bool(told)
    assert address(app)["own"] == "op-ed"
    if not app.button(key="own_back").disabled:
        app.button(key="own_back").click().run()
        assert not app.info


def test_in_a_historic_analogue_the_drawer_says_why_it_is_not_run_and_keeps_it() -> None:
    app = drawer(opened(preset="reset-2009", own="op-ed", edit="binding_share~0.4~0.6~0.8"))
    assert page_of_own.PUT_AWAY in said(app)
    assert list(shifts(app)) == [starting_points()["reset-2009"].analogue.worldview]  # type: ignore[union-attr]
    assert address(app)["edit"] == "binding_share~0.4~0.6~0.8"


def test_while_a_prediction_is_asked_for_nothing_can_be_edited() -> None:
    app = opened(predict="first", **LINK)
    assert not [button for button in app.button if button.key == "open_own"]


def test_it_stands_beside_every_scenario_that_is_compared() -> None:
    app = compared_by({"with": ["opening-hand", "giveaway"], "own": "op-ed", "edit": "binding_share~0.4~0.6~0.8"})
    assert address(app)["own"] == "op-ed"
    results = app.query_params["result"]
    assert all("edited_" in result for result in results)


def test_a_file_is_read_back_to_the_last_bit_and_says_what_it_is() -> None:
    asked = Asked(presets()["opening-hand"], own=OWN)
    answer = SERVER.get("/export/worldview.toml", params=LINK)
    assert answer.status_code == 200
    assert Worldview.model_validate(tomllib.loads(answer.text)) == worldview_of(OWN)
    assert f"# Your worldview, edited: {own.own_words(OWN)}" in answer.text
    again = worldview_file.from_bytes(answer.content, "mine.toml").own
    assert cache.assumed(again).digest == cache.assumed(OWN).digest
    assert stamp(asked, "").own == own.own_words(OWN)
    refused = SERVER.get("/export/worldview.toml", params={"preset": "opening-hand"})
    assert (refused.status_code, refused.text.partition(";")[0]) == (400, "The link holds no worldview of your own")


def test_the_program_of_the_page_gives_its_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    asked = Asked(presets()["opening-hand"], own=OWN)
    space: dict[str, Any] = {}
    exec(reproduce.python(asked), space)
    assert space["result"].to_dict()["worldviews"] == cache.result(cache.run_key(asked)).to_dict()["worldviews"]
    assert "edited" in capsys.readouterr().out
    told = reproduce.command(asked)
    assert "--worldview-file your-worldview.toml" in told
    assert "python -m model worldview op-ed --edit salience.threat=0.2 --edit binding_share=0.4,0.6,0.8 >" in told


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (None, Edits("op-ed"), "your worldview is a copy of “The op-ed's case”"),
        (Edits("op-ed"), None, "your worldview is removed"),
        (Edits("op-ed"), edits("op-ed", {"drift_rate": (1, 2, 3)}), "Drift 2.4 · 3.4 · 4.6 → 1 · 2 · 3"),
        (Edits("op-ed"), OWN, "your worldview, 2 numbers"),
        (OWN, OWN, ""),
    ],
)
def test_a_step_says_what_it_changed(before: Edits | None, now: Edits | None, words: str) -> None:
    assert own.what_changed(before, now) == words


def test_sentences_name_at_most_three_changes() -> None:
    names = ("addressable_threat", "pressure_share", "latent_friction", "binding_share")
    many = edits("op-ed", dict.fromkeys(names, (0, 0, 0)))
    assert own.own_sentence(many).endswith("; and 1 more.")
    assert own.own_words(many).count("instead of") == 4
    assert own.own_sentence(None) == own.own_words(None) == ""
    assert "nothing changed yet" in own.own_sentence(Edits("sceptic"))


def test_a_step_of_a_handle_is_fine_enough_for_what_the_four_have() -> None:
    for name in own.titles():
        step = own.step_of(name)
        for view in OURS:
            for value in copied_values(view, name):
                assert abs(value / step - round(value / step)) < 1e-6, (name, view)


def test_the_section_of_weights_leads_to_the_drawer() -> None:
    app = opened(preset="opening-hand", open="weights")
    app.button(key="change_weights").click().run()
    assert not app.exception
    assert [button.key for button in app.button if str(button.key).startswith("copy_")] == [
        f"copy_{key}" for key in OURS
    ]
    era = opened(preset="reset-2009", open="weights")
    assert not [button for button in era.button if button.key == "change_weights"]


@pytest.mark.parametrize(
    ("count", "short_link"), [(2, True), (short.MOST_CHANGES, True), (short.MOST_CHANGES + 1, False)]
)
def test_share_gives_the_file_and_says_where_a_short_link_has_no_room(
    count: int, short_link: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATEGIC_TRIANGLE_URL", "https://example.org")  # a picture needs a whole address here
    names = [name for name in own.titles() if "." not in name][:count]
    link = single.write(
        Asked(presets()["opening-hand"], own=edits("op-ed", {n: copied_values("sceptic", n) for n in names}))
    )
    app = opened(**link)
    app.session_state["share"] = True
    app.run()
    assert not app.exception
    assert ("/s/" in "".join(code.value for code in app.code)) == short_link
    assert (f"has {count} changes; a short link and a QR code hold at most" in said(app)) != short_link
