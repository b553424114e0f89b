"""The pages: what each is called, and what it is in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

SITE = "Strategic Triangle"


@dataclass(frozen=True)
class Page:
    """A page.

    `path` is its address below that of the first page; `sentence` says what it is, beside the pointer in the navigation
    and among the findings of a search engine.
    """

    path: str
    title: str
    sentence: str
    has_charts: bool = True

    @property
    def tab(self) -> str:
        """What the browser's tab says."""
        return f"{self.title} · {SITE}"


PAGES = (
    Page(
        "",
        "Explore",
        "Move the levers of US policy and see the shift in Russia-China alignment under four rival worldviews.",
    ),
    Page(
        "compare",
        "Compare",
        "Up to four scenarios of US policy towards Russia and China side by side on the same axes, what differs first.",
    ),
    Page(
        "history",
        "History",
        "Observed Russia-China alignment from 1992 to 2024 with events and US levers, and by how much forecasts from "
        "the past would have missed.",
    ),
    Page(
        "assumptions",
        "Assumptions",
        "Every parameter of the model with its range, basis and source, every lever, and the essay claim by claim.",
        has_charts=False,
    ),
    Page(
        "argument",
        "Argument",
        "The essay’s argument in eight steps, the tensions inside it, what it leaves out, and where to see each.",
        has_charts=False,
    ),
    Page(
        "present",
        "Present",
        "What a package of US policy does to Russia-China alignment: one picture built in steps, in large type for a "
        "projector.",
    ),
)


def page_at(path: str) -> Page | None:
    """The page of a path below the first page's; None where there is no such page."""
    return next((page for page in PAGES if page.path == path), None)
