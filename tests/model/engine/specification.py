"""The numbers of the specification, typed out here independently of the data files: model.md, sections 3.2 to 3.6, with
what model-2.md changes (two pressures, a broken promise, worlds that lean one way).

Keys are the specification's own short names (`ukr`, `assur`, `kappa_s`, `THR`); the mappings say what the package calls
them. Anything that differs from the data files is a finding, not something to align by hand.
"""

from __future__ import annotations

from typing import NamedTuple

Band = tuple[float, float, float]  # low, central, high: P10, P50, P90

# The specification's name of a lever -> the package's.
LEVERS = {
    "nato": "nato",
    "caatsa": "caatsa",
    "g8": "g8",
    "mil": "mil",
    "ukr": "ukraine",
    "assur": "allies",
    "clarity": "clarity",
    "precond": "precond",
    "P_R": "pressure_russia",
    "P_C": "pressure_china",
}
PRESSURES = ("P_R", "P_C")
NEUTRAL = dict.fromkeys(LEVERS, 0) | dict.fromkeys(PRESSURES, 1)  # where a lever changes nothing
HIGHEST = dict.fromkeys(LEVERS, 1) | dict.fromkeys(PRESSURES, 2)  # the lowest is 0 for all
INDUCEMENTS = ("nato", "caatsa", "g8", "mil", "ukr")
MECHANISMS = {"THR": "threat", "ECO": "economy", "STA": "status", "TRU": "contact"}
DOMAINS = ("military", "diplomatic", "economic", "technology", "information", "space")
WORLDVIEWS = ("op-ed", "sceptic", "lock-in", "midpoint")

# ---- 3.3, shared tables
SUPPLY = {  # W: mechanism -> share by inducement
    "THR": (0.5, 0, 0.05, 0.15, 0.3),
    "ECO": (0, 0.85, 0.05, 0, 0.1),
    "STA": (0.25, 0, 0.55, 0.1, 0.1),
    "TRU": (0.2, 0, 0, 0.65, 0.15),
}
RESPONSE = {  # M: domain -> share by mechanism
    "military": (0.5, 0.1, 0.05, 0.35),
    "diplomatic": (0.35, 0.1, 0.45, 0.1),
    "economic": (0.1, 0.75, 0.1, 0.05),
    "technology": (0.15, 0.6, 0.1, 0.15),
    "information": (0.4, 0.05, 0.45, 0.1),
    "space": (0.15, 0.35, 0.3, 0.2),
}
DOMAIN_WEIGHT = (0.3, 0.2, 0.2, 0.12, 0.1, 0.08)
BINDING_SPEED = (0.6, 0.8, 1, 1, 0.5, 0.5)
LEVELS = {  # year -> level by domain
    2009: (42, 82, 20, 28, 30, 25),
    2014: (46, 73, 30, 33, 40, 30),
    2021: (58, 88, 46, 45, 52, 45),
    2024: (64, 91, 86, 60, 58, 50),
}
MEASURED_DOMAINS = ("diplomatic", "economic")

CONCRETENESS = (0.30, 0.25, 0.15, 0.15, 0.15)  # omega, by inducement
VISIBILITY = (1, 0.3, 0.7, 0.8, 0.9)  # v
SLIGHT = (0.40, 0.15, 0.20, 0.10, 0.15)  # n
VALUES_COST = (0.10, 0.20, 0.35, 0.05, 0.30)  # c
ALLY_EXPOSURE = {"east": 1.6, "rest": 0.68}  # e
ALLY_WEIGHT = {"east": 0.35, "rest": 0.65}
SANCTIONS_CURVATURE = 0.5

# ---- 3.3, vectors of each worldview
SALIENCE = {  # s, by mechanism
    "op-ed": (0.5, 0.2, 0.2, 0.1),
    "sceptic": (0.25, 0.45, 0.15, 0.15),
    "lock-in": (0.25, 0.5, 0.1, 0.15),
    "midpoint": (0.36, 0.32, 0.19, 0.13),
}
DRIFT_PROFILE = {  # prof, by domain
    "op-ed": (1.3, 0.9, 0.9, 1, 1, 1),
    "sceptic": (1, 0.5, 1.4, 1.4, 1, 0.9),
    "lock-in": (1, 0.5, 1.4, 1.5, 1, 0.8),
    "midpoint": (1.1, 0.7, 1.2, 1.2, 1, 0.9),
}
RELATIVE_DELIVERABILITY = {  # by inducement
    "op-ed": (1, 1, 1, 1, 1),
    "sceptic": (1.1, 0.8, 0.5, 1.4, 1.1),
    "lock-in": (1.1, 0.7, 0.4, 1.4, 1.2),
    "midpoint": (1.05, 0.8, 0.7, 1.25, 1.1),
}


