"""What a reader sees and presses: the only part that knows Streamlit."""
