"""The four tracks of the bank's page, as far as they stay as they are, and where a browser finds them."""

from __future__ import annotations

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ui.drawn.tracks import Tick, Track

ABOUT = "/bank"
VIEWS = {  # name, marker, colours on white and on the dark page
    "op-ed": ("Op-ed", "●", "#1f78b8", "#5aa9e6"),
    "midpoint": ("Midpoint", "■", "#0d8a66", "#2fc79a"),
    "sceptic": ("Sceptic", "▲", "#cc5200", "#ff8c42"),
    "lock-in": ("Lock-in", "◆", "#b8478a", "#e38cc0"),
}


def ticks(theme: str, *values: tuple[float, ...]) -> tuple[Tick, ...]:
    """What each worldview assumes, in its colour of the theme."""
    return tuple(
        Tick(view, name, glyph, on_dark if theme == "dark" else on_white, own)
        for (view, (name, glyph, on_white, on_dark)), own in zip(VIEWS.items(), values, strict=True)
    )


def track(
    theme: str, ground: str, label: str, group: str, ends: tuple[float, float, float], *values: tuple[float, ...]
) -> Track:
    """An assumption with its admissible ends and its step, as the first of the worldviews has it."""
    return Track(
        label,
        *ends,
        copied=values[0],
        ticks=ticks(theme, *values),
        unit="points a year",
        meaning="What it means.",
        grounds="The size is judgement.",
        ground=ground,
        group=group,
    )


def tracks(theme: str) -> dict[str, Track]:
    """The four tracks by key."""
    moscow, needs = "Moscow", "What Moscow needs"
    return {
        "drift": track(
            theme, "drift", "Drift", moscow, (0, 8, 0.1), (2.5, 3, 3.5), (1, 2, 3), (2.5, 3, 3.5), (3, 3.05, 4)
        ),
        "potency": track(
            theme, "potency", "Symbolic potency", moscow, (-6, 8, 0.1), (-2, -0.3, 1.1), *3 * ((0, 0.3, 1),)
        ),
        "threat": track(theme, "threat", "Threat", needs, (0, 1, 0.05), (0.5,), (0.4,), (0.3,), (0.3,)),
        "status": track(theme, "status", "Status", needs, (0, 1, 0.05), (0.5,), (0.4,), (0.3,), (0.6,)),
    }


TRACKS = {theme: tracks(theme) for theme in ("light", "dark")}


async def told(request: Request) -> JSONResponse:
    """The tracks in the colours of a theme."""
    return JSONResponse({key: asdict(one) for key, one in TRACKS[request.path_params["theme"]].items()})


ROUTE = Route(f"{ABOUT}/{{theme}}", told)
