"""Sentences out of numbers: whole points, frequencies of assumed worlds, no verdict."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from model import catalog
from model.analysis.cautions import Caution
from model.analysis.credit import Credit
from model.analysis.dose import DoseCurve
from model.analysis.dropped import Dropped
from model.analysis.goals import Goal, GoalCount
from model.assumptions.edits import identities
from model.assumptions.scenario import moved, setting
from model.assumptions.schema import Lever, Scenario
from ui.links.asked import BASE, DIRECTIONS, ENSEMBLE, OPENING_HAND, Asked, Prediction, direction_of
from ui.told import history, own
from ui.told.numbers import CardNumbers, OutcomeNumbers, setting_names, whole_credit, whole_terms

TOLD_OUTCOMES = ("nato_cohesion", "doubt", "us_effort")  # beside the shift, in the summary
OBSERVED = "What was observed; how the past is read as lever positions is judgement."
CAVEAT = "Assumptions worked out, not a forecast."
REASONS_OF_BASE = "These reasons are those of the base structure."  # said of cautions while it is another
RANGE = "middle and 80 of 100 worlds"  # what is said of a middle value with its low and high
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^=&])")

HYPHEN = re.compile(r"(?<![^\s(])-(?=\.?[0-9])")  # of a negative number


def escaped(text: str) -> str:
    """Text from outside, made safe to stand in Markdown."""
    return MARKDOWN.sub(r"\\\1", text)


def minus(text: str) -> str:
    """Text with a minus sign in front of each number that had a hyphen there; ranges and names keep theirs."""
    return HYPHEN.sub("−", text)


def signed(value: float) -> str:
    """A change in whole points with a proper minus sign, or 0."""
    whole = round(value)
    return f"{whole:+d}".replace("-", "−") if whole else "0"


def points(value: float) -> str:
    """A change with its unit: −19 points, +1 point, no shift."""
    whole = round(value)
    return f"{signed(value)} point{'' if abs(whole) == 1 else 's'}" if whole else "No shift"


def way(value: float) -> str:
    """Which way a shift is, in words that follow its number."""
    whole = round(value)
    return "no shift" if not whole else "further apart" if whole < 0 else "closer"


def points_to_a_side(value: float) -> str:
    """A change with the way it goes: −19 points, further apart; +1 point, closer; 0 points."""
    return f"{points(value)}, {way(value)}" if round(value) else "0 points"


def spread(low: float, high: float) -> str:
    """A range of changes in words: 10 to 27 lower; from 5 lower to the same."""
    first, last = round(low), round(high)
    if first == last:
        return _one(first)
    if last < 0:
        return f"{-last} to {-first} lower"
    if first > 0:
        return f"{first} to {last} higher"
    return f"from {_one(first)} to {_one(last)}"


def _one(whole: int) -> str:
    if not whole:
        return "the same"
    return f"{abs(whole)} {'lower' if whole < 0 else 'higher'}"


def moves_something(scenario: Scenario) -> bool:
    """Whether anything differs from the no-lever run."""
    return bool(moved(scenario, catalog()))


def offers_something(scenario: Scenario) -> bool:
    """Whether there is an offer that could be reversed at home."""
    return any(scenario.levers[key] for key in catalog().inducements)


def shift_sentence(card: CardNumbers, scenario: Scenario) -> str:
    """Where alignment ends against the no-lever run, in one sentence."""
    low, _, high = card.shift
    if not moves_something(scenario):
        return "The same as without levers in every assumed world."
    words = spread(low, high)
    if words == "the same":
        return f"The same as without levers in {card.unmoved_of_100} of 100 assumed worlds."
    link = "as" if words.endswith("same") else "than"
    return f"{words[0].upper()}{words[1:]} {link} without levers, in 80 of 100 assumed worlds."


def still_sentences(card: CardNumbers, scenario: Scenario) -> list[str]:
    """What alone moves alignment under a worldview that says so, where levers are moved and the middle stays."""
    still = identities()[card.worldview].still
    return [still] if still and moves_something(scenario) and abs(card.shift[1]) <= 1 else []


def reversal_sentence(card: CardNumbers, scenario: Scenario) -> str:
    """How often the policy is reversed at home, in one sentence."""
    if not offers_something(scenario):
        return "There is no offer that could be reversed at home."
    worlds = card.reversed_of_100
    return f"In {worlds} of 100 assumed worlds the policy is reversed at home by {card.years[-1]}."


def goal_sentences(goals: tuple[Goal, ...], count: GoalCount | None) -> list[str]:
    """One sentence: in how many of 100 assumed worlds each goal holds, and all goals together."""
    if not count:
        return []
    names = [goal.in_words() for goal in goals] + [f"All {len(goals)} goals"] * (len(goals) > 1)
    holds = [*count.each, count.together]
    without = [*count.no_lever_each, count.no_lever_together]
    return [
        f"{name}: in {held} of 100 assumed worlds" + ("." if other is None else f" ({other} without levers).")
        for name, held, other in zip(names, holds, without, strict=False)
    ]


def interval_words(low: int, high: int) -> str:
    """An interval of shifts in words, with its direction and size: 5 to 20 points further apart than with no levers."""
    if low == high == 0:
        return "no shift: the same as with no levers"
    if low < 0 < high:
        return f"from {_counted(-low)} further apart to {_counted(high)} closer than with no levers"
    near, far = sorted((abs(low), abs(high)))
    size = _counted(far) if near == far else f"{near} to {_counted(far)}"
    return f"{size} {DIRECTIONS[direction_of(low, high)]} than with no levers"


def _counted(points_: int) -> str:
    return f"{points_} point{'' if points_ == 1 else 's'}"


def predicted_words(prediction: Prediction) -> str:
    """What was predicted: the interval, how sure and for which worldview; a direction said otherwise in an old link."""
    low, high, said = prediction.low, prediction.high, prediction.direction
    view = f"under “{identities()[prediction.of].title}”" if prediction.of else "whatever comes true"
    told = f"{interval_words(low, high)}, in {prediction.sure} of 100 assumed worlds, {view}"
    return told if said == direction_of(low, high) else f"{told}; called “{DIRECTIONS[said]}”"


def prediction_sentences(prediction: Prediction | None, worldview: str, inside: Mapping[str, int]) -> list[str]:
    """How many of 100 assumed worlds of a worldview lie where the reader expected them; `inside` has all of them."""
    if not prediction:
        return []
    held = f"{signed(prediction.low)} to {signed(prediction.high)}, holds {inside[worldview]} of 100 assumed worlds"
    if prediction.of == worldview:
        return [f"Your prediction for this view, {held}; you said {prediction.sure}."]
    if prediction.of:
        return [f"Your prediction for “{identities()[prediction.of].title}”, {held} here."]
    return [f"Your prediction, {held}; you said {prediction.sure}."]


def prediction_table(
    prediction: Prediction, cards: Sequence[CardNumbers], inside: Mapping[str, int]
) -> list[tuple[str, str, str]]:
    """A prediction against each worldview: its key, its middle shift, and how many of its worlds the interval holds.

    The worldview that it was made for is first; what the reader said stands where the reader said it.
    """
    made_for = sorted(cards, key=lambda card: card.worldview != prediction.of)
    return [
        (
            card.worldview,
            signed(card.shift[1]),
            f"{inside[card.worldview]} of 100 of its worlds"
            + (f"; you said {prediction.sure}" if prediction.of in ("", card.worldview) else ""),
        )
        for card in made_for
    ]


def drift_alt(cards: Sequence[CardNumbers]) -> str:
    """What the drift shows, for a screen reader: where each worldview ends with the levers and without."""
    first, last = cards[0].years[0], cards[0].years[-1]
    ends = "; ".join(
        f"{identities()[card.worldview].title} {round(card.scenario[1, -1])}, without levers "
        f"{round(card.no_lever[1, -1])}"
        for card in cards
    )
    start = round(cards[0].no_lever[1, 0])
    return f"Middle alignment of 100 from {start} in {first}, in {last}: {ends}."


def strip_alt(cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """What the strip shows, for a screen reader: the shift of each worldview and how far its worlds spread."""
    told = [
        f"{identities()[card.worldview].title}: {points(card.shift[1])}. {shift_sentence(card, scenario)} "
        f"{reversal_sentence(card, scenario)}"
        for card in cards
    ]
    return " ".join(told)


def rows_alt(table: pd.DataFrame, what: str) -> str:
    """What a chart of rows shows, for a screen reader: the middle value by row and worldview."""
    parts = [
        f"{title}: " + ", ".join(f"{short} {signed(middle)}" for short, middle in rows)
        for title, rows in _grouped(table).items()
    ]
    return f"{what}. " + "; ".join(parts) + "."


def _grouped(table: pd.DataFrame) -> dict[str, list[tuple[str, float]]]:
    """Middle values by title: (short name of the worldview, value)."""
    grouped: dict[str, list[tuple[str, float]]] = {}
    for title, worldview, middle in zip(table["title"], table["worldview"], table["middle"], strict=True):
        grouped.setdefault(title, []).append((identities()[worldview].short, middle))
    return grouped


def what_moved(before: Scenario, now: Scenario) -> str:
    """The settings that differ, in words: NATO talks 50 → 75; nothing if they are the same."""
    parts = []
    for key, name in setting_names().items():
        was, is_ = setting(before, key), setting(now, key)
        if was != is_:
            parts.append(f"{name} {was} → {is_}")
    return ", ".join(parts)


def what_changed(before: Asked, now: Asked) -> str:
    """What differs in words: the settings, and the structure where it is another; nothing if all is the same."""
    parts = [what_moved(before.scenario, now.scenario)]
    if before.switched != now.switched:
        parts.append(f"structure {structure_name(before.switched)} → {structure_name(now.switched)}")
    parts.append(own.what_changed(before.own, now.own))
    return ", ".join(filter(None, parts))


def structure_name(switched: Sequence[str]) -> str:
    """The structure by its keys: base, ensemble, or C1 and C4."""
    *first, last = switched or (BASE,)
    return f"{', '.join(first)} and {last}" if first else last


def structure_words(switched: Sequence[str]) -> str:
    """What is switched in the structure, each choice with what holds and what held; empty at the base."""
    if tuple(switched) == (ENSEMBLE,):
        return ensemble_words()
    choices = catalog().structure.choices
    return "; ".join(f"{key} “{choices[key].alternative}” instead of “{choices[key].title}”" for key in switched)


def structure_short(switched: Sequence[str]) -> str:
    """What is switched in the structure by what holds now, for a place with little room; empty at the base."""
    if tuple(switched) == (ENSEMBLE,):
        return ensemble_words()
    return "; ".join(f"{key} {catalog().structure.choices[key].alternative}" for key in switched)


def ensemble_words() -> str:
    """What the structural ensemble does, in words that follow a colon."""
    drawn = [key for key, choice in catalog().structure.choices.items() if choice.in_ensemble]
    share = round(100 * catalog().constant.structure_alternative_share)
    return (
        f"each assumed world also draws its structure, with each of {structure_name(drawn)} switched in {share} of 100 "
        "worlds"
    )


def set_apart(asked: Asked) -> str:
    """What differs from the project's own assumptions: the structure, a worldview of the reader's own; else empty."""
    told = (structure_sentence(asked.switched), "" if asked.scenario.analogue else own.own_sentence(asked.own))
    return " ".join(filter(None, told))


def structure_sentence(switched: Sequence[str]) -> str:
    """That the structure is not the base and what is switched, in one sentence; empty at the base."""
    told = structure_words(switched)
    return f"The structure differs from the base: {told}." if told else ""


def last_change(
    before: Asked,
    now: Asked,
    cards_before: tuple[CardNumbers, ...],
    cards_now: tuple[CardNumbers, ...],
) -> str:
    """What the last change did, in one sentence: NATO talks 50 → 75: op-ed −19 → −24; sceptic unchanged."""
    moved = what_changed(before, now)
    if not moved:
        return ""
    parts, earlier = [], {card.worldview: card for card in cards_before}
    for card in cards_now:
        name, last = identities()[card.worldview].short, signed(card.shift[1])
        if card.worldview not in earlier:
            parts.append(f"{name} {last}")
            continue
        first = signed(earlier[card.worldview].shift[1])
        parts.append(f"{name} unchanged" if first == last else f"{name} {first} → {last}")
    return f"Last change: {moved}. Shift in points: {'; '.join(parts)}."


def summary(
    asked: Asked,
    cards: tuple[CardNumbers, ...],
    outcomes: Sequence[OutcomeNumbers],
    counts: Mapping[str, GoalCount],
    inside: Mapping[str, int],
) -> list[tuple[str, str]]:
    """The whole view in plain paragraphs, each with a lead: what is set, what follows by worldview, what this is.

    `counts` are the goals by worldview, empty without goals; `inside` are the worlds of 100 in the interval of a
    prediction, empty without one.
    """
    known, scenario = catalog(), asked.scenario
    changed = [
        f"{lever.name} at {value} ({position_words(lever, value)})"
        for lever, value in ((known.levers[key], scenario.levers[key]) for key in moved(scenario, known))
    ]
    levers = f"Set are: {'; '.join(changed)}." if changed else "No lever is moved."
    told = (f"{context_words(scenario)}. {levers}", structure_sentence(asked.switched))
    paragraphs = [(asked.name, " ".join(filter(None, told)))]
    for card in cards:
        rows = {row.key: row for row in outcomes if row.worldview == card.worldview}
        said = [
            _outcome_sentence(card, scenario, rows),
            *goal_sentences(asked.goals, counts.get(card.worldview)),
            *prediction_sentences(asked.prediction, card.worldview, inside),
        ]
        paragraphs.append((identities()[card.worldview].title, " ".join(said)))
    end = "Middle values of 1,000 assumed worlds of each worldview. The worldviews are rivals, not to be averaged."
    if scenario.analogue:
        paragraphs.append(("Why this may not fit", scenario.analogue.why_it_may_not_fit))
        end = "Middle values of 1,000 assumed worlds of the one worldview that this historic analogue is written for."
    return [*paragraphs, (CAVEAT.removesuffix("."), end)]


def _outcome_sentence(card: CardNumbers, scenario: Scenario, rows: Mapping[str, OutcomeNumbers]) -> str:
    """What follows under one worldview, good and bad; `rows` are its other outcomes by key."""
    first, last = card.years[0], card.years[-1]
    rise = f"alignment goes from {round(card.no_lever[1, 0])} in {first} to {round(card.no_lever[1, -1])} in {last}"
    if not moves_something(scenario):
        return f"Without levers {rise}."
    nato, doubt, _ = (rows[key] for key in TOLD_OUTCOMES)
    return (
        f"{points(card.shift[1])} by {last}; without levers {rise}. {shift_sentence(card, scenario)} "
        f"NATO cohesion stands at {round(nato.middle)} of 100 ({round(nato.reference)} without levers), "
        f"{history.doubt_of(scenario)} at {round(doubt.middle)} ({round(doubt.reference)} without). "
        f"{reversal_sentence(card, scenario)}{f' {effort_sentence(scenario, rows)}' if scenario.analogue else ''}"
    )


def effort_sentence(scenario: Scenario, rows: Mapping[str, OutcomeNumbers]) -> str:
    """What became free to face the rival, in a historic analogue: `rows` are the other outcomes by key."""
    effort = rows["us_effort"].middle
    if not round(effort):
        return f"No effort is freed or tied down by {scenario.last_year}."
    return (
        f"{points(abs(effort)).lstrip('+')} of effort {'freed' if effort > 0 else 'tied down'} by {scenario.last_year}."
    )


def paid_off(card: CardNumbers, scenario: Scenario, outcomes: Sequence[OutcomeNumbers]) -> list[str]:
    """What a historic analogue shows beside alignment, doubt in the rival and effort, in one line; none for others."""
    if not scenario.analogue or not moves_something(scenario):
        return []
    rows = {row.key: row for row in outcomes if row.worldview == card.worldview}
    doubt, whose = rows["doubt"], history.doubt_of(scenario)
    return [
        f"{whose[0].upper()}{whose[1:]} ends at {round(doubt.middle)} of 100 ({round(doubt.reference)} without "
        f"levers). {effort_sentence(scenario, rows)}"
    ]


def middle_shifts_sentence(scenario: Scenario, middle_shifts: Mapping[str, int]) -> str:
    """The middle shift under each worldview in one sentence."""
    told = f"Shift of {history.alignment_of(scenario)} by {scenario.last_year}, points of 100: "
    return f"{told}{middle_shifts_words(middle_shifts)}."


def middle_shifts_words(middle_shifts: Mapping[str, int]) -> str:
    """The middle shift under each worldview: Lock-in 0, Op-ed −19."""
    shorts = identities()
    return ", ".join(f"{shorts[key].short} {signed(shift)}" for key, shift in middle_shifts.items())


def position_words(lever: Lever, value: int) -> str:
    """What a setting of a lever means: the label of its position, or the two it stands between."""
    at = [p.label for p in lever.positions if p.at == value]
    if at:
        return at[0]
    below = [p.label for p in lever.positions if p.at < value][-1]
    above = next(p.label for p in lever.positions if p.at > value)
    return f"between “{below}” and “{above}”"


def caution_list(raised: tuple[Caution, ...]) -> str:
    """Contradictions and idle levers with their reasons, as a Markdown list."""
    return "\n".join(
        f"- **{escaped(c.title)}.** {escaped(c.reason)}" + (f" (claims {', '.join(c.claims)})" if c.claims else "")
        for c in raised
    )


def dropped_sentence(dropped: Dropped) -> str:
    """Without which lever most would be lost, in one sentence; all of them where several tell the same size."""
    names, whole = setting_names(), {lever: round(value) for lever, value in dropped.p50.items()}
    most = max(map(abs, whole.values()))
    if not most:
        return "Whichever lever is dropped, half a point or less is lost."
    by_size = {
        size: " or ".join(names[lever] for lever, value in whole.items() if value == size)
        for size in whole.values()
        if abs(size) == most
    }
    told = [f"{levers} ({points_to_a_side(size)})" for size, levers in by_size.items()]
    return f"Most would be lost without {' or '.join(told)}."


def credit_sentence(credit: Credit) -> str:
    """The mean shift that the credits share, in one sentence."""
    return f"Mean shift: {points_to_a_side(credit.shift)}."


def interaction_sentence(credit: Credit) -> str:
    """What the levers bring alone and what only together, in one sentence."""
    whole = whole_credit(credit)
    return (
        f"Mean shift {signed(whole.shift)}: {signed(sum(whole.alone.values()))} from the levers one by one, "
        f"{signed(whole.interaction)} because they act together."
    )


def accounting_sentence(accounting: pd.DataFrame, worldview: str) -> str:
    """What drove the two together and apart over all years, in one sentence."""
    terms = whole_terms(accounting)[worldview]
    together, apart = int(terms[terms > 0].sum()), int(terms[terms < 0].sum())
    return f"Over all years {signed(together)} points together and {signed(apart)} apart."


def dose_sentence(curve: DoseCurve, worldview: str) -> str:
    """Where the scenario stands on its dose curve and where the threshold is, in one sentence."""
    w = curve.worldviews.index(worldview)
    last = float(curve.shift[1, w, -1])
    threshold = curve.threshold_dose[worldview]
    if not curve.has_threshold:
        crossed = "Moscow moves in proportion, without a threshold."
    elif threshold is None:
        crossed = "In the middle world no dose reaches Moscow's threshold."
    elif threshold <= 0:
        crossed = "In the middle world the rest of the package reaches Moscow's threshold already."
    else:
        crossed = f"In the middle world Moscow's threshold is reached at dose {round(threshold)}."
    return f"At dose {round(curve.dose[-1])}: {points(last).lower()}. {crossed}"


def lever_guide(lever: Lever) -> str:
    """All that is known of a lever, as Markdown."""
    positions = "\n".join(f"- **{p.at} {escaped(p.label)}.** {escaped(p.text)}" for p in lever.positions)
    parts = {
        "Who can move it": lever.who,
        "How fast": lever.how_fast,
        "How it is undone": lever.how_undone,
        "What the essay claims": lever.essay,
        "Who disagrees": lever.critics,
        "Watch": lever.watch,
    }
    told = "\n\n".join(f"**{title}.** {escaped(text)}" for title, text in parts.items())
    return f"{escaped(lever.summary)}\n\n{positions}\n\n{told}"


def origin(scenario: Scenario) -> str:
    """Whose scenario it is, in a few words."""
    if scenario.analogue:
        return f"A historic analogue, {scenario.start} to {scenario.last_year}"
    if scenario.name == OPENING_HAND:
        return "From an opinion essay of late 2021"
    return "Not from the essay: made for comparison"


def context_words(scenario: Scenario) -> str:
    """Start, horizon, onset and pressure in a few words."""
    begins = "at once" if not scenario.onset else f"in {scenario.start + scenario.onset}"
    begins += ", after the years shown" if scenario.onset >= scenario.horizon else ""
    policy = f", policy begins {begins}" if moves_something(scenario) else ""
    return f"{scenario.start} to {scenario.start + scenario.horizon}{policy}, {pressure_words(scenario)}"


def pressure_words(scenario: Scenario) -> str:
    """The pressure on both rivals, and what it is measured against."""
    era, known = scenario.analogue, catalog().levers
    pressed = {key: scenario.levers[key] for key, lever in known.items() if lever.group == "competition"}
    start = "at end-2021" if scenario.start == 2021 else f"in {scenario.start}"
    if all(value == known[key].neutral for key, value in pressed.items()):
        return "pressure as in its time" if era else f"pressure as {start}"
    names = [f"pressure on {history.the(one)}" for one in (era.swing, era.rival)] if era else map(_inside, pressed)
    said = " and ".join(f"{name} {value} %" for name, value in zip(names, pressed.values(), strict=True))
    return f"{said} of that {'of its time' if era else start}"


def _inside(lever: str) -> str:
    """A lever's name inside a sentence."""
    name = catalog().levers[lever].name
    return name[0].lower() + name[1:]
