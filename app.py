"""Strategic Triangle: what `streamlit run app.py` starts."""

import streamlit as st
from starlette.middleware import Middleware

from ui.preview import LinkPreviews
from ui.server import routes

app = st.App("ui/main.py", routes=routes(), middleware=[Middleware(LinkPreviews)])
