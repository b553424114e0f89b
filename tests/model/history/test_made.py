"""How history.csv is made, on raw tables small enough to work out by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from model.assumptions.catalog import DATA
from model.history.__main__ import main
from model.history.made import history_table
from model.history.observed import COLUMNS, read_file, read_values

RAW = {
    "unga_ideal_points_chn_rus_usa.csv": """year,iso3,idealpointfp,q5fp,q95fp,nvotesfp,idealpointall,nvotesall
1992,CHN,-1.0,-1.329,-0.671,50,0,0
1992,RUS,0.5,0.171,0.829,50,0,0
1992,USA,3.5,3.171,3.829,50,0,0
""",
    "unga_votes_chn_rus_usa.csv": "rcid,date,me,nu,di,hr,co,ec,CHN,RUS,USA\n"
    + "1,1992-10-06,F,F,F,F,F,F,1,1,3\n" * 15
    + "2,1992-10-07,F,F,F,F,F,F,2,1,3\n" * 5
    + "3,1992-10-08,F,F,F,F,F,F,8,1,3\n" * 9
    + "4,1993-10-08,F,F,F,F,F,F,1,1,3\n" * 19,
    "cow_dyadic_trade_v3_rus_chn.csv": """ccode1,ccode2,year,flow1,flow2
365,710,1992,4000,6000
2,365,1992,-9,30000
365,710,2001,1,1
2,365,2001,1,1
""",
    "imf_imts_chn_usa_vs_rus_world.csv": """Country,Trade_Type,Partner,2001
China,Import,World,9
China,Import,Russian Federation,8000
China,Export,Russian Federation,2000
United States,Import,Russian Federation,7000
United States,Export,Russian Federation,3000
""",
    "wdi_russia_merchandise_trade.csv": "year,exports_musd,imports_musd\n1992,50000,50000\n2001,60000,40000\n",
    "sipri_tiv_russia_china.csv": """year,russia_to_china,all_to_china,russia_to_all
1990,0,1,100
1991,100,1,100
1992,200,400,300
""",
    "unsc_vetoes_1946_sept2022.csv": "year,China,Russia\n1992,1,1\n1992,1,0\n1994,1,1\n1994,1,1\n",
}

# worked out by hand from the tables above
EXPECTED = {
    (1992, "ideal_point_distance"): 1.5,
    (1992, "ideal_point_distance_us"): 3.0,
    (1992, "ideal_point_error"): 0.2828,  # .2 and .2, independent
    (1992, "identical_votes"): 75,  # an absence (8) is no vote
    (1992, "trade_share"): 10,
    (1992, "trade_value"): 10,
    (1992, "closeness_trade"): 25,  # a flow below 0 is one that is missing
    (2001, "trade_share"): 10,
    (2001, "closeness_trade"): 50,
    (1992, "arms_share"): 60,
    (1992, "arms_dependence"): 50,
    (1992, "joint_vetoes"): 1,
    (1993, "joint_vetoes"): 0,
    (1994, "joint_vetoes"): 2,
    (1992, "closeness_votes"): 66.6667,
    (1992, "alignment_votes"): 50,
    (1992, "alignment_trade"): 25,
    (1992, "alignment_arms"): 100,
    (1992, "composite_A"): 37.5,
    (1992, "composite_B"): 58.3333,
    (1992, "composite_R"): 45.8333,
    (1997, "g8"): 0.75,
    (2014, "sanctions"): 2,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in RAW.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_series_is_worked_out_from_the_raw_tables(folder: Path) -> None:
    table = history_table(folder)
    assert list(table.columns) == COLUMNS
    found = table.set_index(["year", "series"])["value"]
    for key, value in EXPECTED.items():
        assert found[key] == pytest.approx(value, abs=1e-9), key
    worked = {series for _, series in EXPECTED}
    policies = {name for name, series in read_file(DATA).series.items() if series.spans}
    assert worked | policies == set(read_file(DATA).series)


@pytest.mark.parametrize("absent", [(1993, "identical_votes"), (1995, "joint_vetoes"), (1993, "composite_A")])
def test_what_the_tables_do_not_hold_has_no_row(folder: Path, absent: tuple[int, str]) -> None:
    """19 roll calls are too few for a share; after the last year of vetoes nothing is known of them."""
    assert absent not in set(history_table(folder).set_index(["year", "series"]).index)


def test_a_status_comes_with_the_sources_of_its_span(folder: Path) -> None:
    table = history_table(folder).set_index(["year", "series"])["sources"]
    assert table[1995, "g8"] == "recalled-dates"
    assert table[2005, "g8"] == "g8-membership"
    assert table[2020, "g8"] == "hague-declaration-2014;recalled-dates"


def test_the_command_writes_a_table_that_the_package_reads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = folder / "made.csv"
    assert main([str(folder), "--to", str(target)]) == 0
    assert capsys.readouterr().out.endswith("values of 25 series.\n")
    assert read_values(target, read_file(DATA).series).at[1992, "composite_A"] == 37.5
    pd.testing.assert_frame_equal(pd.read_csv(target), history_table(folder), check_dtype=False)


@pytest.mark.parametrize("missing", RAW)
def test_a_missing_table_is_refused_in_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    (folder / missing).unlink()
    assert main([str(folder), "--to", str(folder / "made.csv")]) == 2
    assert capsys.readouterr().err == f"The folder has no table {missing}.\n"
    assert not (folder / "made.csv").exists()
