"""What a reader asks for, and its address. Pure."""
