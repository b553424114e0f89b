"""Questions about runs, one a file."""
