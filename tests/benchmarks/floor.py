"""The least that a slider and a chart cost on Streamlit's defaults: what the page's latency is measured against."""

import plotly.graph_objects as go
import streamlit as st

x = st.slider("x", 0, 100, 50)
st.plotly_chart(go.Figure(go.Scatter(y=[x + i * i for i in range(10)])))
