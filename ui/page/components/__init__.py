"""What Streamlit does not have: small components without a build step, each a Python file and its script and style."""
