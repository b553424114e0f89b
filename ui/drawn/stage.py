"""What is on the slides of Present: one picture built in steps, large enough for the last row. Pure.

Question, drift and package are one drawing to which something is added; how sure, why and cost are rows of one make.
The axes are those that hold every scenario of the group, so that no two slides differ in them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from model import analogues, catalog, presets
from model.assumptions.edits import identities
from model.assumptions.schema import Scenario
from model.engine.results import REVERSED
from ui.drawn import drift, strip
from ui.drawn.boards import Board, Card, noted
from ui.drawn.figures import Figure, axis, in_tens, layout
from ui.drawn.palette import INKS, Ink, faint, mark_of
from ui.links.asked import SEATED, STEPS, Asked, starting_points, step_of
from ui.told import cache, finding, history, observed, slides, words
from ui.told.numbers import CardNumbers

TITLES = dict(zip(STEPS, ("Question", "Drift", "Package", "How sure", "Why", "Cost"), strict=True))
EARLY = STEPS[:2]  # steps that show no result: all there are while a prediction is asked for, or where nothing is moved
MOST_LEVERS = 3
LOST = (-30.0, 20.0)  # the axis of what is lost without a lever: it holds every preset, and is widened for one's own
GROWN = 1.7  # times the size that a line or a marker has on Explore
TICKS, NAMES, SAID, LARGE = 22, 28, 22, 56  # pixels of letters on a screen of 1024 x 768; nothing is below 20
KEYED = 78  # pixels below rows for what their markers are
PAIR_ROOM = 30  # letters for whose alignment it is, above the picture; the headline names them anyway
ROW_ROOM = 200  # pixels at the right of rows for their numbers
NEAR = 3  # points between two prices below which one marker stands above the other
LOW, LANE = 0.12, 0.13  # of a row: where markers of prices stand, and how far one stands above another
SIZES = {("line", "width"), ("marker", "size")}


@dataclass(frozen=True)
class Stage:
    """What is on the screen: a scenario, the step that is wanted, and the worldview by itself, empty for all.

    worldviews: those under which the scenario is run.
    hidden: whether results wait for a prediction.
    """

    scenario: Scenario
    worldviews: tuple[str, ...]
    wanted: str = STEPS[0]
    alone: str = ""
    hidden: bool = False

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps there are."""
        return STEPS if words.moves_something(self.scenario) and not self.hidden else EARLY

    @property
    def step(self) -> str:
        """The step that is shown: the one that is wanted, or the last there is."""
        return self.wanted if self.wanted in self.steps else self.steps[-1]

    @property
    def views(self) -> tuple[str, ...]:
        """The worldviews that can be looked at by themselves; none where there is one only."""
        return self.worldviews if len(self.worldviews) > 1 and not self.hidden else ()

    def at(self, step: str | None = None, alone: str | None = None) -> str:
        """This stage as it stands in a link, with another step, or with another worldview by itself."""
        named = (self.step if step is None else step, self.alone if alone is None else alone)
        return SEATED.join(filter(None, named))

    def turned(self, by: int) -> str | None:
        """The step so many steps on; None beyond the ends."""
        place = self.steps.index(self.step) + by
        return self.steps[place] if 0 <= place < len(self.steps) else None

    @property
    def group(self) -> Mapping[str, Scenario]:
        """The scenarios that one can go to: the presets, or the historic analogues."""
        return analogues() if self.scenario.analogue else presets()

    @property
    def changed(self) -> bool:
        """Whether it is the reader's own scenario."""
        return self.scenario != starting_points()[self.scenario.name]

    def other(self, by: int) -> str | None:
        """The scenario so many places on; one's own stands between its preset and the next one."""
        names = list(self.group)
        place = names.index(self.scenario.name) + by + (by < 0 and self.changed)
        return names[place] if 0 <= place < len(names) else None

    @property
    def about(self) -> str:
        """What the scenario is: its description, or what was changed."""
        preset = starting_points()[self.scenario.name]
        return f"{words.what_moved(preset, self.scenario)}." if self.changed else preset.description

    @property
    def number(self) -> str:
        """3 of 12."""
        names = list(self.group)
        place = f"{names.index(self.scenario.name) + 1} of {len(names)}"
        place = f"historic analogue {place}" if self.scenario.analogue else place
        return f"your own, made from {place}" if self.changed else place


