"""Scripts and styles of the page's components, at addresses of their own that a browser keeps.

Given to Streamlit as text they would travel with every run of the page. So Streamlit is given a few lines that load a
module from here; its address names the files it is made of and holds a digest of what they say. The style of the pages
stands in their HTML, so that nothing moves when it comes.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ui.links.addresses import base_path
from ui.server.rewriting import packed_response, script_response

PARTS_PATH = "/parts"
FOLDER = Path(__file__).parents[1] / "page" / "components"
KEPT = "public, max-age=31536000, immutable"
JOIN = "+"


def loader(*names: str) -> str:
    """The few lines of JavaScript that stand for a component made of some scripts, the component's own first.

    They give the component its style, which is that of the first script, and then call it.
    """
    address = f"{base_path()}{PARTS_PATH}/{JOIN.join(names)}-{_digest(names)}.js"
    return (
        f"const part = await import(new URL({json.dumps(address)}, location.origin))\n"
        "export default (component) => { part.dress(component.parentElement); return part.default(component) }\n"
    )


def part(request: Request) -> Response:
    """The module of an address; one with the digest of another day is today's module, which no browser keeps."""
    named, _, digest = request.path_params["name"].rpartition("-")
    names = tuple(named.split(JOIN))
    if not set(names) <= _scripts():
        return PlainTextResponse("There is no such part of the page.", 404)
    keep = KEPT if digest == _digest(names) else "no-store"
    return script_response(request, _module(names).encode(), keep)


def style_link() -> str:
    """The HTML that brings the style of all pages; it stands behind Streamlit's own, which it changes in places."""
    return f'<link rel="stylesheet" href="{base_path()}{PARTS_PATH}/page-{_style_digest()}.css" />'


def style(request: Request) -> Response:
    """The style of all pages; kept by browsers under its own digest."""
    keep = KEPT if request.path_params["name"] == f"page-{_style_digest()}" else "no-store"
    return packed_response(request, gzip.compress(_style().encode(), 9), "text/css", keep)


@cache
def _style() -> str:
    return "\n".join(file.read_text() for file in sorted(FOLDER.parent.glob("*.css")))


@cache
def _style_digest() -> str:
    return sha256(_style().encode()).hexdigest()[:12]


@cache
def _scripts() -> frozenset[str]:
    return frozenset(path.stem for path in FOLDER.glob("*.js"))


@cache
def _module(names: tuple[str, ...]) -> str:
    """Scripts one after the other, and a function `dress` that gives an element the style of the first."""
    style = (FOLDER / f"{names[0]}.css").read_text() if (FOLDER / f"{names[0]}.css").exists() else ""
    scripts = "\n".join((FOLDER / f"{name}.js").read_text() for name in names)
    return f"""{scripts}
export function dress(element) {{
  if (element.querySelector(":scope > style")) return
  const style = document.createElement("style")
  style.textContent = {json.dumps(style)}
  element.prepend(style)
}}
"""


@cache
def _digest(names: tuple[str, ...]) -> str:
    return sha256(_module(names).encode()).hexdigest()[:12]
