"""A short tour, on request: a small card that is not modal, and a ring around what each step is about.

Streamlit has nothing of the kind.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from ui.server.parts import loader

HTML = """
<div class="space"></div>
<div class="ring" hidden></div>
<section class="card" role="region" aria-label="A short tour" hidden>
  <div class="words" aria-live="polite" aria-atomic="true"><p class="count"></p><h3></h3><p class="text"></p></div>
  <div class="buttons">
    <button type="button" class="skip">Skip the tour</button>
    <button type="button" class="back">Back</button>
    <button type="button" class="next">Next</button>
  </div>
</section>
"""

_HERE = Path(__file__).parent
_TOUR = st.components.v2.component("tour", html=HTML, js=loader("tour"))


@dataclass(frozen=True)
class Step:
    """One step. `target` is a CSS selector of the page; without a visible match the step has no ring."""

    title: str
    text: str
    target: str


@cache
def tour_steps() -> tuple[Step, ...]:
    """The steps of `ui/page/tour.toml`."""
    found = tomllib.loads((_HERE.parent / "tour.toml").read_text(encoding="utf-8"))
    return tuple(Step(**step) for step in found["step"])


def tour(key: str, steps: Sequence[Step], again: int = 0) -> None:
    """Show the tour whenever `again` has grown since the last run.

    Call it last on a page: it fills the lower right of the window wherever it stands, but the order of the Tab key is
    that of the page.
    """
    _TOUR(key=key, data={"steps": [vars(step) for step in steps] if again else [], "again": again})
