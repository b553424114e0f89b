"""A bank of ranges by itself, with the parts of the page that it is made of."""

import streamlit as st

from tests.browser.bank.tracks import ROUTE
from ui.server.routes import routes

app = st.App("page.py", routes=[ROUTE, *routes()])