# ---- 3.4, parameters
class Row(NamedTuple):
    """A row of the parameter table; the bands are in the order of WORLDVIEWS."""

    name: str
    admissible: tuple[float, float]
    op_ed: Band
    sceptic: Band
    lock_in: Band
    midpoint: Band

    def band(self, worldview: str) -> Band:
        return dict(zip(WORLDVIEWS, self[2:], strict=True))[worldview]


PARAMETERS = {
    "kappa_s": Row("symbolic_potency", (-6, 8), (2.5, 4, 5.5), (-4, -2.5, -1), (-2.5, -0.8, 0.8), (-1, 1, 3)),
    "a": Row("addressable_threat", (0, 1), (0.75, 0.9, 1), (0.1, 0.25, 0.42), (0.15, 0.32, 0.5), (0.35, 0.55, 0.75)),
    "K0": Row(
        "initial_credibility", (0, 0.9), (0.18, 0.28, 0.38), (0.04, 0.1, 0.18), (0.03, 0.08, 0.16), (0.15, 0.27, 0.4)
    ),
    "theta0": Row("base_threshold", (0, 1.2), (0, 0.03, 0.08), (0.15, 0.26, 0.4), (0.36, 0.5, 0.66), (0, 0.05, 0.14)),
    "theta1": Row(
        "dependence_threshold", (0, 1), (0.08, 0.15, 0.25), (0.15, 0.24, 0.35), (0.3, 0.42, 0.56), (0.06, 0.15, 0.26)
    ),
    "delta": Row("drift_rate", (0, 8), (2.4, 3.4, 4.6), (2.2, 3.2, 4.4), (2.6, 3.8, 5.2), (2.3, 3.3, 4.5)),
    "sigma_P": Row(
        "pressure_share", (0, 1), (0.6, 0.75, 0.88), (0.08, 0.2, 0.35), (0.05, 0.15, 0.28), (0.28, 0.45, 0.62)
    ),
    "eta": Row("pull_strength", (0, 25), (6, 10, 14), (4, 8, 12), (4, 8, 12), (6, 10, 14)),
    "F": Row("latent_friction", (0, 1), (0.45, 0.6, 0.75), (0.08, 0.18, 0.32), (0.06, 0.14, 0.26), (0.22, 0.4, 0.58)),
    "u": Row("doubt_response", (0, 1), (0.55, 0.72, 0.88), (0.15, 0.35, 0.55), (0.1, 0.22, 0.4), (0.25, 0.45, 0.65)),
    "b": Row("binding_share", (0, 1), (0.05, 0.15, 0.28), (0.62, 0.8, 0.92), (0.35, 0.55, 0.75), (0.32, 0.5, 0.68)),
    "chi": Row("response_strength", (0, 8), (1, 2, 3), (1.2, 2.4, 3.8), (0.4, 0.9, 1.6), (1, 2, 3.2)),
    "nu": Row("cohesion_loss", (0, 60), (6, 10, 16), (18, 28, 40), (20, 30, 42), (11, 18, 28)),
    "alpha_u": Row(
        "ukraine_mitigation",
        (-0.5, 0.8),
        (0.15, 0.28, 0.42),
        (-0.35, -0.12, 0.1),
        (-0.3, -0.08, 0.15),
        (-0.08, 0.1, 0.26),
    ),
    "alpha_a": Row(
        "assurance_mitigation", (0, 0.8), (0.35, 0.5, 0.65), (0.1, 0.22, 0.38), (0.12, 0.25, 0.4), (0.22, 0.35, 0.5)
    ),
    "h0": Row(
        "reversal_hazard", (0, 0.6), (0.02, 0.05, 0.1), (0.18, 0.27, 0.38), (0.15, 0.24, 0.34), (0.08, 0.15, 0.25)
    ),
    "h1": Row("backlash_hazard", (0, 1), (0.05, 0.15, 0.3), (0.15, 0.3, 0.5), (0.15, 0.3, 0.5), (0.1, 0.22, 0.38)),
    "phi": Row("reversal_loss", (0, 1), (0.4, 0.6, 0.8), (0.6, 0.8, 0.95), (0.5, 0.7, 0.9), (0.5, 0.7, 0.88)),
    "fj": Row("deliverability", (0, 1.2), (0.85, 0.95, 1), (0.3, 0.45, 0.62), (0.25, 0.4, 0.58), (0.58, 0.76, 0.92)),
    "xi": Row(
        "unbalanced_assurance", (0, 0.9), (0.05, 0.12, 0.22), (0.25, 0.4, 0.55), (0.2, 0.35, 0.5), (0.12, 0.24, 0.38)
    ),
    "q0": Row(
        "unasked_reciprocity", (0, 1), (0.25, 0.4, 0.55), (0.08, 0.18, 0.32), (0.1, 0.22, 0.38), (0.2, 0.38, 0.55)
    ),
    "r1": Row(
        "redeployable_effort", (0, 0.6), (0.22, 0.33, 0.45), (0.03, 0.09, 0.18), (0.02, 0.07, 0.15), (0.1, 0.18, 0.28)
    ),
    "mh": Row("emboldening", (0, 2), (0, 0.05, 0.15), (0.3, 0.7, 1.1), (0.3, 0.6, 1), (0.1, 0.3, 0.6)),
    "v0": Row("values_cost_scale", (0, 1), (0.12, 0.22, 0.35), (0.5, 0.7, 0.88), (0.5, 0.7, 0.88), (0.28, 0.45, 0.62)),
    "sig": Row("shock_size", (0.2, 4), (0.8, 1.3, 2), (0.8, 1.3, 2), (1, 1.6, 2.4), (0.8, 1.3, 2)),
    "lambda": Row("broken_promise", (0, 5), (0, 0.3, 0.8), (1, 2, 3.5), (0.5, 1.2, 2.2), (0.4, 1, 2)),
}

