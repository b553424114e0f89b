"""Share and export: title, links, QR code, files, the same numbers in Python, opening a scenario file."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from ui.exports import reproduce
from ui.exports.offered import EXPORT_PATH
from ui.links import short, single
from ui.links.addresses import base_path, public_address
from ui.links.asked import TITLE_ROOM, Asked, Shown, clean_title
from ui.page import session
from ui.page.components.copy_link import copy_link
from ui.server.downloads import SHORT_PATH

FILES = {
    "pdf": ("Brief", "One or two pages with summary, charts, levers in words, assumptions, sources, link and QR code."),
    "xlsx": ("Excel", "All series of the view, a sheet each."),
    "parquet": ("Parquet", "All series in one tidy table."),
    "json": ("JSON", "The result as the command line and the API give it."),
    "toml": ("Scenario", "The scenario as a file that can be opened here and on the command line."),
}
OWN_FILE = "worldview.toml"
EMBEDDED = '<iframe src="{address}" width="100%" height="620" style="border:0" title="Strategic Triangle"></iframe>'


def share_button(asked: Asked, shown: Shown) -> None:
    """The button “Share” and its popover.

    A popover runs the whole page when a title is typed, so that the address bar follows; a dialog runs only itself.
    """
    with st.popover("Share", icon=":material/share:", on_change=session.ignore_address_bar, key="share") as panel:
        if panel.open:
            share_panel(asked, shown)


def share_panel(asked: Asked, shown: Shown) -> None:
    """What the popover holds: title, links and QR code, files, code to reproduce, a scenario file to open."""
    base = page_address()
    query = urlencode(single.write(asked, shown, session.seen_here()), doseq=True)
    full = f"{base}/?{query}"
    if st.session_state.get("title") != asked.title:
        st.session_state["title"] = asked.title
    copy_link()
    st.text_input(
        "Title of this scenario, carried by the link",
        key="title",
        max_chars=TITLE_ROOM,
        placeholder=asked.name,
        on_change=lambda: session.go(title=clean_title(st.session_state["title"])),
    )
    if asked.hidden:
        st.markdown("Results are hidden until a prediction is made, so there is nothing to download yet.")
        return
    _short(asked, shown, base, query)
    files = {f"view.{ending}": told for ending, told in FILES.items()}
    files |= (
        {OWN_FILE: ("Worldview", "Your own worldview, as the page, the command line and Python read it.")}
        if asked.own
        else {}
    )
    st.markdown("**Download**, each with version, settings, range, caveat and link:")
    with st.container(horizontal=True):
        for name, (label, meaning) in files.items():
            st.link_button(label, f"{base}{EXPORT_PATH}/{name}?{query}", icon=":material/download:", help=meaning)
    with st.expander("Full link, embedding, code, opening a file"):
        st.markdown("**The full link** says everything: settings, assumption set, seed, what is open and what you saw.")
        st.code(full, language=None, wrap_lines=True)
        st.markdown("**Embed** one worldview, or the page without `&chart=op-ed` (then 900 high), in another page:")
        st.code(EMBEDDED.format(address=f"{full}&embed=true&chart=op-ed"), language="html", wrap_lines=True)
        st.markdown("**Reproduce** these numbers, bit for bit, in Python or on the command line:")
        st.code(reproduce.python(asked), language="python")
        st.code(reproduce.command(asked), language="bash", wrap_lines=True)
        st.markdown(f"The same query under `{base}/api/v1/run` gives the result as JSON.")
        st.file_uploader(
            "Open a scenario file (TOML)", type=["toml"], key="scenario_file", on_change=_open_file, max_upload_size=1
        )


def _short(asked: Asked, shown: Shown, base: str, query: str) -> None:
    """The short link and the QR code, or why there is none."""
    if asked.own and len(asked.own.changes) > short.MOST_CHANGES:
        st.markdown(
            f"Your worldview has {len(asked.own.changes)} changes; a short link and a QR code hold at most "
            f"{short.MOST_CHANGES}. The full link below says them all, and so does the worldview file."
        )
        return
    st.markdown("**Short link**, made here without a service; it works wherever this page runs:")
    st.code(f"{base}{SHORT_PATH}/{short.code(asked, shown, session.seen_here())}", language=None, wrap_lines=True)
    st.image(f"{base}/qr.svg?{query}", width=160, alt="QR code of the link")


def page_address() -> str:
    """The address of the page without its path and query: the public one, or that in the reader's address bar."""
    if public_address():
        return public_address()
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{base_path()}" if parts.netloc else ""


def _open_file() -> None:
    """Show the scenario of a file that a reader dropped in, or say why not."""
    session.ignore_address_bar()
    file = st.session_state["scenario_file"]
    found = session.asked_of_file(file) if file else None
    if found:
        session.go(scenario=found.scenario, title=found.title)
