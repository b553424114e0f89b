"""How history.csv is worked out from the raw tables: cuts of public data sets, and the dated facts of history.toml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from model.assumptions.catalog import DATA
from model.errors import InputError
from model.history.observed import COLUMNS, FIRST, LAST, Series, read_file

Values = pd.Series  # one value a year, the year as index

LEAST_VOTES = 20  # roll calls that a year needs for a share of identical votes
NEW_TRADE = 2001  # the first year with IMF trade; before, Correlates of War
DECIMALS = 4
WIDTH_90 = 3.29  # standard deviations between the 5th and the 95th percentile of a normal distribution
UNITED_STATES, RUSSIA, CHINA = 2, 365, 710  # country codes of Correlates of War


def history_table(folder: Path, data: Path = DATA) -> pd.DataFrame:
    """history.csv: one row a year and series, in the columns of COLUMNS, series in the order of history.toml.

    Composites and parts are worked out from the rounded series, so that they can be recomputed from the table.

    Raises:
        InputError: a raw table is missing, or history.toml is malformed.
    """
    said = read_file(data)
    values = pd.DataFrame({**votes(folder), **trade(folder), **arms(folder), **vetoes(folder)})
    values = rounded(values.reindex(range(FIRST, LAST + 1)))
    values["closeness_votes"] = 100 / (1 + values["ideal_point_distance"] / values["ideal_point_distance_us"])
    for name, part in said.parts.items():
        values[name] = part.points(values[part.of])
    for name, of in said.composites.items():
        values[name] = values[list(of)].mean(axis=1, skipna=False)
    for name, record in said.series.items():
        for status in record.spans:
            values.loc[status.first : status.last, name] = status.value
    return _tidy(rounded(values), said.series)


def rounded(values: pd.DataFrame) -> pd.DataFrame:
    """Values to DECIMALS places, as Python rounds: NumPy multiplies first, which can turn a half the other way."""
    return values.map(lambda value: round(value, DECIMALS))


def votes(folder: Path) -> dict[str, Values]:
    """Distances of ideal points and the share of identical votes in the General Assembly."""
    table = _read(folder, "unga_ideal_points_chn_rus_usa.csv").pivot(index="year", columns="iso3")
    place = table["idealpointfp"]
    error = (table["q95fp"] - table["q5fp"]) / WIDTH_90
    calls = _read(folder, "unga_votes_chn_rus_usa.csv")
    taken = calls[calls["RUS"].isin([1, 2, 3]) & calls["CHN"].isin([1, 2, 3])]
    alike = (taken["RUS"] == taken["CHN"]).groupby(taken["date"].str[:4].astype(int))
    return {
        "ideal_point_distance": (place["RUS"] - place["CHN"]).abs(),
        "ideal_point_error": np.hypot(error["RUS"], error["CHN"]),
        "ideal_point_distance_us": (place["RUS"] - place["USA"]).abs(),
        "identical_votes": 100 * alike.mean()[alike.size() >= LEAST_VOTES],
    }


def trade(folder: Path) -> dict[str, Values]:
    """Russia's trade in goods with China, in shares and in value; flows as the importer or the partner reports them."""
    flows = pd.concat([_old_flows(folder), _new_flows(folder)])
    whole = _read(folder, "wdi_russia_merchandise_trade.csv").set_index("year").sum(axis=1)
    return {
        "trade_share": 100 * flows["china"] / whole,
        "trade_value": flows["china"] / 1000,
        "closeness_trade": 100 * flows["china"] / (flows["china"] + flows["usa"]),
    }


def _old_flows(folder: Path) -> pd.DataFrame:
    """Russia's trade with China and the United States before NEW_TRADE, USD m: both directions of each pair added."""
    table = _read(folder, "cow_dyadic_trade_v3_rus_chn.csv")
    table = table[table["year"] < NEW_TRADE].assign(
        both=table["flow1"].fillna(0).clip(lower=0) + table["flow2"].fillna(0).clip(lower=0)
    )
    pairs = table.set_index(["ccode1", "ccode2", "year"])["both"].sort_index()
    return pd.DataFrame({"china": pairs[RUSSIA, CHINA], "usa": pairs[UNITED_STATES, RUSSIA]})


def _new_flows(folder: Path) -> pd.DataFrame:
    """Russia's trade with China and the United States from NEW_TRADE on, USD m, as the two partners report it."""
    table = _read(folder, "imf_imts_chn_usa_vs_rus_world.csv")
    russian = table[table["Partner"] == "Russian Federation"]
    by_country = russian.drop(columns=["Trade_Type", "Partner"]).groupby("Country").sum().T
    by_country.index = by_country.index.astype(int)
    return pd.DataFrame({"china": by_country["China"], "usa": by_country["United States"]})


def arms(folder: Path) -> dict[str, Values]:
    """Shares of Russian arms in China's imports, and of China in three years of Russian exports."""
    table = _read(folder, "sipri_tiv_russia_china.csv").set_index("year")
    three = table.rolling(3).sum()
    return {
        "arms_share": 100 * three["russia_to_china"] / three["russia_to_all"],
        "arms_dependence": 100 * table["russia_to_china"] / table["all_to_china"],
    }


def vetoes(folder: Path) -> dict[str, Values]:
    """Drafts that Russia and China both vetoed, by year; 0 in a year without one, up to the last year of the table."""
    table = _read(folder, "unsc_vetoes_1946_sept2022.csv")
    joint = ((table["China"] == 1) & (table["Russia"] == 1)).groupby(table["year"]).sum()
    return {"joint_vetoes": joint.reindex(range(FIRST, joint.index.max() + 1), fill_value=0)}


def _read(folder: Path, name: str) -> pd.DataFrame:
    try:
        return pd.read_csv(folder / name)
    except FileNotFoundError:
        raise InputError(f"The folder has no table {name}.") from None


def _tidy(values: pd.DataFrame, series: Mapping[str, Series]) -> pd.DataFrame:
    """Rows of year, series, value, unit and sources; the sources of a policy series are those of its span."""
    rows = []
    for name, record in series.items():
        sources = dict.fromkeys(values.index, record.sources)
        for status in record.spans:
            sources |= dict.fromkeys(range(status.first, status.last + 1), status.sources)
        known = values[name].dropna()
        rows += [(year, name, known[year], record.unit, ";".join(sources[year])) for year in known.index]
    return pd.DataFrame(rows, columns=COLUMNS)
