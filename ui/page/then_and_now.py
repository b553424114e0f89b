"""Then and now: what the author of an old link saw beside what the page shows today, and which assumptions changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from model import InputError, catalog
from model.assumptions.scenario import setting
from model.errors import shown
from model.versions import assumption_set, changes_since, run_then, versions
from ui.drawn import compared
from ui.links.asked import Asked, open_settings, worldviews_of
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


def _reasons(then: Seen) -> None:
    st.markdown("\n".join(f"- {words.plain(sentence)}" for sentence in reasons(then)))


def compared_then_and_now(places: Sequence[Asked], then: Sequence[Seen]) -> None:
    """A notice on Compare: the author's middle shifts beside today's, where they differ, and why."""
    _notice()
    rows = [
        f"| {words.plain(name)} | {words.plain(view.title)} | {words.signed(made.result[key])} "
        f"| {words.signed(cache.headlines(place)[key])} |"
        for name, place, made in zip(compared.names(places), places, then, strict=True)
        for key, view in catalog().worldviews.items()
        if key in made.result and made.result[key] != cache.headlines(place)[key]
    ]
    st.markdown("\n".join(["| Middle shift in the last year, points | | Then | Today |", "|---|---|---|---|", *rows]))
    _reasons(then[0])


def then_and_now(place: Asked, then: Seen) -> None:
    """A notice on Explore: the author's middle shifts beside today's, and why they differ, as far as it is known."""
    _notice()
    columns = {"Then": then.result, "Today": cache.headlines(place)}
    if is_earlier(then) and st.button("Run it again with the assumptions of then", icon=":material/history:"):
        try:
            columns["Then, run again"] = again(place, then)
        except InputError as error:
            st.text(str(error))
    head = " | ".join([f"Middle shift in {place.scenario.last_year}, points", *columns])
    rows = "\n".join(
        f"| {words.plain(catalog().worldviews[key].title)} | "
        + " | ".join(words.signed(result[key]) if key in result else "–" for result in columns.values())
        + " |"
        for key in worldviews_of(place.scenario)
    )
    st.markdown(f"| {head} |\n|{'---|' * (len(columns) + 1)}\n{rows}")
    _reasons(then)


def is_earlier(then: Seen) -> bool:
    """Whether the link was made with an assumption set that is known and not today's."""
    return then.assumptions != assumption_set() and then.assumptions in {known.name for known in versions()}


def again(place: Asked, then: Seen) -> dict[str, int]:
    """The middle shifts that the earlier engine gives for the place today, whole points; InputError where it cannot."""
    values = {key: setting(place.scenario, key) for key in open_settings(place.scenario)}
    told = run_then(then.assumptions, values, preset=place.scenario.name, members=cache.MEMBERS, seed=place.seed)
    return {key: round(worldview["shift"]["p50"]) for key, worldview in told["worldviews"].items()}


def reasons(then: Seen) -> list[str]:
    """Why an author saw other numbers: what changed since, or that it cannot be known."""
    if then.assumptions == assumption_set():
        return [
            "The link names today's assumptions, which give today's numbers: its result was written by hand or with "
            "another number of worlds."
        ]
    if not then.assumptions:
        return ["The link names no assumption set, so what changed cannot be told."]
    if not is_earlier(then):
        return [
            f"The link names the assumption set {shown(then.assumptions)}, which this page does not know, so what "
            "changed cannot be told."
        ]
    try:
        changes = [change.sentence for change in changes_since(then.assumptions)]
    except InputError as error:
        return [str(error)]
    more = [f"and {len(changes) - MOST_CHANGES} more changes."] if len(changes) > MOST_CHANGES else []
    return changes[:MOST_CHANGES] + more
