"""Strategic Triangle: what `streamlit run app.py` starts."""

import sys

import streamlit as st

from model import InputError
from ui.server.connections import raise_limit
from ui.server.routes import middleware, routes

raise_limit()
try:
    beside_the_page = routes()
except InputError as error:  # an environment variable that cannot be followed
    sys.exit(str(error))
app = st.App("ui/page/main.py", routes=beside_the_page, middleware=middleware())
