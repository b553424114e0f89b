"""Explore looks as in the pictures of .github/screens, which `python -m tests.browser.screens` writes."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from tests.browser.conftest import Opener
from tests.browser.screens import FOLDER, PHONE, README_PICTURE, SCREENS, difference, pictured

TOLERATED = 0.02  # of a picture: fonts differ from machine to machine
EXPLORE = ["explore", "explore-dark", "explore-neutral", "phone-levers"]
MOST_BYTES = 1_500_000


@pytest.mark.parametrize("name", EXPLORE)
def test_explore_looks_as_it_was_pictured(open_page: Opener, name: str) -> None:
    screen = SCREENS[name]
    page = open_page(screen.query, phone=screen.window == PHONE, dark=screen.dark, calm=True)
    screen.show(page)
    found = difference(pictured(page), Image.open(FOLDER / f"{name}.png"))
    assert found <= TOLERATED, f"{found:.1%} of the screen is not as pictured; if that is meant, picture it anew"


def test_a_change_of_the_look_is_seen_and_one_of_a_letter_is_not() -> None:
    whole = Image.open(FOLDER / "explore.png").convert("RGB")
    assert difference(whole, whole) == 0
    assert difference(ImageChops.offset(whole, 1, 0), whole) <= TOLERATED
    moved = whole.copy()
    moved.paste(whole.crop((400, 200, 900, 600)), (440, 230))
    assert difference(moved, whole) > TOLERATED
    assert difference(whole.convert("L").convert("RGB"), Image.open(FOLDER / "explore-dark.png")) > 0.5
    assert difference(whole.crop((0, 0, 900, 900)), whole) == 1


def test_every_screen_is_pictured_the_readme_shows_one_and_all_are_small() -> None:
    assert sorted(file.stem for file in FOLDER.iterdir()) == sorted(SCREENS)
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < MOST_BYTES
    assert README_PICTURE.read_bytes() == (FOLDER / "explore.png").read_bytes()
