"""A bank of ranges by itself, with the parts of the page that it is made of."""

import streamlit as st

from ui.server.routes import routes

app = st.App("page.py", routes=routes())