@dataclass(frozen=True)
class View:
    """A worldview beside the picture: its number, which way it is, and whether another one is looked at by itself."""

    key: str
    title: str
    number: str
    way: str
    faded: bool


@dataclass(frozen=True)
class Slide:
    """What a step shows: a sentence, a picture, beside it the views' numbers or a few words, and how it is read."""

    name: str
    headline: str
    board: Board
    views: tuple[View, ...]
    beside: tuple[str, ...]
    note: str


def staged(asked: Asked, wanted: str) -> Stage:
    """The stage of what is asked, where a link wants a step and perhaps a worldview by itself."""
    alone = wanted.removeprefix(step_of(wanted)).removeprefix(SEATED)
    known = asked.worldviews
    step = step_of(wanted) or STEPS[0]
    return Stage(asked.scenario, known, step, alone if alone in known and len(known) > 1 else "", asked.hidden)


def slide(asked: Asked, stage: Stage, before: Asked | None, theme: str) -> Slide:
    """What is on the screen; `before` is the state whose lines stay as dotted ones, if a presenter wants them."""
    shown = SLIDES[stage.step](_Scene(asked, stage, before, theme))
    structure = words.structure_short(asked.switched)
    told = [shown.note, words.CAVEAT, f"Structure switched: {structure}." if structure else ""]
    name = f"{asked.name} · {stage.number}"
    board = replace(noted(shown.board, words.set_apart(asked)), note="")  # the slide has its own
    return Slide(name, shown.headline, board, shown.views, shown.beside, " ".join(filter(None, told)))


@dataclass(frozen=True)
class _Scene:
    """All that a slide is made from."""

    asked: Asked
    stage: Stage
    before: Asked | None
    theme: str

    @property
    def scenario(self) -> Scenario:
        return self.asked.scenario

    @property
    def cards(self) -> tuple[CardNumbers, ...]:
        return cache.cards(cache.run_key(self.asked))

    @property
    def ghosts(self) -> tuple[CardNumbers, ...]:
        return cache.cards(cache.run_key(self.before)) if self.before else ()

    @property
    def seen(self) -> tuple[CardNumbers, ...]:
        """The worldviews that are looked at: one by itself, or all."""
        return tuple(card for card in self.cards if self.stage.alone in ("", card.worldview))

    @property
    def named(self) -> CardNumbers:
        """The worldview that figures are given of: the one by itself, or the one that moves most."""
        return max(self.seen, key=lambda card: abs(card.shift[1]))

    @property
    def shared(self) -> dict[str, Any]:
        return {"ghosts": self.ghosts, "goals": self.asked.goals, "alone": self.stage.alone}

    def faded(self, worldview: str) -> bool:
        return self.stage.alone not in ("", worldview)

    def reach(self, of: Callable[[tuple[CardNumbers, ...]], tuple[float, float]]) -> tuple[float, float]:
        """The axis that holds all scenarios of the group, in the worlds of this one, and this one."""
        group = [Asked(one, seed=self.asked.seed, switched=self.asked.switched) for one in self.stage.group.values()]
        ends = [of(cache.cards(cache.run_key(one))) for one in group] + [of(self.cards)]
        return min(low for low, _ in ends), max(high for _, high in ends)


# The drift, to which steps add.


def _question(scene: _Scene) -> Slide:
    asks = slides.asks(scene.scenario)
    rivals = (
        () if scene.scenario.analogue else ("Rival views will answer. None is preferred, and they are never averaged.",)
    )
    about = (scene.stage.about, *rivals)
    note = f"{words.context_words(scene.scenario)}."
    return Slide("", asks, _path(scene, asks), (), about, note)


def _drift(scene: _Scene) -> Slide:
    told = slides.unmoved(scene.cards, scene.scenario)
    beside = ["No offer is made, and pressure stays as it is at the start."]
    if len(scene.cards) > 1:
        beside.append("The grey holds the middles of all rival views, the dashes run halfway through it.")
    return Slide("", told, _path(scene, told), (), tuple(beside), "Higher is closer.")


