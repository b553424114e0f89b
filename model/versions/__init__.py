"""Assumption sets: what the numbers of a link rest on, and the engines that still give the numbers of earlier sets.

An assumption set is everything that a result depends on beside the settings, the members and the seed: the numbers of
the data files, and the equations' MODEL_VERSION. Its name is 8 hex digits of a digest over those numbers; words,
sources and notes are not among them. model/data/versions.toml lists the sets, oldest first; the last is today's. Of
each earlier one model/data/archive/<name>.zip keeps the whole engine: this package and the scenarios, as they were.

    python -m model.versions                                 lists the sets
    python -m model.versions archive "What changed."         after a number was changed: keeps the engine before it
"""

from model.versions.changes import Change, changes_between, changes_since
from model.versions.running import Ask, run_all_then, run_then
from model.versions.sets import AssumptionSet, assumption_set, versions

__all__ = [
    "Ask",
    "AssumptionSet",
    "Change",
    "assumption_set",
    "changes_between",
    "changes_since",
    "run_all_then",
    "run_then",
    "versions",
]
