"""A table on the page: whole points with minus signs, while its numbers stay numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from ui.told.numbers import whole_points
from ui.told.words import minus


def in_print(table: pd.DataFrame) -> Styler:
    """The table formatted for display; columns of numbers stay numeric, so they sort as numbers and align right."""
    whole = whole_points(table)
    return whole.style.format(lambda number: minus(str(number)), subset=whole.select_dtypes("number").columns)


def show_table(
    table: pd.DataFrame,
    alt: str,
    height: Literal["auto", "content"] = "auto",
    column_config: Mapping[str, Any] | None = None,
) -> None:
    """Show a table; `alt` is its name for a screen reader."""
    st.dataframe(in_print(table), hide_index=True, height=height, column_config=column_config, alt=alt)
