"""The essay's claims against the model: what each claim is answered by, and whether that exists."""

from __future__ import annotations

from model.assumptions.catalog import Assumptions, given
from model.assumptions.scenario import analogues, presets
from model.engine.results import OUTCOMES

# What a claim may point at beside the outcomes of the last year: series of a run.
SERIES = ("alignment", "reciprocity", "credibility", "offer_value", "threshold", "nato_east", "reversed")


def reference_titles(known: Assumptions | None = None) -> dict[str, str]:
    """Every reference a claim can be answered by, as `kind:name`, with its title for a reader."""
    known = given(known)
    return {
        **{f"equation:{number}": f"equation {number}" for number in range(1, 11)},
        **{f"lever:{key}": lever.name for key, lever in known.levers.items()},
        **{f"context:{key}": setting.short for key, setting in known.context.items()},
        **{f"parameter:{key}": definition.title for key, definition in known.parameters.items()},
        **{f"outcome:{key}": key.replace("_", " ") for key in (*OUTCOMES, *SERIES)},
        **{f"domain:{key}": f"{domain.name} domain" for key, domain in known.structure.domains.items()},
        **{f"mechanism:{key}": f"{m.name} mechanism" for key, m in known.structure.mechanisms.items()},
        **{f"scenario:{key}": scenario.title for key, scenario in presets().items()},
        **{f"analogue:{key}": scenario.title for key, scenario in analogues().items()},
    }


def unresolved_references(known: Assumptions | None = None) -> list[str]:
    """References of claims that lead nowhere, as `claim: reference`; empty when all is well."""
    known = given(known)
    titles = reference_titles(known)
    return [
        f"{key}: {reference}"
        for key, claim in known.claims.items()
        for reference in claim.answered_by
        if reference not in titles
    ]
