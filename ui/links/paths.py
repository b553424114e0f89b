"""The paths of the pages that others lead to, and what their links name. Pure."""

COMPARE = "compare"  # the path of the page whose link is a comparison
ASSUMPTIONS = "assumptions"  # the path of the page where every number stands with its sources
HISTORY = "history"  # the path of the page of the record
SOURCE = "source"  # what its link names a number by that is to be opened there: source=concreteness
