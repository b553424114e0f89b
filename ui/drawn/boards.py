"""What Explore draws, as boards of cards: for the page, and for charts that follow a moving thumb. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

from model.analysis.goals import GoalCount
from model.assumptions.edits import identities
from model.assumptions.schema import Scenario
from ui.drawn import drift, figures, palette, strip, why
from ui.drawn import weights as drawn_weights
from ui.drawn.figures import Figure
from ui.links.asked import OPENING_HAND, Asked, same_ground, starting_points, unmoved
from ui.told import cache, finding, history, levers, observed, words
from ui.told import weights as told_weights
from ui.told.finding import Price
from ui.told.numbers import CardNumbers, moves_most

NO_LEVERS = "no levers (pressure goes on, nothing is offered)"
READINGS = {  # how the boards are read that follow a moving thumb
    "worldviews": (
        "Line: the middle of 1,000 assumed worlds under a view, higher is closer; dashes: halfway through the views "
        "without levers; short tick: where a view ends without them. An assumed world is the same model with its "
        "uncertain numbers drawn anew."
    ),
    "domains": (
        "Middle and 80 of 100 worlds, against the run without levers. The argument as a picture tells something else: "
        "means of what its steps push. Two domains are measured, four are coded by one person."
    ),
    "outcomes": (
        "In points, but each of something else: never added up. The dotted tick is where it stands without levers."
    ),
}


@dataclass(frozen=True)
class Card:
    """One chart with its words. `alt` is what a screen reader says of the chart, finding first.

    small: what is another in the chart on a page narrower than `below` pixels: its layout, or data and layout.
    scale: level or shift, where the axis is one that all pictures share, and that a page never narrows. ranged: the
    sentence with `{low}` and `{high}` for the ends of that axis.
    """

    key: str
    figure: Figure
    alt: str
    title: str = ""
    glyph: str = ""
    colour: str = ""
    sentence: str = ""
    small: Figure | None = None
    below: int = 900
    ranged: str = ""
    scale: Literal["", "level", "shift"] = ""


@dataclass(frozen=True)
class Told:
    """What stands around the two pictures: the finding, long and short, the caveat, the price, a row a worldview.

    priced: the title of the prices. views: of each worldview its key, short name, title, summary, glyph, colour and
    middle shift. drift, strip: what stands below each picture. plays: whether what is hollow is the essay's opening
    hand, which a button plays. counts: in how many worlds a reader's goals hold.
    """

    finding: str
    short: str
    caveat: str
    year: int
    priced: str
    prices: tuple[Price, ...]
    views: tuple[Mapping[str, str], ...]
    drift: str = ""
    strip: str = ""
    plays: bool = False
    counts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Board:
    """Cards side by side, in at most so many columns, and a sentence below them.

    `reading` says how the charts are read. `colours` names what the colours of the charts stand for, where it is not
    the worldview of a card. `told` stands around the two pictures.
    """

    cards: tuple[Card, ...]
    columns: Literal[1, 2, 4] = 4
    note: str = ""
    reading: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    told: Told | None = None

    def as_data(self) -> dict[str, Any]:
        """The board as it is sent to a browser."""
        data = {"cards": [vars(card) for card in self.cards], "columns": self.columns, "note": self.note}
        return data | (
            {"told": vars(self.told) | {"prices": [vars(one) for one in self.told.prices]}} if self.told else {}
        )


def noted(board: Board, sentence: str) -> Board:
    """The board with a sentence more in its note and in the words of its charts; as it is where there is none."""
    if not sentence:
        return board
    cards = tuple(replace(card, alt=f"{card.alt} {sentence}") for card in board.cards)
    return replace(board, cards=cards, note=f"{board.note} {sentence}".strip())


def by_worldview(
    worldviews: Sequence[str],
    theme: str,
    figure: Callable[[str], Figure],
    sentence: Callable[[str], str],
    about: str,
    columns: Literal[2, 4] = 4,
    reading: str = "",
    found: Collection[str] = (),
) -> Board:
    """One card a worldview with a chart and a sentence; `about` says what the charts show, `reading` how.

    `found` are the worldviews that there are numbers of; all of them where it is empty.
    """
    return Board(
        tuple(
            Card(
                key=key,
                figure=figure(key),
                alt=f"{view.title}. {about} {sentence(key)}",
                title=view.title,
                glyph=palette.mark_of(key, theme).glyph,
                colour=palette.mark_of(key, theme).colour,
                sentence=sentence(key),
            )
            for key, view in identities().items()
            if (not worldviews or key in worldviews) and (not found or key in found)
        ),
        columns,
        reading=reading,
    )


def worldviews(now: Asked, before: Asked | None, theme: str, worldviews: Sequence[str] = (), alone: str = "") -> Board:
    """The two pictures, the drift and the strip, for some worldviews or all; `alone` is looked at by itself."""
    at, scenario = cache.run_key(now), now.scenario
    cards, moved = _chosen(cache.cards(at), worldviews), words.moves_something(scenario)
    if alone not in [card.worldview for card in cards]:
        alone = ""
    plays = not moved and before is None and not scenario.analogue and not now.hidden
    before = before if before and same_ground(before.scenario, scenario) else None
    compared = before or (replace(now, scenario=starting_points()[OPENING_HAND]) if plays else None)
    hollow = _chosen(cache.cards(cache.run_key(compared)), worldviews) if compared else ()
    counts = cache.goal_counts(at, now.goals) if now.goals else {}
    shared: dict[str, Any] = {"moved": moved, "goals": now.goals, "alone": alone}
    pair, last = history.alignment_of(scenario), scenario.last_year
    ranged = f"{pair[0].upper()}{pair[1:]}, 0 to 100 ({{low}} to {{high}} shown)"
    past = observed.before(scenario)
    low, high = drift.level_range(cards, now.goals, past)
    start = round(float(cards[0].no_lever[1, 0]))
    looked_at = [card for card in cards if alone in ("", card.worldview)]
    found = finding.finding(looked_at, scenario)
    paths = drift.drift(cards, theme, ghosts=() if plays else hollow, past=past, **shared)
    pictures = (
        Card(
            "drift",
            paths,
            alt=f"{found}. {words.drift_alt(cards)} {observed.before_alt(scenario, start)}".strip(),
            title="The drift, and what the package does to it" if moved else "The drift",
            sentence=ranged.format(low=round(low), high=round(high)),
            small=drift.narrow(paths),
            ranged=ranged,
            scale="level",
        ),
        Card(
            "strip",
            strip.strip(cards, theme, ghosts=hollow, prediction=now.prediction, **shared),
            alt=f"{found}. {words.strip_alt(cards, scenario)}",
            title=f"Shift by {last}, against no levers",
            sentence="points of alignment, each view against its own path",
            small=strip.strip(cards, theme, ghosts=hollow, prediction=now.prediction, small=True, **shared),
            below=1240,  # where the two pictures stand below one another
            scale="shift",
        ),
    )
    told = Told(
        finding=found,
        short=finding.in_short(looked_at, scenario),
        caveat=finding.caveat(scenario, len(looked_at)),
        year=last,
        priced=f"What else these assumptions give by {last}",
        prices=finding.prices(cards, cache.price_outcomes(at), scenario),
        views=tuple(_view(card, theme) for card in cards),
        drift=f"{_below_drift(cards, moved, alone).strip()} {observed.before_read(scenario)}".strip(),
        strip=_below_strip(cards, scenario, plays, before is not None),
        plays=plays,
        counts=_counts(now, cards, counts),
    )
    note = words.last_change(before, now, hollow, cards) if before else ""
    board = Board(pictures, columns=2, note=note, reading=READINGS["worldviews"], told=told)
    return noted(board, words.set_apart(now))


def question(asked: Asked, theme: str) -> Board:
    """The two pictures while a prediction is asked for: the drift only, and the question in place of a finding.

    They are drawn with every lever at neutral: nothing of what is asked itself may be seen.
    """
    board = worldviews(replace(asked, scenario=unmoved(asked.scenario), goals=()), None, theme)
    pair, year = history.pair(asked.scenario), asked.scenario.last_year
    ask = f"What do you expect? By {year}, will this package have moved {pair} apart, closer, or neither?"
    told = replace(board.told, finding=ask, short=ask, prices=(), strip="") if board.told else None
    return replace(board, told=told)


def _view(card: CardNumbers, theme: str) -> dict[str, str]:
    view, mark = identities()[card.worldview], palette.mark_of(card.worldview, theme)
    named = {"key": card.worldview, "short": view.short, "title": view.title, "about": view.summary}
    return named | {"glyph": mark.glyph, "colour": mark.colour, "shift": words.signed(card.shift[1])}


def _below_drift(cards: Sequence[CardNumbers], moved: bool, alone: str) -> str:
    """How the drift is read, in a line, and why its numbers may differ from those of the strip."""
    seen = [card for card in cards if card.worldview == alone] or list(cards)
    if len(seen) == 1:
        return f"Dashes: {NO_LEVERS}. Bands: 80 of 100 worlds. Thin lines: single worlds. {finding.unlike_ends(seen)}"
    if not moved:
        return f"Grey: {NO_LEVERS}, from the lowest to the highest view. Dashes: halfway between."
    most = moves_most(cards)
    band = f" Band: 80 of 100 worlds, {identities()[most.worldview].short}." if most else ""
    dashes = f"Dashes: {NO_LEVERS}, halfway through the views; short lines, brackets: each view’s own."
    return f"{dashes}{band} {finding.unlike_ends(cards)}".strip()


def _below_strip(cards: Sequence[CardNumbers], scenario: Scenario, plays: bool, changed: bool) -> str:
    """How the strip is read, in a line."""
    if plays:
        return "Hollow: where the essay’s opening hand would be."
    hollow = ["Hollow: before the last change."] * changed
    still = [sentence for card in cards for sentence in words.still_sentences(card, scenario)]
    return " ".join(
        [
            "Dot: 2 of 100 assumed worlds (uncertain numbers drawn anew). Bar: 80 of 100. Marker: middle.",
            *hollow,
            *still,
        ]
    )


def _counts(now: Asked, cards: Sequence[CardNumbers], counts: Mapping[str, GoalCount]) -> tuple[str, ...]:
    """By worldview, in how many worlds the goals hold; of a historic analogue, what it paid off."""
    outcomes = cache.told_outcomes(cache.run_key(now)) if now.scenario.analogue else ()
    told = {
        identities()[card.worldview].short: [
            *words.goal_sentences(now.goals, counts.get(card.worldview)),
            *words.paid_off(card, now.scenario, outcomes),
        ]
        for card in cards
    }
    return tuple(f"{short}: {' '.join(said)}" for short, said in told.items() if said)


def _chosen(cards: tuple[CardNumbers, ...], worldviews: Sequence[str]) -> tuple[CardNumbers, ...]:
    return tuple(card for card in cards if not worldviews or card.worldview in worldviews)


def _rows(table: pd.DataFrame, key: str, title: str, figure: Figure, reading: str) -> Board:
    return Board((Card(key, figure, alt=words.rows_alt(table, title)),), columns=1, reading=reading)


def of_worldviews(table: pd.DataFrame, worldviews: Sequence[str]) -> pd.DataFrame:
    """The rows of a table for some worldviews, or all rows where no worldview is named."""
    return table[table["worldview"].isin(worldviews)] if worldviews else table


def domains(now: Asked, _before: Asked | None, theme: str, worldviews: Sequence[str] = (), _alone: str = "") -> Board:
    """The shift in the last year, domain by domain."""
    table = of_worldviews(cache.domains(cache.run_key(now)), worldviews)
    figure = figures.rows(table, theme, "shift against the no-lever run, points", shared_zero=True)
    board = _rows(table, "domains", f"Shift in {now.scenario.last_year} by domain", figure, READINGS["domains"])
    return noted(board, words.set_apart(now))


def outcomes(now: Asked, _before: Asked | None, theme: str, worldviews: Sequence[str] = (), _alone: str = "") -> Board:
    """The other outcomes in the last year: US effort, NATO cohesion and the rest."""
    table = of_worldviews(cache.outcomes(cache.run_key(now)), worldviews)
    figure = figures.rows(table, theme, "points", shared_zero=False)
    board = _rows(table, "outcomes", f"Other outcomes in {now.scenario.last_year}", figure, READINGS["outcomes"])
    return noted(board, words.set_apart(now))


def credit(
    now: Asked, _before: Asked | None, theme: str, worldviews: Sequence[str] = (), view: str = levers.LOST
) -> Board:
    """What each lever does, in one view of `ui.told.levers`; empty where no lever is moved."""
    at = cache.run_key(now)
    found = levers.parts_by_worldview(cache.credits_at(at), cache.dropped(at))
    if not found:
        return Board((), columns=2)
    reach, asks = why.lever_reach(found.values()), levers.VIEWS[view]
    board = by_worldview(
        worldviews,
        theme,
        lambda key: why.lever_bars(found[key], view, reach, theme),
        lambda key: found[key].sentence(view),
        f"{asks.name}.",
        columns=2,
        reading=f"{asks.question} {levers.reading(view, now.scenario)}",
        found=found,
    )
    cards = tuple(replace(card, alt=f"{card.alt} {found[card.key].told(view)}.") for card in board.cards)
    return noted(replace(board, cards=cards), words.set_apart(now))


def weights(now: Asked, _before: Asked | None, theme: str, worldviews: Sequence[str] = ()) -> Board:
    """What each offer weighs, and what of it is asked, delivered and felt."""
    found = cache.weighed(cache.run_key(now))
    to = drawn_weights.reach(found.values())
    board = by_worldview(
        worldviews,
        theme,
        lambda key: drawn_weights.weight_bars(found[key], to, theme),
        lambda key: found[key].sentence,
        "What each offer weighs.",
        columns=2,
        reading=f"{told_weights.READING} {told_weights.AT_THE_FOOT} {told_weights.MIDDLES}",
        found=found,
    )
    cards = tuple(
        replace(
            card,
            alt=f"{card.title}. {' '.join(told_weights.finding([found[card.key]]))} {found[card.key].told}",
            small=drawn_weights.weight_bars(found[card.key], to, theme, small=True),
        )
        for card in board.cards
    )
    return noted(replace(board, cards=cards), words.set_apart(now))


def yearly(now: Asked, _before: Asked | None, theme: str, worldviews: Sequence[str] = ()) -> Board:
    """What pushes alignment up and down, year by year."""
    found = cache.accounting(cache.run_key(now))
    reach = why.accounting_reach(found)
    board = by_worldview(
        worldviews,
        theme,
        lambda key: why.accounting_bars(found, key, reach, theme),
        lambda key: words.accounting_sentence(found, key),
        "Change of alignment by year and cause.",
        reading=(
            "Mean change of alignment in each year by cause (equation 7), with the levers as set. Above 0 the "
            "cause drives the two together, below 0 apart; the line is the sum."
        ),
        found=found["worldview"].unique(),
    )
    return noted(replace(board, colours=why.TERM_COLOURS), words.set_apart(now))


def dose(now: Asked, theme: str, worldviews: Sequence[str] = (), lever: str | None = None) -> Board:
    """The shift against the dose of one lever, or of all offers together."""
    curve = cache.dose(cache.run_key(now), lever)
    board = by_worldview(
        worldviews,
        theme,
        lambda key: why.dose_line(curve, key, theme),
        lambda key: words.dose_sentence(curve, key),
        "Shift against dose.",
        reading=(
            f"The shift in the last year if the dose were anything from 0 to {curve.dose[-1]:.0f} and all else stayed. "
            "Ring: where you are. Dashed line: the dose at which the offer, as far as Moscow believes it, outweighs "
            "what Moscow would risk."
        ),
        found=curve.worldviews,
    )
    return noted(board, words.set_apart(now))


# The boards that follow a thumb while it moves, by the name under which the server gives them.
FOLLOWING: dict[str, Callable[[Asked, Asked | None, str, Sequence[str], str], Board]] = {
    "worldviews": worldviews,
    "domains": domains,
    "outcomes": outcomes,
}
