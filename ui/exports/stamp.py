"""What every export says of itself: title, link (also as a QR code), version, settings, range, caveat. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from urllib.parse import urlsplit

import segno

from model import MODEL_VERSION, InputError, catalog
from model.assumptions.edits import identities
from model.assumptions.scenario import moved
from model.assumptions.schema import Scenario
from ui.drawn import compared
from ui.links import comparison, single
from ui.links.asked import Asked
from ui.links.paths import HISTORY
from ui.told import cache, history, words
from ui.told.numbers import setting_names
from ui.told.own import own_words
from ui.told.seen import seen

LONGEST = 120  # characters of a title
LONGEST_COMPARED = 4 * LONGEST
LONGEST_PART = 48  # characters of a part of a file name
MOST_IN_CODE = 2331  # bytes that a QR code holds at error level M
BORDER = 4  # modules of quiet zone, as the standard asks
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Stamp:
    """What stands on every export.

    link: the full link of the view, or only its query where the address of the page is not known. version: of the
    model. settings, goals, structure, own: in words; goals are empty where none is set, structure at the base,
    own without a worldview of the reader's own. members:
    worlds of each worldview, 0 where nothing was run. made: the day, in UTC. history: what is historic about it and why
    it may not fit; empty for scenarios of today. observed: whose data what was observed is; empty where none is drawn.
    """

    title: str
    link: str
    version: int
    settings: str
    goals: str
    range: str
    members: int
    seed: int
    worldviews: tuple[str, ...]
    made: date
    history: str = ""
    caveat: str = words.CAVEAT
    structure: str = ""
    own: str = ""
    observed: str = ""

    @property
    def day(self) -> str:
        """The day in words: 22 November 2026."""
        return f"{self.made.day} {MONTHS[self.made.month - 1]} {self.made.year}"

    @property
    def worlds(self) -> str:
        """The ensemble in words; empty where nothing was run."""
        if not self.members:
            return ""
        return f"{self.members:,} assumed worlds of each worldview, seed {self.seed}"

    @property
    def what_is_set(self) -> str:
        """All that is set, in sentences; empty where nothing set has a part."""
        more = {"Structure": self.structure, "Your worldview, edited": self.own}
        told = [f"{self.settings}.", *(f"{name}: {words}." for name, words in more.items() if words)]
        return " ".join(told) if self.settings else ""

    def rows(self) -> list[tuple[str, str]]:
        """The stamp as pairs of a name and a text."""
        named = [
            ("Strategic Triangle", self.title),
            ("Caveat", self.caveat),
            ("Historic analogue", self.history),
            ("Settings", self.settings),
            ("Structure", self.structure),
            ("Your worldview, edited", self.own),
            ("Goals", self.goals),
            ("Range", self.range),
            ("Worlds", self.worlds),
            ("Observed", self.observed),
            ("Worldviews", ", ".join(self.worldviews)),
            ("Model version", str(self.version)),
            ("Made", self.day),
            ("Link", self.link),
        ]
        return [(name, text) for name, text in named if text]

    def lines(self) -> tuple[str, ...]:
        """The stamp without its title, as a few lines to stand below a picture."""
        told = (
            f"{self.caveat} Strategic Triangle, model version {self.version}, {self.day}. ".lstrip()
            + f"{self.range[0].upper()}{self.range[1:]}{f'; {self.worlds}' if self.worlds else ''}.",
            f"{self.what_is_set}{f' Goals: {self.goals}.' if self.goals else ''}",
            self.history and f"Historic analogue: {self.history}",
            self.observed,
            self.link,
        )
        return tuple(line for line in told if line)


def stamp(asked: Asked, address: str, today: date | None = None) -> Stamp:
    """The stamp of what is asked.

    Args:
        asked: what is exported.
        address: the public address of the page, such as `https://example.org/triangle`. Empty, or anything that is no
            web address: the link is only `?` and the query.
        today: the day to write; that of the clock, in UTC, where it is left out.
    """
    return Stamp(
        title=title_of(asked),
        link=full_link(single.text(asked, seen=seen(asked)), address),
        version=MODEL_VERSION,
        settings=settings_words(asked.scenario),
        structure=words.structure_words(asked.switched),
        own="" if asked.scenario.analogue else own_words(asked.own),
        goals="; ".join(goal.in_words() for goal in asked.goals),
        range=words.RANGE,
        members=cache.MEMBERS,
        seed=asked.seed,
        worldviews=tuple(identities()[key].title for key in asked.worldviews),
        made=today or datetime.now(UTC).date(),
        history=history.in_short(asked.scenario),
    )


def comparison_stamp(all_asked: Sequence[Asked], address: str, today: date | None = None) -> Stamp:
    """The stamp of scenarios side by side; otherwise as `stamp`."""
    named = compared.names(all_asked)
    told = zip(compared.LETTERS, (settings_words(asked.scenario) for asked in all_asked), strict=False)
    analogues = zip(compared.LETTERS, (history.in_short(asked.scenario) for asked in all_asked), strict=False)
    return replace(
        stamp(all_asked[0], address, today),
        title=clean(" | ".join(named), LONGEST_COMPARED),
        link=full_link(comparison.text(all_asked, all_seen=[seen(asked) for asked in all_asked]), address, "compare"),
        settings="; ".join(f"{letter}: {words}" for letter, words in told),
        structure=compared.structures(all_asked),
        worldviews=tuple(identities()[key].title for key in compared.views_compared(all_asked, ())),
        history=" ".join(f"{letter}: {short}" for letter, short in analogues if short),
    )


def of_the_record(mark: Stamp, query: str, address: str, caveat: str = "") -> Stamp:
    """The stamp of what no setting has a part in, and which the page History shows under a query.

    `caveat`: what holds of it in place of that of a run.
    """
    link = full_link(query, address, HISTORY)
    bare = replace(mark, settings="", structure="", goals="", history="", worldviews=())
    return replace(bare, link=link, caveat=caveat or mark.caveat)


def full_link(query: str, address: str, page: str = "") -> str:
    """The link of a query on a page: below an address if it is one of the web, else only the query."""
    query = f"?{query}"
    if not re.fullmatch(r"https?://[!-~]+", address, re.ASCII) or re.search(r"[\"'<>\\^`{|}]", address):
        return query
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/{page}{query}" if parts.netloc else query


def title_of(asked: Asked) -> str:
    """The name of what is asked: the reader's title, or that of its scenario and whether it was changed."""
    return clean(asked.name) or "A scenario without a title"