def _package(scene: _Scene) -> Slide:
    told = slides.answers(scene.seen, scene.scenario)
    era = scene.scenario.analogue
    beside = (f"Why this may not fit: {era.why_it_may_not_fit}",) if era else ()
    shift = f"Points in {scene.scenario.last_year} against no levers. Shaded: 80 of 100 assumed worlds."
    before = " Dotted: the scenario before." if scene.before else ""
    return Slide("", told, _path(scene, told), _views(scene), beside, shift + before)


def _views(scene: _Scene) -> tuple[View, ...]:
    names = identities()
    return tuple(
        View(
            card.worldview,
            names[card.worldview].title,
            words.signed(card.shift[1]),
            f"point{'' if abs(round(card.shift[1])) == 1 else 's'} {words.way(card.shift[1])}"
            if round(card.shift[1])
            else "no shift",
            scene.faded(card.worldview),
        )
        for card in scene.cards
    )


def _path(scene: _Scene, told: str) -> Board:
    """The drift of Explore, larger, with as much of it as the step shows and words of its own."""
    step, past = scene.stage.step, observed.before(scene.scenario)
    reach = scene.reach(lambda cards: drift.level_range(cards, scene.asked.goals, past))
    drawn = drift.drift(scene.cards, scene.theme, moved=step == "package", past=past, **scene.shared)
    traces = [enlarged(trace) for trace in drawn["data"]]
    for trace in traces:
        if step == "question" and trace["name"] not in ("start", "observed"):
            trace |= {"opacity": 0.0, "hoverinfo": "skip"}
        if step == "drift" and "before" in trace["name"]:
            trace["opacity"] = 0.0
        if trace["name"] == "without levers":
            trace["line"] = trace["line"] | {"dash": "14px,10px"}
    ink = INKS[scene.theme]
    start = float(scene.cards[0].no_lever[1, 0])
    asks = step == "question"  # no number beside the one that is asked about
    said = drift.observed_words(past, start, reach, ink, SAID, number=not asks)
    letters = {"tickfont": {"size": TICKS, "color": ink.muted}}
    figure = drawn["layout"] | {
        "margin": {"l": 48, "r": 34, "t": 16, "b": 40},
        "xaxis": drawn["layout"]["xaxis"] | letters,
        "yaxis": drawn["layout"]["yaxis"] | letters | {"range": list(reach)},
        "annotations": [*_path_words(scene, ink), *said],
        "shapes": [shape for shape in drawn["layout"]["shapes"] if shape.get("name") in ("goal", "start")],
    }
    pair = history.alignment_of(scene.scenario)
    alt = {
        "question": f"A chart without a path that starts at {round(float(scene.cards[0].no_lever[1, 0]))}.",
        "drift": f"Dashes from {scene.cards[0].years[0]} to {scene.cards[0].years[-1]}.",
        "package": words.drift_alt(scene.cards),
    }[step]
    card = Card(
        "drift",
        {"data": traces, "layout": figure},
        alt=f"{told} {alt} {observed.before_alt(scene.scenario, round(float(scene.cards[0].no_lever[1, 0])))}".strip(),
        title="Alignment" if len(pair) > PAIR_ROOM else pair,
        sentence=f"0 to 100 ({round(reach[0])} to {round(reach[1])} shown)",
        ranged="0 to 100 ({low} to {high} shown)",
        scale="level",
    )
    return Board((card,), columns=1)


