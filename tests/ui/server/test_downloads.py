"""What can be downloaded: every file of the view and of every board, previews for crawlers, short links, QR codes."""

from __future__ import annotations

import html
import io
import json
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from model import analogues, catalog, presets
from model.analysis.goals import parse_goal
from model.history.observed import history
from tests.browser.harness import chromium
from tests.ui.exports.test_tables import AUDIT, ONE, PAST, SEVERAL
from ui.exports.offered import OFFERED
from ui.exports.renderer import BUSY, NO_BROWSER, RENDERER, NoPicture
from ui.links import comparison, short, single
from ui.links.asked import Asked, Shown
from ui.server import downloads, previews
from ui.server.limits import EXPORTS
from ui.told import cache, hindcast, levers, observed, words
from ui.told.pages import PAGES

ASKED = Asked(presets()["opening-hand"], (parse_goal("nato_cohesion>=60"),), title="=HYPERLINK(1) <b>ours</b>")
QUERY = single.text(ASKED)
PATHS = [one.path for one in PAGES]
COMPARED = comparison.text([ASKED, Asked(presets()["status-quo"])])
HOSTILE = ["\x00\x07", "9" * 3000, "\u202eevil\u200f", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "../../etc"]


async def page(request: Request) -> HTMLResponse:
    return HTMLResponse(f"<html><head><title>x</title></head><body>{request.url.path}</body></html>")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER_PATH", chromium())
        patch.setattr(EXPORTS, "_clients", None)  # the client of these tests may ask as often as it likes
        pages = [Route(f"/{name}", page) for name in PATHS]
        app = Starlette(routes=[*downloads.download_routes(), *pages], middleware=[Middleware(previews.LinkPreviews)])
        yield TestClient(app)