def settings_words(scenario: Scenario) -> str:
    """Every lever that is moved with its setting, then the context."""
    names = setting_names()
    changed = [f"{names[key]} {scenario.levers[key]}" for key in moved(scenario, catalog())]
    ramp = f"full delivery after {scenario.ramp} year{'s' * (scenario.ramp > 1)}"
    levers = f"Levers: {', '.join(changed)}" if changed else "No lever is moved"
    return f"{levers}; {words.context_words(scenario)}{', ' + ramp if words.offers_something(scenario) else ''}"


def clean(text: str, longest: int = LONGEST) -> str:
    """Text from outside on one line: no control characters, no marks that turn the direction of writing, not too long.

    Letters of every script stay.
    """
    shown = " ".join("".join(c if c.isprintable() else " " if c.isspace() else "" for c in text).split())
    return shown if len(shown) <= longest else f"{shown[: longest - 1].rstrip()}…"


def file_name(what: str, asked: Asked, ending: str) -> str:
    """A file name that says what is inside: strategic-triangle_opening-hand-changed_shift_2021-2031.csv.

    Args:
        what: what the file holds, in a few words.
        asked: what is exported.
        ending: such as `csv`, with or without its dot.
    """
    scenario = asked.scenario
    years = f"{scenario.start}-{scenario.last_year}"
    return f"strategic-triangle_{_name(asked)}_{_slug(what)}_{years}.{_slug(ending)}"


def comparison_file_name(what: str, all_asked: Sequence[Asked], ending: str) -> str:
    """The name of a file of a comparison: strategic-triangle_opening-hand_or_status-quo_comparison.csv."""
    return f"strategic-triangle_{'_or_'.join(map(_name, all_asked))}_{_slug(what)}.{_slug(ending)}"


def record_file_name(what: str, own: str, ending: str) -> str:
    """The name of a file that belongs to no scenario: strategic-triangle_observed-history_series-composite-a.svg."""
    parts = [_slug(part) for part in (what, own) if part]
    return f"strategic-triangle_{'_'.join(parts)}.{_slug(ending)}"


def _name(asked: Asked) -> str:
    switched = "".join(f"-{_slug(key)}" for key in asked.switched)
    return f"{_slug(asked.scenario.name)}{'-changed' * asked.changed}{switched}"


def _slug(text: str) -> str:
    """Small ASCII letters, digits and hyphens only; never empty, never long."""
    plain = unicodedata.normalize("NFKD", text[: 4 * LONGEST_PART]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_PART].strip("-") or "scenario"


def qr_code(link: str) -> segno.QRCode:
    """The QR code of a link, as small as error level M allows.

    Raises:
        InputError: the link is longer than a QR code can hold at that level.
    """
    if len(link.encode()) > MOST_IN_CODE:
        raise InputError(f"The link has {len(link.encode()):,} bytes, but a QR code holds at most {MOST_IN_CODE:,}.")
    return segno.make_qr(link, error="m", boost_error=False)


def qr_svg(link: str) -> bytes:
    """The QR code of a link as SVG, black on white, with a title for screen readers."""
    out = BytesIO()
    qr_code(link).save(out, kind="svg", border=BORDER, light="#fff", scale=4, title="QR code of the link to this view")
    return out.getvalue()
