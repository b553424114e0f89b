"""The frame of every page: the link is read, the pages are listed, one of them runs."""

from datetime import timedelta
from pathlib import Path

import streamlit as st

from model.assumptions.renamed import renaming_sentences
from ui.drawn.palette import LOGO
from ui.page import session
from ui.page.components.reachable import reachable


@st.fragment(run_every=timedelta(days=1))
def come_back() -> None:
    """Have Streamlit run the page as soon as a lost connection is back, as it does for pages that update themselves."""


st.set_page_config(page_title="Strategic Triangle", page_icon=LOGO, layout="wide")
st.logo(LOGO, size="large")
st.html(Path(__file__).parent / "page.css")

page = st.navigation(
    [
        st.Page(
            "explore.py",
            title="Explore",
            default=True,
            help="Move the levers and see the shift in Russia-China alignment under four rival worldviews.",
        ),
        st.Page(
            "compare.py",
            title="Compare",
            help="Up to four scenarios side by side on the same axes, what differs first.",
        ),
        st.Page(
            "assumptions.py",
            title="Assumptions",
            help="Every parameter with its range, basis and source, every lever, and the essay claim by claim.",
        ),
        st.Page(
            "present.py",
            title="Present",
            help="One picture built in steps, in large type for a projector, with keys, a clicker or buttons.",
        ),
    ],
    position="hidden" if "chart" in st.query_params else "top",  # a chart that stands alone in another page
)
session.follow_address_bar(page.url_path)
if session.notices():
    if renaming_sentences().issuperset(session.notices()):
        st.info("All of it was followed.", title="An old link, read with today's names", icon=":material/history:")
    else:
        st.warning("All the rest was kept.", title="Not everything could be followed", icon=":material/link_off:")
    st.text("\n".join(session.notices()))  # plain text: what a link says is never a link, a picture or Markdown
page.run()
reachable()
come_back()
