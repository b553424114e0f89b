"""What is said: sentences and tables. Pure."""