def _path_words(scene: _Scene, ink: Ink) -> list[dict[str, Any]]:
    """The start in figures, and where the dashes end; before there are any, a question mark.

    So large a start stands below its dot where there is an observed line, whose end it would seem to be above it.
    """
    cards, step, years = scene.seen, scene.stage.step, scene.cards[0].years
    start, ends = float(cards[0].no_lever[1, 0]), slides.without_levers(cards).replace(" to ", "–")
    middle = [float(card.no_lever[1, -1]) for card in cards]
    at_end = (min(middle) + max(middle)) / 2
    plain = {"showarrow": False, "font": {"size": LARGE, "color": ink.text}}
    above, below = {"yanchor": "bottom", "yshift": 14}, {"yanchor": "top", "yshift": -8}
    free = step == "package" or not observed.before(scene.scenario)
    first = {"xanchor": "left", "x": years[0], "y": start, "xshift": 4, **(above if free else below)}
    notes: list[dict[str, Any]] = [{**plain, **first, "text": f"<b>{round(start)}</b>"}]
    last = {"xanchor": "right", "yanchor": "bottom", "x": years[-1]}
    if step == "question":
        asked = {"font": {"size": 3 * LARGE, "color": ink.baseline}, "yanchor": "middle", "y": start}
        return [*notes, {**plain, **last, **asked, "text": "<b>?</b>", "xshift": -20}]
    if step == "drift":
        return [*notes, {**plain, **last, "y": at_end, "text": f"<b>{ends}</b>", "yshift": 22}]
    notes[0]["font"] = {"size": 36, "color": ink.text}
    place = len(years) * 2 // 5
    middles = [float(card.no_lever[1, place]) for card in cards]
    at = (min(middles) + max(middles)) / 2
    notes.append(
        {
            "text": f"<b>Without levers {ends}</b>",
            "x": years[place],
            "y": at,
            "ax": 0,
            "ay": -92,
            "arrowcolor": ink.text,
            "arrowwidth": 2,
            "arrowhead": 0,
            "standoff": 6,
            "bgcolor": faint(ink.paper, 0.75),
            "font": {"size": 24, "color": ink.text},
        }
    )
    return notes


# Rows: a name, a picture on the axis that all rows share, a number at the right.


@dataclass(frozen=True)
class _Row:
    name: str
    number: str
    said: str
    colour: str
    faded: bool = False


def _sure(scene: _Scene) -> Slide:
    told, ink = slides.how_sure(scene.seen, scene.scenario), INKS[scene.theme]
    prediction = scene.asked.prediction
    reach = scene.reach(lambda cards: strip.shift_range(cards, scene.asked.goals, prediction))
    drawn = strip.strip(scene.cards, scene.theme, prediction=prediction, **scene.shared)
    rows = []
    for card in scene.cards:
        mark, shift = mark_of(card.worldview, scene.theme), card.shift[1]
        name = f"{_glyph(scene, card.worldview)} <b>{identities()[card.worldview].title}</b>"
        rows.append(_Row(name, words.signed(shift), words.way(shift), mark.colour, scene.faded(card.worldview)))
    figure = _rows_layout(rows, reach, ink, ("← further apart", "closer →"))
    figure["shapes"] = drawn["layout"]["shapes"]
    alt = f"{told}. {words.strip_alt(scene.cards, scene.scenario)}"
    worlds = [enlarged(trace) for trace in drawn["data"] if "xaxis" not in trace]  # markers stand before the names here
    board = _rows_board("strip", worlds, figure, alt, "shift")
    note = "Dot: 2 of 100 assumed worlds. Bar: 80 of 100. Number: the middle."
    note += (
        f" Grey: your prediction, {words.signed(prediction.low)} to {words.signed(prediction.high)}."
        if prediction
        else ""
    )
    goals = "; ".join(goal.in_words() for goal in scene.asked.goals if goal.outcome == "shift")
    note += f" Upright line: your goal, {goals}." if goals else ""
    note += " Hollow: the scenario before." if scene.before else ""
    return Slide("", told, board, (), (), note)


def _why(scene: _Scene) -> Slide:
    card, ink = scene.named, INKS[scene.theme]
    found = {one.worldview: one.p50 for one in cache.dropped(cache.run_key(scene.asked))}
    lost = found[card.worldview]
    largest = sorted(lost, key=lambda lever: -abs(lost[lever]))[:MOST_LEVERS]
    told = slides.leans_on(largest[0], lost[largest[0]], card, scene.scenario)
    mark = mark_of(card.worldview, scene.theme)
    rows = [
        _Row(f"<b>{catalog().levers[lever].name}</b>", words.signed(points), words.way(points), mark.colour)
        for lever, points in ((lever, lost[lever]) for lever in largest)
    ]
    places = [len(rows) - i - 1 + strip.BASE for i in range(len(rows))]
    reach = in_tens(LOST, [value for points in found.values() for value in points.values()])
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": f"lost without it, {identities()[card.worldview].short}",
        "x": [round(lost[lever], 1) for lever in largest],
        "y": places,
        "width": 0.16,
        "marker": {"color": faint(mark.colour, 0.45)},
        "hoverinfo": "skip",
    }
    marks = [_marks(scene, key, [points[lever] for lever in largest], places) for key, points in found.items()]
    figure = _rows_layout(rows, reach, ink, ("← drives apart", "drives closer →"), MOST_LEVERS)
    figure["margin"]["b"] = KEYED
    figure["annotations"] += _whose(scene, ink)
    each = " ".join(f"{catalog().levers[lever].name}: {words.points_to_a_side(lost[lever])}." for lever in largest)
    board = _rows_board("why", [bars, *marks], figure, f"{told}. {each}", "")
    note = "Points lost with that lever alone at neutral; not parts of a sum."
    return Slide("", told, board, (), (), note)


