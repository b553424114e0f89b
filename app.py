"""Strategic Triangle: what `streamlit run app.py` starts."""

import streamlit as st

from ui.server import routes

app = st.App("ui/main.py", routes=routes())
