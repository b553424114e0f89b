"""What is said of observed history: the finding by rule, each series with its sources, events with their warnings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd

from model import catalog
from model.analysis.hindcast import COMPOSITE, DEFAULT
from model.assumptions.schema import Scenario
from model.history.observed import FIRST, LAST, history
from model.history.windows import WINDOW, event_windows
from ui.told import history as told_history
from ui.told.assumptions import cite, graded
from ui.told.words import minus, signed

MODELLER = "modeller"  # who is no source of what was observed
PAIR = "Russia and China"  # of whom the record tells
CODING = DEFAULT.levers  # how the past is read as lever positions where one reading has to be shown
UNITS = {"percent": " %", "ideal-point units": " units", "USD bn": " bn USD", "points": "", "count": ""}
FINE = ("ideal-point units",)  # units of which a whole one is large


def reading(name: str) -> str:
    """How the picture of a series is read."""
    return (
        f"Line: what was observed{', higher is closer' * on_scale(name)}. A number in the row above stands for an "
        "event below, filled where a look at the picture would mislead. Bars: US levers as they stood, late 2021 as "
        "their zero; sanctions that were not yet there count as relief. How the past is read as levers is judgement."
    )


def part_shown(first: int, last: int) -> str:
    """Which part of the record is shown; empty for the whole."""
    return "" if (first, last) == (FIRST, LAST) else f"Shown: {first} to {last}, of the record of {FIRST} to {LAST}."


class Stretch(NamedTuple):
    """The years around a year, and by how much the mean of those after it exceeds that of those before, in points."""

    year: int
    step: float

    @property
    def first(self) -> int:
        """The first of the years before."""
        return self.year - WINDOW

    @property
    def last(self) -> int:
        """The last of the years after that is on record."""
        return min(self.year + WINDOW, LAST)


class Stretches(NamedTuple):
    """Where a series rose most, and where it moved least."""

    steepest: Stretch
    flattest: Stretch


def series_shown() -> list[str]:
    """The series to choose from: the composites, what they are means of, and all others that are no policy."""
    record = history()
    composed = [*record.composites, *(part for of in record.composites.values() for part in of)]
    others = [name for name, series in record.series.items() if series.kind != "policy"]
    return list(dict.fromkeys([*composed, *others]))


@cache
def stretches(name: str) -> Stretches | None:
    """Where a series of the scale rose most and moved least; None of a series without windows."""
    windows = event_windows(history())
    steps = windows[windows["series"] == name].set_index("year")["step"]
    if steps.empty:
        return None
    most, least = (int(steps.index[int(place)]) for place in (steps.argmax(), steps.abs().argmin()))
    return Stretches(Stretch(most, float(steps[most])), Stretch(least, float(steps[least])))


def finding() -> str:
    """How far alignment went over the whole record, and where most and least; whole points, by rule."""
    record = history()
    values, found = record.values[COMPOSITE].dropna(), stretches(COMPOSITE)
    first, last = round(values.iloc[0]), round(values.iloc[-1])
    moved = f"{abs(last - first)} of 100 points {'closer' if last >= first else 'further apart'}"
    where = f", most in {_years(found.steepest)}, least in {_years(found.flattest)}" if found else ""
    return f"From {values.index[0]} to {values.index[-1]} Russia and China moved {moved}{where}"


def basis() -> str:
    """What the finding rests on."""
    record = history()
    series, found = record.series[COMPOSITE], stretches(COMPOSITE)
    steps = (
        f" Most and least: the mean of {WINDOW} years after less that of {WINDOW} years before is "
        f"{signed(found.steepest.step)} around {found.steepest.year} and {signed(found.flattest.step)} around "
        f"{found.flattest.year}."
        if found
        else ""
    )
    return (
        f"{series.title}, {_measured()} in equal parts, worked "
        f"out from public data. {series.noise.meaning}{steps} What happened is no proof of why."
    )


def _years(stretch: Stretch) -> str:
    return f"{stretch.first}–{stretch.last}"


def _plain(part: str) -> str:
    """What a part of the scale measures: votes."""
    return history().series[part].title.removesuffix(" on the scale").lower()


def _and(names: Iterable[str]) -> str:
    """Names one after the other: votes, trade and arms."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def value_words(name: str, value: float) -> str:
    """A value of a series with its unit."""
    return f"{number_words(name, value)}{UNITS[history().series[name].unit]}"