# model-2.md, change 3: whether a higher value is kinder to the wedge (1), harder (-1) or neither (0)
KIND = (
    dict.fromkeys(("kappa_s", "a", "K0", "sigma_P", "eta", "F", "u", "alpha_u", "alpha_a", "fj", "q0", "r1"), 1)
    | dict.fromkeys(("theta0", "theta1", "b", "nu", "h0", "h1", "phi", "xi", "mh", "v0", "lambda"), -1)
    | dict.fromkeys(("delta", "chi", "sig"), 0)
)

# ---- 3.2, the last lines of 3.4, 5, and model-2.md: the fixed numbers, by the package's name
CONSTANTS = {
    "precondition_acceptance": 0.02,
    "sanctions_curvature": 0.5,
    "jitter_concentration": 40,
    "lean": 0.5,
    "credibility_gain": 0.35,
    "credibility_loss": 0.70,
    "credibility_after_reversal": 0.5,
    "threshold_softness": 0.08,
    "doubt_start": 15,
    "doubt_speed": 0.6,
    "attention_speed": 0.5,
    "let_down_memory": 0.85,
    "shock_common": 0.6,
    "shock_own": 0.8,
    "friction_alternative": 0.6,
    "unbelieved_share": 0.5,
    "structure_alternative_share": 0.25,
    "cohesion_start": 70,
    "cohesion_fall": 0.6,
    "cohesion_recovery": 0.2,
    "slight_curvature": 2,
    "easing_slight": 0.25,
    "mitigation_floor": -0.5,
    "mitigation_ceiling": 0.85,
    "emboldening_slight": 0.5,
    "reciprocity_protection": 0.7,
    "visible_dialogue": 0.05,
    "effort_from_reciprocity": 0.6,
    "effort_from_hedging": 0.4,
    "assurance_effort": 0.04,
    "backlash_effort": 0.4,
    "easing_effort": 0.5,
    "china_easing_effort": 0.15,
    "china_effort_scale": 40,
    "clarity_values_relief": 0.4,
    "easing_values_cost": 0.10,
    "two_front_start": 0.35,
    "two_front_military": 0.03,
    "two_front_reciprocity": 0.7,
    "two_front_cohesion": 0.03,
    "two_front_effort": 0.01,
    "two_front_pressure_russia": 0.3,
    "two_front_pressure_china": 0.3,
}