def _cost(scene: _Scene) -> Slide:
    at, ink = cache.run_key(scene.asked), INKS[scene.theme]
    found = finding.prices(scene.cards, cache.price_outcomes(at), scene.scenario)
    told = slides.prices_differ(found, scene.seen, scene.scenario)
    named, rows = scene.named, []
    for price in found:
        number = str(price.at[named.worldview]) if price.at else "–"
        said = "of 100 worlds" if price.key == REVERSED else "of 100"
        colour = mark_of(named.worldview, scene.theme).colour
        rows.append(_Row(f"<b>{price.title}</b>", number, said if price.at else "nothing to drop", colour))
    bases = {price.key: len(rows) - i - 1 + LOW for i, price in enumerate(found)}
    marks = []
    for card in scene.cards:
        priced = [
            (price.at[card.worldview], bases[price.key] + LANE * _level(price, card.worldview))
            for price in found
            if price.at
        ]
        marks.append(_marks(scene, card.worldview, [x for x, _ in priced], [y for _, y in priced]))
    figure = _rows_layout(rows, (-2.0, 102.0), ink)
    figure["xaxis"] |= {"tickvals": [0, 50, 100], "ticktext": ["0", "50", "100"], "zeroline": False, "showgrid": False}
    figure["margin"]["b"] = KEYED
    figure["annotations"] += _whose(scene, ink)
    figure["shapes"] += [
        {
            "type": "line",
            "x0": 0,
            "x1": 100,
            "y0": y,
            "y1": y,
            "line": {"color": ink.grid, "width": 4},
            "layer": "below",
        }
        for y in bases.values()
    ]
    figure["shapes"] += [
        {
            "type": "line",
            "x0": price.reference,
            "x1": price.reference,
            "y0": bases[price.key] - LOW,
            "y1": bases[price.key] + 0.36,
            "line": {"color": ink.text, "width": 3, "dash": "dot"},
        }
        for price in found
        if price.reference is not None
    ]
    each = " ".join(f"{price.title}: {price.told}." for price in found)
    board = _rows_board("cost", marks, figure, f"{told}. {each}", "")
    note = f"Each on 0 to 100 in {scene.scenario.last_year}, never added up. Dotted: without levers."
    return Slide("", told, board, (), (), note)


SLIDES = {"question": _question, "drift": _drift, "package": _package, "sure": _sure, "why": _why, "cost": _cost}


def _glyph(scene: _Scene, worldview: str) -> str:
    mark = mark_of(worldview, scene.theme)
    return f'<span style="color:{mark.colour}">{mark.glyph}</span>'


