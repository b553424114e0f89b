"""What is drawn: figures, and boards of them. Pure."""