@pytest.mark.parametrize("ending", list(downloads.VIEW))
def test_every_file_of_the_view_arrives_with_a_name_that_says_what_is_inside(client: TestClient, ending: str) -> None:
    answer = client.get(f"/export/view.{ending}?{QUERY}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == downloads.TYPES[ending]
    name = answer.headers["content-disposition"].rpartition("''")[2]
    assert re.fullmatch(rf"strategic-triangle_opening-hand_view_2021-2031\.{ending}", name)
    if ending == "toml":
        assert tomllib.loads(answer.text)["levers"] == ASKED.scenario.levers
    if ending == "json":
        assert answer.json()["worldviews"]["op-ed"]["shift"]["p50"] == pytest.approx(-19, abs=0.5)


def query_for(name: str) -> str:
    return COMPARED if OFFERED[name].compares else QUERY


@pytest.mark.parametrize("name", [name for name, offered in OFFERED.items() if offered.build])
def test_every_board_arrives_as_a_picture(client: TestClient, name: str) -> None:
    picture = client.get(f"/export/{name}.png?{query_for(name)}&theme=dark")
    assert picture.status_code == 200, picture.text
    width, height = Image.open(io.BytesIO(picture.content)).size
    assert width >= 1000
    assert height >= 500
    drawn = client.get(f"/export/{name}.svg?{query_for(name)}")
    assert drawn.text.lstrip().startswith("<svg")
    _, numbers_are, members, _ = (ONE | SEVERAL | PAST)[name]
    assert ("Assumptions worked out" in drawn.text) == bool(members)
    numbers_are = levers.VIEWS["shared"].range if name == "credit" else numbers_are  # one of the views in its table
    assert numbers_are in drawn.text.lower()
    assert (f"; {members:,} assumed worlds of each worldview, seed 7." in drawn.text) == bool(members)


@pytest.mark.parametrize("name", list(OFFERED))
def test_every_table_arrives_with_what_it_rests_on(client: TestClient, name: str) -> None:
    answer = client.get(f"/export/{name}.csv?{query_for(name)}")
    assert len(pd.read_csv(io.BytesIO(answer.content), comment="#")) > 1
    _, numbers_are, members, _ = (ONE | SEVERAL | PAST).get(name, ("", AUDIT, 1000, False))
    assert (b"Assumptions worked out" in answer.content) == bool(members)
    assert f"# Range: {re.sub('[,;] ', ' · ', numbers_are)}\r\n" in answer.text
    worlds = re.findall("# Worlds: ([0-9]+) assumed worlds", answer.text)
    assert worlds == [str(members)] * bool(members)  # none where nothing was run
    called = answer.headers["content-disposition"]
    assert re.search(r"strategic-triangle_opening-hand.*\.csv$", called) or (name in PAST and "opening" not in called)


@pytest.mark.parametrize("name", observed.series_shown())
def test_a_picture_of_the_record_holds_series_events_sources_and_licence_and_leads_to_history(
    client: TestClient, name: str
) -> None:
    drawn = client.get(f"/export/observed.svg?{QUERY}&series={name}")
    assert drawn.headers["content-disposition"].endswith(f"_series-{name.lower().replace('_', '-')}.svg")
    told = html.unescape(" ".join(re.sub("<[^>]+>", " ", drawn.text).split()))
    series = history().series[name]
    for part in (series.title, words.OBSERVED, observed.credits_of(name), f"/history?{QUERY[:20]}", f"&series={name}"):
        assert part in told.replace(" & ", "&"), part
    assert all(f"{event.title}, {event.year}" in told for event in history().events.values())
    assert ASKED.title not in told  # it belongs to no scenario
    assert "NATO talks 50" not in told
    assert client.get(f"/export/observed.csv?{QUERY}&series={name}").text.count(f'"{name}"') > 5


def test_a_picture_of_some_years_of_the_record_says_which_and_leads_to_them(client: TestClient) -> None:
    told = html.unescape(client.get(f"/export/observed.svg?{QUERY}&series=trade_value&years=2009-2024").text)
    assert "Shown: 2009 to 2024, of the record of 1992 to 2024." in told
    assert "&series=trade_value&years=2009-2024" in told


@pytest.mark.parametrize("years", [1, 3, 5])
def test_the_pictures_of_the_misses_are_those_so_many_years_ahead(client: TestClient, years: int) -> None:
    told = html.unescape(re.sub("<[^>]+>", " ", client.get(f"/export/forecasts.svg?{QUERY}&ahead={years}").text))
    found = cache.hindcast(ASKED.seed)
    for part in (hindcast.finding(found, years), "no skill claimed", observed.credits_of("composite_A")):
        assert part in " ".join(told.split())
    assert f"&ahead={years}" in told


def test_a_picture_with_the_past_names_whose_data_it_is_and_one_without_does_not(client: TestClient) -> None:
    credits_told = observed.credits_of("composite_A")
    past, none = (
        client.get(f"/export/worldviews.svg?preset={name}").text for name in ("giveaway", "opening-to-china-1969")
    )
    assert (credits_told in html.unescape(past), credits_told in html.unescape(none)) == (True, False)
    table = client.get("/export/worldviews.csv?preset=giveaway").text
    assert "Licences" not in table  # the table has no observed numbers


def test_a_comparison_is_drawn_with_all_its_scenarios_and_leads_back_to_compare(client: TestClient) -> None:
    drawn = client.get(f"/export/comparison.svg?{COMPARED}").text
    for part in ("A · =HYPERLINK(1)", "B · Status quo", "/compare?v=2", "hollow: where A is"):
        assert part in drawn
    rows = pd.read_csv(io.BytesIO(client.get(f"/export/comparison.csv?{COMPARED}").content), comment="#")
    assert rows["Scenario"].nunique() == 2
    assert (rows.filter(like="Against A").iloc[: len(catalog().worldviews)] == 0).all(axis=None)


def test_without_a_browser_pictures_are_refused_with_a_sentence_and_tables_are_not(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_browser(*_arguments: object) -> bytes:
        raise NoPicture(NO_BROWSER)

    monkeypatch.setattr(RENDERER, "draw", no_browser)
    downloads._preview.cache_clear()
    for address in ("/export/worldviews.png", "/export/domains.svg", "/preview.png"):
        answer = client.get(f"{address}?{QUERY}")
        assert (answer.status_code, answer.text) == (503, NO_BROWSER)
        assert "retry-after" not in answer.headers
    assert client.get(f"/export/domains.csv?{QUERY}").status_code == 200


def test_a_browser_that_is_busy_says_when_to_ask_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_arguments: object) -> bytes:
        raise NoPicture(BUSY)

    monkeypatch.setattr(RENDERER, "draw", busy)
    answer = client.get(f"/export/worldviews.png?{QUERY}")
    assert (answer.status_code, answer.text, answer.headers["retry-after"]) == (503, BUSY, "20")


def test_one_card_and_one_lever_can_be_asked_for(client: TestClient) -> None:
    one = client.get(f"/export/worldviews.svg?{QUERY}&card=op-ed").text
    assert "says “The op-ed's case”" in one.partition("</title>")[0]
    drift = client.get(f"/export/worldviews.svg?{QUERY}&card=drift").text
    assert ("The drift" in drift, "Wedge sceptic</b>" in drift) == (True, False)
    strip = client.get(f"/export/worldviews.svg?{QUERY}&card=strip").text
    assert ("Shift by 2031, against no levers" in strip, "Without levers: 58" in strip) == (True, False)
    analogue = single.text(Asked(analogues()["reset-2009"]))
    refused = client.get(f"/export/worldviews.svg?{analogue}&card=op-ed")
    assert (refused.status_code, "The scenario is not run under “op-ed”" in refused.text) == (400, True)
    assert "CAATSA relief" in client.get(f"/export/dose.svg?{QUERY}&lever=caatsa").text
    assert "under Wedge sceptic" in client.get(f"/export/argument.svg?{QUERY}&worldview=sceptic").text


@pytest.mark.parametrize(
    ("view", "title", "said"),
    [
        ("", "Credit of each lever", "Mean shift: −19 points, further apart."),
        ("&view=dropped", "Lost if a lever is dropped", "Most would be lost without Clear expectations (−10 points"),
        ("&view=shared", "Credit of each lever", "Mean shift: −19 points, further apart."),
        ("&view=alone", "Each lever alone", "Mean shift −19: −7 from the levers one by one, −12 because"),
    ],
)
def test_the_picture_of_the_levers_is_the_view_that_is_named(
    client: TestClient, view: str, title: str, said: str
) -> None:
    drawn = client.get(f"/export/credit.svg?{QUERY}{view}").text
    described = " ".join(re.sub("<[^>]+>", " ", drawn).split())
    for part in (title, said, levers.VIEWS[view.partition("=")[2] or "shared"].question):
        assert part in described


def test_the_table_of_the_levers_holds_all_views_whichever_is_named(client: TestClient) -> None:
    plain, named = (client.get(f"/export/credit.csv?{QUERY}{view}") for view in ("", "&view=alone"))
    assert plain.content == named.content
    table = pd.read_csv(io.BytesIO(plain.content), comment="#")
    views = ["Lost if dropped (middle)"] * 7 + ["Shared out (mean)"] * 8 + ["Alone (mean)"] * 8
    assert table["View"].tolist() == views
    points = table.set_index(["View", "What"])["Op-ed"]
    shared = points["Shared out (mean)"]
    assert shared.iloc[:-1].sum() == pytest.approx(shared["Mean shift, their sum"], abs=1e-4)
    alone = points["Alone (mean)"]  # with what they do only together
    assert alone.sum() == pytest.approx(shared["Mean shift, their sum"], abs=1e-4)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/export/view.exe", 400, "pdf, xlsx, parquet, json, toml"),
        ("/export/nope.png", 400, "worldviews, shift, domains"),
        ("/export/worldviews.gif", 400, "There is no"),
        ("/export/worldviews.png?theme=neon", 400, "light, dark"),
        ("/export/worldviews.png?card=nope", 400, "There is no card"),
        ("/export/comparison.png", 400, "names no scenarios"),
        ("/export/comparison.csv?with=giveaway&title=" + "x" * 5000, 400, "longer than 4000 characters"),
        ("/export/sources.png", 400, "There is no"),
        ("/export/credit.png?preset=status-quo", 400, "there is nothing to draw"),
        ("/export/dose.csv?lever=nope", 400, "There is no lever"),
        (
            "/export/credit.svg?preset=opening-hand&view=nope",
            400,
            "There is no view “nope”; allowed: dropped, shared, alone.",
        ),
        ("/export/credit.csv?preset=opening-hand&view=shard", 400, "There is no view “shard”; did you mean shared?"),
        ("/export/argument.csv?worldview=nope", 400, "There is no worldview"),
        (
            "/export/observed.svg?series=composite_C",
            400,
            "series names “composite_C”, which is not known; did you mean",
        ),
        ("/export/observed.png?years=1980-2024", 400, "years is “1980-2024”, but it must be two years from 1992 to"),
        ("/export/forecasts.png?ahead=2", 400, "ahead names “2”, which is not known; allowed: 1, 3, 5."),
        ("/export/view.pdf?predict=first", 400, "hidden until a prediction is made"),
        ("/export/view.json?x=" + "x" * 5000, 400, "longer than 4000 characters"),
        ("/s/nonsense", 404, "is no short link"),
    ],
)
def test_what_cannot_be_given_is_explained_in_a_sentence(
    client: TestClient, address: str, status: int, said: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.text
    assert len(answer.text) < 500


hostile = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
PARTS = ["preset", "nato", "title", "goal", "predict", "open", "result", "set", "seed"]
BESIDE = ["card", "lever", "view", "worldview", "theme", "with", "seed", "show"]


@given(st.sampled_from(PARTS), hostile)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_text_in_a_link_never_breaks_a_file(client: TestClient, key: str, text: str) -> None:
    answer = client.get("/export/view.toml", params={key: text})
    opened = single.read({key: [text]})
    assert answer.status_code == (400 if opened.notices else 200)
    if opened.notices:
        assert answer.text == " ".join(opened.notices[: downloads.MOST_TOLD])
    else:
        assert tomllib.loads(answer.text)["levers"]


@given(
    st.sampled_from(["dose.csv", "argument.csv", "comparison.csv", "worldviews.csv"]), st.sampled_from(BESIDE), hostile
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_text_beside_a_link_gets_a_file_or_a_short_sentence(
    client: TestClient, name: str, key: str, text: str
) -> None:
    answer = client.get(f"/export/{name}", params={key: text})
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        assert len(answer.text) < 700  # some sentences list all scenarios
        assert answer.headers["content-type"].startswith("text/plain")
    else:
        assert not any(cell[1:2] in "=+@" for cell in re.findall(r'"[^"]+"', answer.text))


class Tags(HTMLParser):
    """The meta tags of a page, and whatever else stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.names.append(tag)
        if tag == "meta":
            self.found[values.get("property") or values.get("name") or ""] = values.get("content") or ""


def crawled(client: TestClient, address: str) -> Tags:
    tags = Tags()
    tags.feed(client.get(address).text)
    return tags


def test_a_crawler_finds_title_sentence_and_picture(client: TestClient) -> None:
    tags = crawled(client, f"/?{QUERY}")
    assert tags.found["og:title"] == ASKED.title
    assert tags.found["og:description"].startswith(
        "Against no levers, this package leaves Russia and China 19 points less aligned by 2031 under one view, "
    )
    assert "Op-ed −19" in tags.found["og:description"]
    assert tags.names.count("b") == 0
    picture = client.get(tags.found["og:image"].removeprefix("http://testserver"))
    assert Image.open(io.BytesIO(picture.content)).size == previews.PICTURE_SIZE
    assert client.get(tags.found["og:image"]).content == picture.content  # kept


def test_a_preview_does_not_tell_what_a_prediction_is_asked_for(client: TestClient) -> None:
    tags = crawled(client, "/?preset=opening-hand&predict=first")
    assert "−19" not in json.dumps(tags.found, ensure_ascii=False)
    assert tags.found["og:description"] == previews.QUESTION


def test_a_comparison_is_previewed_by_all_its_names(client: TestClient) -> None:
    address = "/compare?with=opening-hand.nato-60&with=giveaway.nato-100"
    assert crawled(client, address).found["og:title"].count(" | ") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_link_has_a_harmless_preview(client: TestClient, text: str) -> None:
    answer = client.get("/", params={"title": text, "nato": text, "with": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_other_answers_pass_the_previews_untouched(client: TestClient) -> None:
    assert "og:title" not in client.get("/export/view.json").text
    assert client.head(f"/?{QUERY}").status_code in (200, 405)


def test_a_short_link_leads_to_the_full_one(client: TestClient) -> None:
    answer = client.get(f"/s/{short.code(ASKED)}", follow_redirects=False)
    assert answer.status_code == 307
    assert single.read(single.query_of(urlsplit(answer.headers["location"]).query)).asked == ASKED


def test_the_qr_code_is_a_picture(client: TestClient) -> None:
    answer = client.get(f"/qr.svg?{QUERY}")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "<svg" in answer.text


def test_every_worldview_can_stand_alone_in_another_page() -> None:
    for worldview in catalog().worldviews:
        opened = single.read(single.query_of(single.text(ASKED, Shown(chart=worldview))))
        assert opened.shown.chart == worldview
        assert opened.notices == ()


def test_the_argument_of_a_historic_analogue_is_that_of_its_worldview(client: TestClient) -> None:
    link = f"/export/argument.csv?{single.text(Asked(analogues()['reset-2009']))}"
    answer = client.get(link)
    assert answer.status_code == 200
    assert "The argument under Literature midpoint" in answer.text
    assert client.get(f"{link}&worldview=midpoint").text == answer.text
    refused = client.get(f"{link}&worldview=sceptic")
    assert (refused.status_code, "The scenario is not run under “sceptic”" in refused.text) == (400, True)


@pytest.mark.parametrize("name", [name for name, offered in OFFERED.items() if offered.tells and not offered.compares])
def test_every_table_of_a_historic_analogue_can_be_downloaded(client: TestClient, name: str) -> None:
    query = single.text(Asked(analogues()["opening-to-china-1969"]))
    assert client.get(f"/export/{name}.csv?{query}").status_code == 200


def test_a_preview_of_a_historic_analogue_says_why_it_may_not_fit() -> None:
    told = previews.sentence({"preset": ["opening-to-china-1969"]})
    assert "Shift of the alignment of the People's Republic of China and the Soviet Union by 1975" in told
    assert "Why this may not fit: The split was already violent" in told
    both = previews.sentence({"with": ["reset-2009", "giveaway"]})
    assert both.startswith("Shift of alignment, points of 100. A by 2014: Midpoint +1; B by 2031: Lock-in")


def test_an_address_of_version_1_is_followed_and_one_that_is_wrong_is_not(client: TestClient) -> None:
    now = client.get("/export/shift.csv?v=2&preset=opening-hand&pressure_russia=160&pressure_china=160")
    then = client.get("/export/shift.csv?v=1&preset=opening-hand&pressure=160")
    assert (now.status_code, then.status_code) == (200, 200)
    assert [line for line in then.text.splitlines() if line[0] != "#"] == [
        line for line in now.text.splitlines() if line[0] != "#"
    ]
    assert client.get("/export/shift.csv?preset=opening-hand&pressure=260").status_code == 400
