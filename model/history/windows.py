"""What a series did around a year, beside what it did around every other year."""

from __future__ import annotations

import pandas as pd

from model.history.observed import History

WINDOW = 3  # years before and after
LEAST_AFTER = 2  # values after, in years near the end of the record


def event_windows(record: History) -> pd.DataFrame:
    """The step of every scale and composite around every year that has a window.

    Columns: year; series, a part or a composite; before and after, the means of the WINDOW years on either side, in
    points; step, after minus before; years_after, how many years the last mean has; rank of the step among all windows
    of the series, 1 the largest rise; windows, how many there are.
    """
    values = record.values[[*record.parts, *record.composites]]
    before = values.shift(1).rolling(WINDOW).mean()
    ahead = values[::-1].shift(1).rolling(WINDOW, min_periods=LEAST_AFTER)
    after, years_after = ahead.mean()[::-1], ahead.count()[::-1]
    tables = {"before": before, "after": after, "step": after - before, "years_after": years_after}
    found = pd.DataFrame({name: table.stack() for name, table in tables.items()}).dropna()
    found = found.rename_axis(["year", "series"]).reset_index().astype({"years_after": int})
    steps = found.groupby("series")["step"]
    return found.assign(rank=steps.rank(ascending=False).astype(int), windows=steps.transform("size"))