def _whose(scene: _Scene, ink: Ink) -> list[dict[str, Any]]:
    """Above the numbers, whose they are; below the axis, what the markers are."""
    shorts, named = identities(), scene.named.worldview
    plain = {"showarrow": False, "xref": "paper", "yref": "paper", "font": {"size": 24, "color": ink.text}}
    key = "   ".join(f"{_glyph(scene, card.worldview)} {shorts[card.worldview].short}" for card in scene.cards)
    says = {"text": f"{_glyph(scene, named)} <b>{shorts[named].short}</b>", "x": 1, "xanchor": "left", "xshift": 14}
    return [
        {**plain, **says, "y": 1, "yanchor": "bottom", "yshift": 2},
        {**plain, "text": key, "x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "yshift": -40},
    ]


def _level(price: finding.Price, worldview: str) -> int:
    """How many markers of worldviews before stand in the place of one's own."""
    earlier = [*price.at][: [*price.at].index(worldview)]
    return sum(abs(price.at[one] - price.at[worldview]) < NEAR for one in earlier)


def _marks(scene: _Scene, worldview: str, x: Sequence[float], y: Sequence[float]) -> dict[str, Any]:
    """The markers of a worldview, one in each row."""
    mark, short = mark_of(worldview, scene.theme), identities()[worldview].short
    return {
        "type": "scatter",
        "mode": "markers",
        "name": short,
        "x": [round(value, 1) for value in x],
        "y": [*y],
        "marker": {
            "color": mark.colour,
            "symbol": mark.marker,
            "size": 24,
            "line": {"color": INKS[scene.theme].paper, "width": 2},
        },
        "opacity": strip.FADED if scene.faded(worldview) else 1.0,
        "cliponaxis": False,
        "hovertemplate": f"{short}: %{{x:.0f}}<extra></extra>",
    }


def _rows_layout(
    rows: Sequence[_Row], reach: tuple[float, float], ink: Ink, sides: tuple[str, str] | None = None, least: int = 1
) -> Figure:
    """The axes, names and numbers of rows; `sides` of 0 in words, `least`: rows for which there is room."""
    count = len(rows)
    at = {"showarrow": False, "xref": "paper", "yref": "y"}
    notes: list[dict[str, Any]] = []
    for i, row in enumerate(rows):
        top, opacity = count - i, strip.FADED if row.faded else 1.0
        right = {**at, "x": 1, "xanchor": "left", "xshift": 14, "opacity": opacity}
        notes += [
            {**at, "x": 0, "xanchor": "left", "y": top, "yanchor": "top", "yshift": -6, "opacity": opacity}
            | {"text": row.name, "font": {"size": NAMES, "color": ink.text}},
            {**right, "y": top - 0.42, "yanchor": "middle", "yshift": 4}
            | {"text": f"<b>{row.number}</b>", "font": {"size": LARGE, "color": row.colour}},
            {**right, "y": top - 0.42, "yanchor": "top", "yshift": -24}
            | {"text": row.said, "font": {"size": SAID, "color": ink.muted}},
        ]
    for side, anchor, shift in zip(sides or (), ("right", "left"), (-12, 12), strict=False):
        head = {"xref": "x", "x": 0, "yref": "paper", "y": 1, "yanchor": "bottom", "xanchor": anchor, "xshift": shift}
        notes.append({**head, "showarrow": False, "text": side, "font": {"size": SAID, "color": ink.text}, "yshift": 4})
    line = {"color": ink.grid, "width": 2}
    figure = layout(ink, None)
    figure |= {
        "margin": {"l": 30, "r": ROW_ROOM, "t": 40, "b": 40},
        "xaxis": axis(
            ink,
            range=list(reach),
            tickvals=strip.TICKS,
            ticktext=[words.signed(tick) for tick in strip.TICKS],
            zeroline=True,
            zerolinecolor=ink.text,
            zerolinewidth=2.5,
            tickangle=0,
            tickfont={"size": TICKS, "color": ink.muted},
        ),
        "yaxis": {"range": [min(0, count - least), count], "visible": False, "fixedrange": True},
        "annotations": notes,
        "shapes": [
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line, "layer": "below"}
            for y in range(1, count)
        ],
    }
    return figure


def _rows_board(key: str, traces: list[dict[str, Any]], figure: Figure, alt: str, scale: Any) -> Board:
    return Board((Card(key, {"data": traces, "layout": figure}, alt=alt, scale=scale),), columns=1)


def enlarged(trace: dict[str, Any]) -> dict[str, Any]:
    """A trace whose lines and markers have grown; its numbers stay."""
    return _grown(trace, "")


def _grown(part: dict[str, Any], name: str) -> dict[str, Any]:
    def larger(size: Any) -> Any:
        return [larger(one) for one in size] if isinstance(size, list) else round(GROWN * size, 1)

    return {
        key: larger(value) if (name, key) in SIZES else _grown(value, key) if isinstance(value, dict) else value
        for key, value in part.items()
    }
