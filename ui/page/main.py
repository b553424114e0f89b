"""The frame of every page: the link is read, the pages are listed, one of them runs."""

from datetime import timedelta

import streamlit as st

from model.assumptions.renamed import renaming_sentences
from ui.drawn.palette import LOGO
from ui.page import session
from ui.page.components.reachable import reachable
from ui.page.source_card import source_cards
from ui.told.pages import PAGES, page_at


@st.fragment(run_every=timedelta(days=1))
def come_back() -> None:
    """Have Streamlit run the page as soon as a lost connection is back, as it does for pages that update themselves."""


# Before the navigation: without an icon of the page's own, browsers fetch the navigation's from a stranger's server.
st.set_page_config(page_icon=LOGO, layout="wide")
st.logo(LOGO, size="large")

page = st.navigation(
    [
        st.Page(f"{page.title.lower()}.py", title=page.title, help=page.sentence, default=not page.path)
        for page in PAGES
    ],
    position="hidden" if "chart" in st.query_params else "top",  # a chart that stands alone in another page
)
if told := page_at(page.url_path):
    st.set_page_config(page_title=told.tab)
session.follow_address_bar(page.url_path)
if session.notices():
    if renaming_sentences().issuperset(session.notices()):
        st.info("All of it was followed.", title="An old link, read with today's names", icon=":material/history:")
    else:
        st.warning("All the rest was kept.", title="Not everything could be followed", icon=":material/link_off:")
    st.text("\n".join(session.notices()))  # plain text: what a link says is never a link, a picture or Markdown
page.run()
source_cards()
reachable(*session.opened())
come_back()
