"""Where words and charts stand in a picture, worked by hand; what the browser is started with. No browser is needed."""

from __future__ import annotations

from typing import Any, cast

import pytest

from model import presets
from ui.drawn.boards import Board, Card
from ui.exports import brief as briefs
from ui.exports import pictures, scenario_file, tables
from ui.exports.renderer import NoPicture, Renderer, _kaleido
from ui.exports.stamp import Stamp
from ui.links.asked import Asked


class Below:
    """A stamp of three short lines: 3 · 11 · 1.32 = 43.56 high."""

    link = "https://a.example/?v=1"

    def lines(self) -> tuple[str, ...]:
        """What stands below the picture."""
        return ("a", "b", "c")


STAMP = cast(Stamp, Below())
CARD = Card(
    "one",
    {
        "data": [{"type": "bar"}],
        "layout": {"margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "xaxis": {}, "yaxis": {}, "height": 200},
    },
    "alt",
    title="One",
    sentence="Said of it.",
)


class Drawing:
    """Keeps what it is asked to draw."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, Any], str, int, int, float]] = []

    def draw(self, figure: dict[str, Any], kind: str, width: int, height: int, scale: float = 1) -> bytes:
        """Some SVG, whatever the figure."""
        self.asked.append((figure, kind, width, height, scale))
        return b"<svg></svg>"

    @property
    def layout(self) -> dict[str, Any]:
        """That of the only figure."""
        ((figure, *_),) = self.asked
        found: dict[str, Any] = figure["layout"]
        return found


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> Drawing:
    made = Drawing()
    monkeypatch.setattr(pictures, "RENDERER", made)
    return made


def test_a_sheet_leaves_room_for_its_head_and_its_foot(drawing: Drawing) -> None:
    """A title of 20 · 1.32 = 26.4 and a sentence of 14 · 1.32 = 18.48, with half an edge of 12 below: 56.88. A foot of
    43.56 with 12 above: 55.56. The one card has 960 - 56.88 - 55.56 - 24 = 823.56 between, its head 36.96.
    """
    pictures.sheet((CARD,), "svg", "Title", "Sentence.", STAMP, columns=1)
    layout = drawing.layout
    across, upright = layout["xaxis11"], layout["yaxis11"]
    assert across["domain"] == pytest.approx([12 / 1100, 1088 / 1100])
    assert upright["domain"] == pytest.approx([1 - (68.88 + 823.56) / 960, 1 - (68.88 + 36.96) / 960])
    placed = [(note["text"], note["y"], note["yshift"], note["font"]["size"]) for note in layout["annotations"]]
    assert placed == [
        ("<b>Title</b>", 1, pytest.approx(-12), 20),
        ("Sentence.", 1, pytest.approx(-38.4), 14),
        ("a<br>b<br>c", 0, pytest.approx(55.56), 11),
        ("<b>One</b>", 1, pytest.approx(-68.88), 17),
        ("Said of it.", 1, pytest.approx(-91.32), 11),
    ]
    assert "legend" not in layout


def test_three_cards_stand_two_in_a_row_below_the_names_of_their_colours(drawing: Drawing) -> None:
    """Names of colours take 30 and begin below the head: 1 - 56.88/960. Rows are (960 - 86.88 - 55.56 - 24)/2 high."""
    pictures.sheet((CARD, CARD, CARD), "svg", "Title", "Sentence.", STAMP, legend=True)
    layout = drawing.layout
    legend = layout["legend"]
    assert (legend["x"], legend["y"]) == (pytest.approx(24 / 900), pytest.approx(1 - 56.88 / 960))
    assert (layout["showlegend"], legend["orientation"], legend["yanchor"]) == (True, "h", "top")
    row = 793.56 / 2
    tops = [layout[f"yaxis{place}"]["domain"][1] for place in (11, 21, 31)]
    lefts = [layout[f"xaxis{place}"]["domain"][0] for place in (11, 21, 31)]
    assert tops == pytest.approx([1 - (98.88 + 36.96 + down) / 960 for down in (0, 0, row)])
    assert lefts == pytest.approx([12 / 1100, (12 + 538) / 1100, 12 / 1100])


def test_a_chart_by_itself_has_its_words_in_wider_margins(drawing: Drawing) -> None:
    """200 of the chart, 44.88 + 24 above it, 43.56 + 48 below it: 360.44."""
    pictures.image(CARD.figure, "svg", "Title", "Sentence.", STAMP)
    ((figure, kind, width, height, scale),) = drawing.asked
    assert (kind, width, height, scale) == ("svg", 900, 360, 2)
    margin = figure["layout"]["margin"]
    assert (margin["l"], margin["r"]) == (24, 24)
    assert (margin["t"], margin["b"]) == (pytest.approx(68.88), pytest.approx(91.56))
    title, sentence, foot = figure["layout"]["annotations"]
    assert (title["text"], title["yshift"], title["xshift"]) == ("<b>Title</b>", pytest.approx(56.88), 24 - (900 - 24))
    assert (sentence["text"], sentence["yshift"]) == ("Sentence.", pytest.approx(56.88 - 26.4))
    assert (foot["text"], foot["y"], foot["yshift"]) == ("a<br>b<br>c", 0, -24)


def test_a_row_of_cards_grows_with_the_most_lines_below_one_of_them(drawing: Drawing) -> None:
    """Three lines are two more than one: 960 + 3 · round(14.52) · 2 = 1050."""
    longer = Card("two", CARD.figure, "alt", title="Two", sentence="One.\nTwo.\nThree.")
    pictures.picture(Board((CARD, longer)), "svg", "Title", STAMP)
    ((_, _, width, height, _),) = drawing.asked
    assert (width, height) == (1100, 1050)


@pytest.mark.parametrize(
    ("letter", "ems"),
    [(" ", 0.39), ("i", 0.39), ("I", 0.39), ("a", 0.62), ("A", 0.78), ("W", 1.05), ("—", 1.05), ("长", 1.05)],
)
def test_how_wide_a_letter_may_be(letter: str, ems: float) -> None:
    assert pictures._em(letter) == ems


def test_the_browser_that_draws_is_one_without_a_network_and_without_mathjax(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []
    monkeypatch.setattr("kaleido.Kaleido", lambda **how: asked.append(how))
    _kaleido()
    assert asked == [{"n": 1, "timeout": 30, "mathjax": False, "proxy_server": "127.0.0.1:9"}]


def test_a_renderer_that_never_drew_can_be_closed_and_twenty_pictures_may_wait() -> None:
    renderer = Renderer()
    renderer.close()
    for _ in range(20):
        renderer._wait(1)
    with pytest.raises(NoPicture, match=r"^Too many pictures are being drawn at once; try again in a moment\.$"):
        renderer._wait(1)
    renderer._wait(-1)
    renderer._wait(1)


def test_fonts_are_looked_for_once_a_process() -> None:
    assert briefs._fonts() is briefs._fonts()


def test_the_six_assumptions_on_which_the_worldviews_differ_most() -> None:
    """Middle values apart, as a share of what is admissible: addressable threat 0.9 - 0.25 and binding share 0.8 - 0.15
    of 1, pressure share 0.75 - 0.15, doubt response 0.72 - 0.22, values cost 0.7 - 0.22, potency 4 + 2.5 of 14.
    """
    assert [one.key for one in briefs.differing()] == [
        "addressable_threat",
        "binding_share",
        "pressure_share",
        "doubt_response",
        "values_cost_scale",
        "symbolic_potency",
    ]


@pytest.mark.parametrize(
    ("text", "right_to_left"),
    [("abc", False), ("", False), ("12 ?", False), ("عنوان", True), ("12 שלום a", True), ("a שלום", False)],
)
def test_the_first_letter_with_a_direction_says_how_a_title_is_read(text: str, right_to_left: bool) -> None:
    assert briefs._right_to_left(text) is right_to_left


def test_a_description_is_cut_at_2000_characters() -> None:
    told = scenario_file.from_bytes(f'title = "A"\ndescription = "{"x" * 2001}"'.encode(), "a.toml").description
    assert told == "x" * 1999 + "…"
    whole = scenario_file.from_bytes(f'title = "A"\ndescription = "{"x" * 2000}"'.encode(), "a.toml").description
    assert whole == "x" * 2000


def test_the_settings_of_a_workbook_have_a_key_a_name_a_value_and_words() -> None:
    told = tables.settings_table(Asked(presets()["opening-hand"]))
    assert list(told.columns) == ["Key", "Setting", "Value", "In words"]
    assert told.iloc[0].tolist()[:3] == ["nato", "NATO talks", 50]
    assert told.iloc[8].tolist() == ["pressure_russia", "Pressure on Russia", 100, "As at the start"]
    assert told.iloc[-1].tolist()[::2] == ["ramp", 2]
    pivot = tables.settings_table(Asked(presets()["pivot-to-china"]))
    assert pivot.iloc[9].tolist()[1:] == [
        *("Pressure on China", 140, "between “As at the start” and “Controls on whole sectors”")
    ]
