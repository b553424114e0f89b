"""The hindcast as plain text: every forecaster's errors, who has the smallest, and what that does not show."""

from __future__ import annotations

import textwrap

import pandas as pd

from model.analysis.hindcast import COMPOSITE, FIRST_ORIGIN, HORIZONS, LAST_TARGETS, Hindcast
from model.history.observed import History

WIDTH = 110


def summary(found: Hindcast, record: History) -> str:
    """The errors under the default coding with their range over all codings, in points, and four sentences on them."""
    series, way = record.series[COMPOSITE], found.default
    held = "held at those of the origin year" if way.held == "frozen" else "those of each year"
    head = (
        f"{series.title}, forecast from every year since {FIRST_ORIGIN}: root mean square errors in points. Levers: "
        f"{record.codings.levers[way.levers].title.lower()}; pressure: "
        f"{record.codings.pressure[way.pressure].title.lower()}; both {held}. In brackets the range over "
        f"{found.coding_count} codings of the past. Changes of less than about {series.noise.value:g} points are noise."
    )
    tables = [part for last in LAST_TARGETS for part in (error_table(found, last).to_string(), "")]
    lines = [head, "", *tables, winners(found), "", bands(found), "", shows_not(found)]
    return "\n".join(textwrap.fill(line, WIDTH) if "\n" not in line else line for line in lines)


def error_table(found: Hindcast, last: int) -> pd.DataFrame:
    """Errors with targets up to a year as text: forecasters in rows, horizons in columns."""
    errors = found.rmse()[str(last)]
    ranges = found.ranges.set_index(["last_target", "forecaster", "horizon"]).sort_index()
    cells = {name: {h: f"{by_horizon[str(h)]:.1f}" for h in HORIZONS} for name, by_horizon in errors.items()}
    for (_, name, horizon), lowest, highest in ranges.loc[[last], ["lowest", "highest"]].itertuples():
        cells[name][horizon] += f" ({lowest:.1f} to {highest:.1f})"
    table = pd.DataFrame(cells).T
    table.loc["smallest"] = pd.DataFrame(errors).idxmin(axis=1).to_numpy()
    return table.rename(columns=years).rename_axis(columns=f"up to {last}")


def years(horizon: int) -> str:
    """A horizon in words."""
    return f"{horizon} year{'s' if horizon > 1 else ''}"


def winners(found: Hindcast) -> str:
    """Under how many codings each forecaster has the smallest error, up to the last target."""
    counts = found.smallest[found.smallest["last_target"] == LAST_TARGETS[-1]]
    said = []
    for horizon in HORIZONS:
        rows = counts[counts["horizon"] == horizon]
        names = (f"{name} under {many}" for name, many in zip(rows["forecaster"], rows["codings"], strict=True))
        said.append(f"at {years(horizon)} {', '.join(names)}")
    return f"Smallest error over the {found.coding_count} codings, targets up to {LAST_TARGETS[-1]}: {'; '.join(said)}."


def bands(found: Hindcast) -> str:
    """How many outcomes the two kinds of band hold, up to the last target."""
    scores = found.default_scores[found.default_scores["last_target"] == LAST_TARGETS[-1]]
    said = []
    for horizon in HORIZONS:
        rows = scores[scores["horizon"] == horizon]
        said.append(f"{_of_100(rows['spread_covers'])} and {_of_100(rows['past_covers'])} at {years(horizon)}")
    return (
        "Of 100 outcomes the middle 80 of 100 worlds hold, and a band from a forecaster's own past misses holds: "
        f"{'; '.join(said)}. The first is a spread of assumptions and no forecast band."
    )


def shows_not(found: Hindcast) -> str:
    """What the errors do not show."""
    scores = found.default_scores[found.default_scores["last_target"] == LAST_TARGETS[-1]]
    longest = scores[scores["horizon"] == HORIZONS[-1]]
    origins, independent = longest["origins"].tolist()[0], longest["independent"].tolist()[0]
    return (
        "A smaller error is not skill: drift rates, profiles and pressures were set by somebody who knew how it went "
        f"on; about {independent} of the {origins} origins of {years(HORIZONS[-1])} are independent; and who errs "
        "least changes with the coding of the past."
    )


def _of_100(shares: pd.Series[float]) -> str:
    low, high = (round(100 * share) for share in (shares.min(), shares.max()))
    return f"{low} to {high}"