# ---- 3.5 and model-2.md, presets: the levers in the order of LEVERS
PRESETS = {
    "status-quo": (0, 0, 0, 0, 0, 0, 0, 0, 1, 1),
    "limited-dialogue": (0.15, 0, 0, 0.25, 0.1, 0.3, 0.4, 0, 1, 1),
    "opening-hand": (0.5, 0.35, 0.5, 0.5, 0.5, 0.6, 0.8, 0, 1, 1),
    "grand-bargain": (1, 1, 1, 0.75, 1, 0.5, 1, 0, 1, 1),
    "symbolism-only": (0.25, 0, 0.3, 0.2, 0, 0.2, 0.1, 0, 1, 1),
    "allies-first": (0.2, 0.15, 0, 0.4, 0.35, 0.95, 0.7, 0, 1, 1),
    "economic-reset": (0, 0.8, 0.4, 0.1, 0, 0.4, 0.6, 0, 1, 1),
    "preconditions-first": (0.5, 0.35, 0.5, 0.5, 0.5, 0.6, 0.8, 1, 1, 1),
    "giveaway": (0.8, 0.7, 0.8, 0.6, 0.8, 0.05, 0.05, 0, 1, 1),
    "squeeze-both": (0, 0, 0, 0, 0, 0, 0, 0, 1.6, 1.6),
    "ease-russia": (0, 0, 0, 0, 0, 0, 0, 0, 0.5, 1),
    "pivot-to-china": (0.5, 0.35, 0.5, 0.5, 0.5, 0.6, 0.8, 0, 0.6, 1.4),
}


# ---- 3.6, historic analogues
class Analogue(NamedTuple):
    """A row of section 3.6; `pressure` is that of the era in the first and in the last year, and levers left out are
    neutral."""

    worldview: str
    years: int
    levels: tuple[int, ...]
    pressure: tuple[float, float]
    levers: dict[str, float]
    overrides: dict[str, Band]


ANALOGUES = {
    "opening-to-china-1969": Analogue(
        "midpoint",
        6,
        (3, 8, 8, 3, 5, 1),
        (0.4, 0.4),
        {"nato": 0.6, "caatsa": 0.5, "g8": 0.9, "mil": 0.25, "ukr": 0.7, "assur": 0.2, "clarity": 0.75},
        {
            "F": (0.85, 0.95, 1.0),
            "a": (0.6, 0.8, 0.95),
            "K0": (0.25, 0.35, 0.5),
            "theta0": (0.02, 0.06, 0.12),
            "theta1": (0, 0.03, 0.06),
            "h0": (0.02, 0.05, 0.1),
            "b": (0.05, 0.12, 0.25),
            "u": (0.6, 0.75, 0.9),
            "fj": (0.75, 0.9, 1.0),
            "sigma_P": (0.2, 0.35, 0.5),
            "delta": (0, 0.1, 0.4),
        },
    ),
    "reset-2009": Analogue(
        "midpoint",
        5,
        LEVELS[2009],
        (0.5, 0.5),
        {"nato": 0.3, "caatsa": 0.15, "g8": 0.25, "mil": 0.45, "ukr": 0.1, "assur": 0.4, "clarity": 0.6},
        {"fj": (0.6, 0.78, 0.95), "F": (0.2, 0.35, 0.5)},
    ),
    "dual-competition-2014": Analogue("midpoint", 7, LEVELS[2014], (0.6, 1.0), {}, {}),
    "lock-in-2022": Analogue("lock-in", 5, LEVELS[2021], (1.7, 1.7), {}, {}),
    "abe-courtship-2013": Analogue(
        "midpoint",
        6,
        LEVELS[2014],
        (0.8, 0.8),
        {"caatsa": 0.25, "g8": 0.25, "mil": 0.3, "ukr": 0.3, "assur": 0.7, "clarity": 0.6},
        {"K0": (0.15, 0.25, 0.35), "a": (0.05, 0.12, 0.2), "fj": (0.4, 0.55, 0.7), "h0": (0.03, 0.08, 0.15)},
    ),
    "overture-2025": Analogue(
        "lock-in",
        4,
        LEVELS[2024],
        (1.4, 1.4),
        {"nato": 0.5, "caatsa": 0.1, "g8": 0.2, "mil": 0.15, "ukr": 0.6, "assur": 0.1, "clarity": 0.25},
        {"nu": (26, 38, 50)},
    ),
}

# ---- the essay's claims: letter of the id -> how many there are, and what kind they are
CLAIMS = {
    "E": (83, "edge"),
    "L": (20, "lever"),
    "M": (21, "mechanism"),
    "O": (16, "outcome"),
    "A": (18, "actor"),
    "R": (16, "risk"),
    "T": (8, "mitigation"),
    "D": (17, "dynamic"),
    "H": (10, "precedent"),
    "F": (8, "evidence"),
}
CLAIMS_OUTSIDE = ("E11", "E12", "E13", "E15", "E34", "E50", "E68", "E69", "O07", "O08", "O14")
ENSEMBLE_CHOICES = ("C1", "C2", "C3", "C4", "C6", "C7")
