"""Then and now: what the author of an old link saw beside what the page shows today, and which assumptions changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

from model import InputError
from model.assumptions.edits import identities
from model.assumptions.scenario import setting
from model.errors import shown
from model.versions import assumption_set, changes_since, run_then, versions
from model.versions.numbers import table
from model.versions.sets import engine_files
from ui.drawn import compared
from ui.links.asked import ENSEMBLE, Asked, open_settings
from ui.links.single import Seen
from ui.told import cache, words

MOST_CHANGES = 12


def _notice() -> None:
    st.warning(
        "The author of this link saw other numbers than the page shows today. Both stand here until you change "
        "something; the address keeps the author's.",
        title="Then and now",
        icon=":material/history:",
    )


def _reasons(seen: Seen) -> None:
    st.markdown("\n".join(f"- {words.escaped(sentence)}" for sentence in reasons(seen)))


def compared_then_and_now(all_asked: Sequence[Asked], all_seen: Sequence[Seen]) -> None:
    """A notice on Compare: the author's middle shifts beside today's, where they differ, and why."""
    _notice()
    rows = [
        f"| {words.escaped(name)} | {words.escaped(view.title)} | {words.signed(made.result[key])} "
        f"| {words.signed(cache.middle_shifts(asked)[key])} |"
        for name, asked, made in zip(compared.names(all_asked), all_asked, all_seen, strict=True)
        for key, view in identities().items()
        if key in made.result and made.result[key] != cache.middle_shifts(asked)[key]
    ]
    st.markdown("\n".join(["| Middle shift in the last year, points | | Then | Today |", "|---|---|---|---|", *rows]))
    _reasons(all_seen[0])


def then_and_now(asked: Asked, seen: Seen) -> None:
    """A notice on Explore: the author's middle shifts beside today's, and why they differ, as far as it is known."""
    _notice()
    columns = {"Then": seen.result, "Today": cache.middle_shifts(asked)}
    if is_earlier(seen) and st.button("Run it again with the assumptions of then", icon=":material/history:"):
        try:
            columns["Then, run again"] = again(asked, seen)
        except InputError as error:
            st.text(str(error))
    head = " | ".join([f"Middle shift in {asked.scenario.last_year}, points", *columns])
    rows = "\n".join(
        f"| {words.escaped(identities()[key].title)} | "
        + " | ".join(words.signed(result[key]) if key in result else "–" for result in columns.values())
        + " |"
        for key in asked.worldviews
    )
    st.markdown(f"| {head} |\n|{'---|' * (len(columns) + 1)}\n{rows}")
    _reasons(seen)


def is_earlier(seen: Seen) -> bool:
    """Whether the link was made with an assumption set that is known and not today's."""
    return seen.assumptions != assumption_set() and seen.assumptions in {known.name for known in versions()}


def again(asked: Asked, seen: Seen) -> dict[str, int]:
    """The middle shifts that the earlier engine gives for what is asked, whole points; InputError where it cannot."""
    lacking = [key for key in asked.switched if key != ENSEMBLE and key not in choices_then(seen)]
    if lacking:
        raise InputError(
            f"The model of then has no structural choice {words.structure_name(lacking)}, so it cannot run what is "
            "switched here."
        )
    values = {key: setting(asked.scenario, key) for key in open_settings(asked.scenario)}
    told = run_then(
        seen.assumptions,
        values,
        preset=asked.scenario.name,
        members=cache.MEMBERS,
        seed=asked.seed,
        structure=asked.structure,
    )
    return {key: round(worldview["shift"]["p50"]) for key, worldview in told["worldviews"].items()}


def choices_then(seen: Seen) -> Collection[str]:
    """The structural choices that an earlier set has; InputError where its engine is missing or damaged."""
    found: dict[str, object] = table(engine_files(seen.assumptions), "model/data/structure.toml").get("choices", {})
    return found


def reasons(seen: Seen) -> list[str]:
    """Why an author saw other numbers: what changed since, or that it cannot be known."""
    if seen.assumptions == assumption_set():
        return [
            "The link names today's assumptions, which give today's numbers: its result was written by hand or with "
            "another number of worlds."
        ]
    if not seen.assumptions:
        return ["The link names no assumption set, so what changed cannot be told."]
    if not is_earlier(seen):
        return [
            f"The link names the assumption set {shown(seen.assumptions)}, which this page does not know, so what "
            "changed cannot be told."
        ]
    try:
        changes = [change.sentence for change in changes_since(seen.assumptions)]
    except InputError as error:
        return [str(error)]
    more = [f"and {len(changes) - MOST_CHANGES} more changes."] if len(changes) > MOST_CHANGES else []
    return changes[:MOST_CHANGES] + more
