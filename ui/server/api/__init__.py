"""The public API under /api/v1: what it answers, what it may be asked, how it is described. No streamlit."""
