"""Where the page and what belongs to it are served; Streamlit does not add `server.baseUrlPath` to our routes."""

from __future__ import annotations

from importlib.metadata import version

import streamlit as st

COMPARE = "compare"  # the path of the page whose link is a comparison
PLOTLY_PATH = f"/assets/plotly-{version('plotly')}.min.js"


def base_path() -> str:
    """What stands before the path of every page and route: empty, or a slash and a name."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def plotly_address() -> str:
    """Where a page finds Plotly's script."""
    return base_path() + PLOTLY_PATH
