"""The page Argument without a browser: what its tabs show, and where its links lead."""

from __future__ import annotations

import html
import re

import pytest
from streamlit.testing.v1 import AppTest

from model import catalog
from tests.ui.page.test_app import address, opened, said
from ui.links import comparison, single
from ui.links.paths import ASSUMPTIONS, SOURCE
from ui.told import omissions
from ui.told.assumptions import places

TABS = ("Eight steps", *omissions.FAMILIES.values(), "Not modelled")


def on(tab: str) -> tuple[AppTest, str]:
    """The page with one of its tabs open, on a scenario of the reader's own, and all HTML on it."""
    app = opened(preset="giveaway", nato="41")
    app.session_state["argument_tabs"] = tab
    app.switch_page("argument.py").run()
    assert not app.exception
    return app, "".join(element.proto.body for element in app.get("html"))


def links(page: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'<a href="([^"]*)"', page)]


def test_each_tab_has_a_card_for_each_of_its_own() -> None:
    for tab, titles in {
        TABS[0]: [f"{i}. {step.title}" for i, step in enumerate(omissions.chain(), start=1)],
        **{
            TABS[i]: [one.title for one in omissions.gaps(family).values()]
            for i, family in enumerate(omissions.FAMILIES, 1)
        },
        TABS[3]: [claim.words for claim in catalog().claims.values() if claim.status == "outside"],
    }.items():
        page = on(tab)[1]
        shown = [
            html.unescape(re.sub(" <i>.*", "", one)) for one in re.findall(r'<span class="name">(.*?)</span>', page)
        ]
        assert sorted(shown) == sorted(titles)


@pytest.mark.parametrize("tab", TABS[:3])
def test_every_link_resolves(tab: str) -> None:
    found = links(on(tab)[1])
    assert len(found) > 20
    for link in found:
        path, _, query = link.partition("?")
        names = single.query_of(query)
        if path == "/compare":
            compared = comparison.read(names)
            assert (len(compared.all_asked), compared.notices) == (2, ())
        elif path == f"/{ASSUMPTIONS}":
            assert names.pop(SOURCE)[0] in places()
            assert names["nato"] == ["41"]
            assert single.read(names).notices == ()
        else:
            assert path == "/"
            assert single.read(names).notices == ()


def test_each_step_leads_to_the_picture_of_the_readers_own_scenario() -> None:
    to_picture = [link for link in links(on(TABS[0])[1]) if link.startswith("/?")]
    assert len(to_picture) == 8
    opened_ = single.read(single.query_of(to_picture[0].partition("?")[2]))
    assert (opened_.asked.scenario.levers["nato"], opened_.shown.open) == (41, ("argument",))


def test_what_is_not_in_the_model_has_no_picture_and_says_so() -> None:
    page = on("Left out")[1]
    assert page.count("Not in the model") == page.count("It is not modelled") == 2
    assert page.count("Which way that leans") == sum(bool(gap.leans) for gap in omissions.gaps("omissions").values())


def test_the_list_of_what_is_outside_says_how_many_and_is_folded() -> None:
    app, page = on("Not modelled")
    outside = sum(claim.status == "outside" for claim in catalog().claims.values())
    assert f"{outside} of the essay’s {len(catalog().claims)} claims are outside the model" in said(app)
    assert '<details class="group"><summary>' in page
    assert " open>" not in page


def test_explore_and_assumptions_lead_here() -> None:
    app = opened(preset="opening-hand", open="argument")
    assert "argument" in [link.proto.page for link in app.get("page_link")]
    app.session_state["assumption_tabs"] = "Claims"
    app.switch_page("assumptions.py").run()
    assert "argument" in [link.proto.page for link in app.get("page_link")]
    assert address(app)["preset"] == "opening-hand"
