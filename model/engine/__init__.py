"""One run: a scenario as the equations take it, seeded draws, the equations, the yearly run and its results."""
