"""Where the page and what belongs to it are served, and under which address the world knows it."""

from __future__ import annotations

import os
import re
from importlib.metadata import version
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import Request
from starlette.types import Scope

from model import InputError
from model.errors import shown

PLOTLY_PATH = f"/assets/plotly-{version('plotly')}.min.js"
URL = "STRATEGIC_TRIANGLE_URL"
LONGEST_HOST = 255  # characters, as in the domain name system
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE)
PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")


def base_path() -> str:
    """What stands before the path of every page and route: empty, or a slash and a name.

    Streamlit does not add `server.baseUrlPath` to our routes.
    """
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def plotly_address() -> str:
    """Where a page finds Plotly's script."""
    return base_path() + PLOTLY_PATH


def public_address() -> str:
    """The page's address as STRATEGIC_TRIANGLE_URL gives it, without a slash at its end; empty where it gives none.

    Raises:
        InputError: what it gives is no such address.
    """
    given = os.environ.get(URL, "").strip()
    if not given:
        return ""
    scheme, _, rest = given.partition("://")
    host, slash, path = rest.partition("/")
    if scheme not in ("http", "https") or not is_host(host) or not PATH.fullmatch(slash + path):
        raise InputError(
            f"{URL} is {shown(given)}, but it must be the address of the page, such as https://example.org or "
            "https://example.org/triangle, without a query."
        )
    return given.rstrip("/")


def page_address(scope: Scope) -> str:
    """The address of the page for links in what a request is answered: the public one, or that of its Host."""
    return public_address() or str(Request(scope).base_url).rstrip("/") + base_path()


def is_host(text: str) -> bool:
    """Whether this is a name or an IP address, with or without a port, as a Host header has it."""
    if len(text) > LONGEST_HOST or not HOST.fullmatch(text):
        return False
    try:
        return urlsplit(f"//{text}").port != 0
    except ValueError:  # a port that is too high, or no IP address in brackets
        return False


def is_allowed(host: str) -> bool:
    """Whether Streamlit's setting `server.allowedHosts` names a host; every one is allowed where it names none."""
    patterns = [str(pattern).lower().rstrip(".") for pattern in st.get_option("server.allowedHosts") or ()]
    name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    return not patterns or any(
        pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:])) for pattern in patterns
    )
