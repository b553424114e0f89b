"""Reading what is assumed: the shapes of the data files, their check against each other, scenarios and old names."""