def number_words(name: str, value: float) -> str:
    """A value of a series without its unit, whole unless a whole unit is large."""
    return minus(f"{value:.1f}" if history().series[name].unit in FINE else f"{value:.0f}")


def on_scale(name: str) -> bool:
    """Whether a series stands on the scale from 0 to 100, or is a share of 100 that compares two powers."""
    record = history()
    composed = {part for of in record.composites.values() for part in of}
    return name in {*record.composites, *record.parts, *composed}


def scale_ends(name: str) -> tuple[str, str]:
    """What 0 and 100 stand for on the scale of a composite or a part; empty where the scale has no anchors."""
    record = history()
    parts = [part for part in record.composites.get(name, (name,)) if part in record.parts]
    ends = []
    for end in ("zero", "hundred"):
        said = (
            f"{_plain(part)} {getattr(record.parts[part], end):g}"
            f"{UNITS[record.series[record.parts[part].of].unit]}{' apart' * (part == 'alignment_votes')}"
            for part in parts
        )
        ends.append(", ".join(said))
    return ends[0], ends[1]


def ends_sentence(name: str) -> str:
    """From where to where a series went, and what of it is noise."""
    record = history()
    series, values = record.series[name], record.values[name].dropna()
    first, last = (value_words(name, float(values.iloc[place])) for place in (0, -1))
    unit = " points" * (series.unit == "points")
    noise = series.noise
    band = f" Band: ± {noise.value:g}{UNITS[series.unit]}{unit}. {noise.meaning}" if noise.value else ""
    return (
        f"{series.title}: from {first} in {values.index[0]} to {last}{unit} in {values.index[-1]}."
        f"{band or f' Noise: {noise.meaning}'}"
    )


def facts(name: str) -> dict[str, str]:
    """What a series is, where it breaks and what it rests on, by the names that a reader sees."""
    record = history()
    series, sources = record.series[name], catalog().sources
    licences = dict.fromkeys(sources[slug].license for slug in series.sources)
    part = record.parts.get(name)
    return {
        "What it is": series.meaning,
        "On the scale": part.note if part else "",
        "Breaks": " ".join(series.breaks),
        "Noise": series.noise.meaning,
        "Basis": graded(series.basis),
        "Sources": " ".join(sources[slug].citation_full for slug in series.sources),
        "Licence": "; ".join(licences),
    }


def credits_of(name: str) -> str:
    """What a picture of a series has to say of it wherever it goes: what it is, whose data, under which licences."""
    series, sources = history().series[name], catalog().sources
    licences = dict.fromkeys(sources[slug].license for slug in series.sources)
    return f"{series.title}. Sources: {cite(series.sources)}. Licences: {'; '.join(licences)}."


def events_in_short() -> str:
    """The events by their numbers, for where they stand on no page."""
    numbered = enumerate(history().events.values(), 1)
    return f"Events: {'; '.join(f'{number} {event.title}, {event.year}' for number, event in numbered)}."


def before(scenario: Scenario) -> dict[int, float]:
    """Composite A in the years up to the start of a scenario: half as many as are run, so that these keep most room.

    Nothing where fewer than two years are on record, and of others than Russia and China.
    """
    if told_history.pair(scenario) != PAIR:
        return {}
    first = scenario.start - (scenario.horizon + 1) // 2
    past = {year: value for year, value in _composite().items() if first <= year <= scenario.start}
    return past if len(past) > 1 else {}


@cache
def _composite() -> Mapping[int, float]:
    """Composite A by year, where it is on record."""
    return {int(str(year)): float(value) for year, value in history().values[COMPOSITE].dropna().items()}


def before_alt(scenario: Scenario, start: int) -> str:
    """What was observed before a scenario that starts at so many points, and why it ends elsewhere; may be empty."""
    past = before(scenario)
    if not past:
        return ""
    first, last = min(past), max(past)
    return (
        f"Observed before, over {_measured()} only: {past[first]:.0f} in {first}, {past[last]:.0f} in {last}. "
        f"The model starts from six domains, at {start}."
    )


def before_read(scenario: Scenario) -> str:
    """How the observed line beside the drift is read; empty where there is none."""
    two, six = len(history().composites[COMPOSITE]), len(catalog().levels)
    return f"Left of {scenario.start}: observed, {two} of the {six} domains (see History)." if before(scenario) else ""


def _measured() -> str:
    """What the composite is a mean of: votes and trade."""
    return _and(map(_plain, history().composites[COMPOSITE]))


def before_credits(scenario: Scenario) -> str:
    """Whose data the observed line beside the drift is; empty where there is none."""
    return f"Left of {scenario.start}: {credits_of(COMPOSITE)}" if before(scenario) else ""


def before_cited(scenario: Scenario) -> str:
    """The same in a few words, for a list of sources."""
    cited = cite(slug for slug in history().series[COMPOSITE].sources if slug != MODELLER)
    return f"Observed: {cited}. Licences stand on the page History." if before(scenario) else ""


def alt(name: str) -> str:
    """The picture in words."""
    found, ends = stretches(name), scale_ends(name)
    said = [ends_sentence(name)]
    if ends[0]:
        said.append(f"0 is {ends[0]}; 100 is {ends[1]}.")
    if found:
        steep, flat = found
        said.append(
            f"It rose most around {steep.year}, {signed(steep.step)}, and moved least around {flat.year}, "
            f"{signed(flat.step)}."
        )
    levers = catalog().levers
    for lever, spans in lever_spans().items():
        on = [f"{percent} % {first}–{last}" for first, last, percent in spans if percent]
        said.append(f"{levers[lever].name}: {', '.join(on) or 'never on'}.")
    return " ".join(said)


def lever_spans() -> dict[str, list[tuple[int, int, int]]]:
    """The levers that the coding moves: first year, last year and position in percent of each span."""
    record = history()
    moved = record.rules(CODING)
    found: dict[str, list[tuple[int, int, int]]] = {}
    for lever in (key for key in catalog().levers if key in moved):
        spans: list[tuple[int, int, int]] = []
        for year in range(FIRST, LAST + 1):
            percent = round(record.position(CODING, lever, year, year))
            if spans and spans[-1][2] == percent:
                spans[-1] = (spans[-1][0], year, percent)
            else:
                spans.append((year, year, percent))
        found[lever] = spans
    return found


def events_table() -> pd.DataFrame:
    """The events with their warnings, and what composite A did around each; unrounded."""
    record = history()
    windows = event_windows(record)
    around = windows[windows["series"] == COMPOSITE].set_index("year")
    return pd.DataFrame(
        [
            {
                "No.": number,
                "Year": event.year,
                "Event": event.title,
                "What happened": event.meaning,
                "Warning": event.warning or "",
                "Step": around["step"].get(event.year),
                "Rank": around["rank"].get(event.year),
                "Windows": around["windows"].get(event.year),
                "Sources": "; ".join(event.sources),
            }
            for number, event in enumerate(record.events.values(), 1)
        ]
    )


def series_table() -> pd.DataFrame:
    """history.csv as it is: a row a year and series, in the series' own unit, unrounded."""
    record = history()
    tidy = record.values.rename_axis(columns="series").melt(ignore_index=False, value_name="value").dropna()
    tidy = tidy.reset_index()[["series", "year", "value"]]
    said = record.series
    return tidy.assign(
        title=tidy["series"].map(lambda name: said[name].title),
        unit=tidy["series"].map(lambda name: said[name].unit),
        sources=tidy["series"].map(lambda name: "; ".join(said[name].sources)),
    )
