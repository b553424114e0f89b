"""A reader's own worldview as the body of a run: Python's and the command line's numbers, or one clear sentence."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import tomli_w
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from limits import RateLimitItemPerSecond
from starlette.applications import Starlette
from starlette.testclient import TestClient

from model import InputError, catalog, load_scenario, load_worldview, run
from model.__main__ import main
from model.assumptions.catalog import MAX_FILE_BYTES
from model.assumptions.edits import edits, worldview_toml
from model.assumptions.scenario import set_values
from model.assumptions.worldview import make_worldview, worldview_file
from tests.browser.harness import ROOT
from ui.links import single
from ui.links.asked import Asked, starting_points
from ui.server.api import own, routes
from ui.server.api.routes import ANSWERING, api_routes
from ui.told.cache import assumed, one_at_a_time, one_long_at_a_time
from ui.told.seen import seen

RUN = "/api/v1/run"
TOML, TEXT, JSON = "application/toml", "text/plain; charset=utf-8", "Application/JSON"
APP = Starlette(routes=api_routes(RateLimitItemPerSecond(10**9)))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(APP) as client:
        yield client


def edited(name: str = "op-ed", **changed: float) -> dict[str, Any]:
    """A worldview as plain data in which some parameters are known for sure."""
    data = tomllib.loads(worldview_file(name))
    for key, value in changed.items():
        data["parameters"][key] |= dict.fromkeys(("low", "central", "high"), value)
    return data


def written(data: dict[str, Any], kind: str) -> bytes:
    return (json.dumps(data) if kind == JSON else tomli_w.dumps(data)).encode()


def sent(client: TestClient, data: bytes | dict[str, Any], query: str = "", kind: str = JSON) -> Any:
    body = data if isinstance(data, bytes) else written(data, kind)
    return client.post(f"{RUN}?{query}", content=body, headers={"Content-Type": kind})


@pytest.mark.parametrize("kind", [TOML, TEXT, JSON])
@pytest.mark.parametrize(
    ("query", "arguments"),
    [
        ("preset=opening-hand", "opening-hand"),
        ("preset=giveaway&nato=5&pressure_china=130&start=2024&seed=3&members=250&worldview=edited&worldview=sceptic",
         None),
        ("preset=giveaway&structure=C4.C1&worldview=edited&horizon=15",
         "giveaway --structure C4,C1 --worldview edited --horizon 15"),
        ("preset=ease-russia&worldview=op-ed&members=250", "ease-russia --worldview op-ed --members 250"),
    ],
)  # fmt: skip
def test_a_run_is_bit_for_bit_that_of_python_and_of_the_command_line(
    client: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, query: str, arguments: str | None
) -> None:
    data = edited(binding_share=0.31)
    answer = sent(client, data, query, kind)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    file = tmp_path / "mine.toml"
    file.write_bytes(written(data, TOML))
    if arguments is None:  # the command line takes one worldview or all
        scenario = set_values(load_scenario("giveaway"), {"nato": 5, "pressure_china": 130, "start": 2024})
        chosen = ("edited", "sceptic")
        found = run(scenario, chosen, members=250, seed=3, worldview=load_worldview(file)).to_dict()
        assert answer.text == json.dumps(found, indent=2) + "\n"
        return
    assert main(["run", *shlex.split(arguments), "--worldview-file", str(file), "--json"]) == 0
    assert answer.text == capsys.readouterr().out


def test_the_example_of_the_readme_gives_the_number_that_stands_below_it(client: TestClient) -> None:
    section = (ROOT / "ui" / "README.md").read_text(encoding="utf-8").split("\n## API\n")[1].split("\n## ")[0]
    old, new = re.findall(r'sed "s/(.*)/(.*)/"', section)[0]
    query = re.findall(r'api/v1/run[?](.*worldview=edited)"', section)[0]
    body = worldview_file("op-ed").replace(old, new).encode()
    assert body != worldview_file("op-ed").encode()
    shift = sent(client, body, query, TOML).json()["worldviews"]["edited"]["shift"]
    ours = client.get(f"{RUN}?preset=opening-hand").json()["worldviews"]["op-ed"]["shift"]
    assert re.findall(r"−([0-9]+)", section) == [f"{-one['p50']:.0f}" for one in (shift, ours)]


def test_it_stands_beside_the_others_and_changes_none_of_them(client: TestClient) -> None:
    ours = client.get(f"{RUN}?preset=giveaway&members=50").json()
    beside = sent(client, edited("sceptic"), "preset=giveaway&members=50").json()
    assert list(beside["worldviews"]) == [*catalog().worldviews, "edited"]
    assert beside["worldviews"].pop("edited") == ours["worldviews"]["sceptic"]
    assert beside == ours


def test_what_the_api_gives_as_a_worldview_it_takes_as_one(client: TestClient) -> None:
    for name, view in client.get("/api/v1/worldviews").json()["worldviews"].items():
        answer = sent(client, view, f"members=20&worldview=edited&worldview={name}").json()["worldviews"]
        assert answer["edited"] == answer[name]


def test_two_bodies_are_never_mixed_up_and_none_is_kept(client: TestClient) -> None:
    query, kept = "preset=opening-hand&members=30", routes.run_text.cache_info()
    shares = [0.1, 0.2, 0.1 + 1e-12, 0.1, 0.2]
    for share in shares:
        answer = sent(client, edited(binding_share=share), query)
        mine = make_worldview(edited(binding_share=share), "mine")
        assert answer.json() == json.loads(json.dumps(run("opening-hand", members=30, worldview=mine).to_dict()))
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
    assert routes.run_text.cache_info() == kept
    of_get = client.get(f"{RUN}?{query}")
    again = client.post(
        f"{RUN}?{query}",
        content=written(edited(), JSON),
        headers={"Content-Type": JSON, "If-None-Match": of_get.headers["etag"]},
    )
    assert (again.status_code, len(again.json()["worldviews"])) == (200, 5)


CHANGED = edits("op-ed", {"binding_share": (0.4, 0.6, 0.8), "salience.threat": (0.2,)})
SAID = "own=op-ed&edit=salience.threat~0.2&edit=binding_share~0.4~0.6~0.8"


def test_a_link_of_the_page_with_a_worldview_of_ones_own_gives_pythons_numbers_and_those_of_its_file(
    client: TestClient,
) -> None:
    asked = Asked(starting_points()["giveaway"], own=CHANGED)
    of_link = client.get(f"{RUN}?{single.text(asked, seen=seen(asked))}&members=200").json()
    wanted = run("giveaway", members=200, assumptions=assumed(CHANGED)).to_dict()
    assert (
        of_link == wanted == sent(client, worldview_toml(CHANGED).encode(), "preset=giveaway&members=200", TOML).json()
    )
    assert list(of_link["worldviews"]) == [*catalog().worldviews, "edited"]
    alone = client.get(f"{RUN}?preset=giveaway&members=200&worldview=edited&{SAID}").json()["worldviews"]
    assert alone == {"edited": wanted["worldviews"]["edited"]}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("edit=binding_share~0.1~0.2~0.3", "edit changes a worldview, but own does not say which one was copied; it"),
        ("own=mine", "There is no own “mine”; allowed: lock-in, midpoint, op-ed, sceptic."),
        ("own=op-ed&edit=bindingshare~1", "A worldview has no number “bindingshare”; did you mean binding_share?"),
        ("own=op-ed&edit=binding_share~0.1~0.2~7", "binding_share is 7, but the admissible range is 0 to 1."),
        ("own=op-ed&edit=drift_rate~1~2~3&edit=drift_rate~1~2~4", "drift_rate is changed more than once; the first"),
        ("own=op-ed&preset=reset-2009", "own cannot stand beside the historic analogue"),
    ],
)
def test_a_worldview_in_the_query_that_cannot_be_is_refused_in_a_sentence(
    client: TestClient, query: str, said: str
) -> None:
    answer = client.get(f"{RUN}?{query}")
    assert answer.status_code == 400
    assert any(fault.startswith(said) for fault in answer.json()["faults"]), answer.json()["faults"]


def test_a_worldview_comes_in_the_query_or_in_the_body(client: TestClient) -> None:
    answer = sent(client, edited(), SAID)
    assert answer.status_code == 400
    assert answer.json()["faults"][0] == (
        "own says a worldview in the query and another comes in the body; send one of them."
    )


def test_only_a_run_that_is_given_a_worldview_knows_an_edited_one(client: TestClient) -> None:
    answer = client.get(f"{RUN}?worldview=edited")
    assert answer.json()["faults"] == ["worldview names edited, but the query says no worldview of your own."]
    wrong = sent(client, edited(), "worldview=editd&worldview=op-ed&worldview=op-ed")
    assert wrong.json()["faults"] == [
        "There is no worldview “editd”; did you mean edited?",
        "worldview names “op-ed” twice.",
    ]


def test_a_historic_analogue_refuses_as_the_model_does(client: TestClient) -> None:
    answer = sent(client, edited(), "preset=reset-2009")
    with pytest.raises(InputError) as refused:
        run("reset-2009", worldview=make_worldview(edited(), "mine"))
    assert (answer.status_code, answer.json()["faults"]) == (400, [str(refused.value)])


SHARE = ("parameters", "binding_share", "low")


@pytest.mark.parametrize("kind", [TOML, JSON])
@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("colour",), "blue", "The body: colour is “blue”: string should match pattern '^#[0-9a-f]{6}$'."),
        (("titel",), "x", "The body: the key “titel” is not known; did you mean title?"),
        (SHARE, "x", "The body: parameters.binding_share.low is “x”, but it must be a valid number."),
        (SHARE, -1, "The body: parameters.binding_share.low is -1, but the admissible range is 0 to 1."),
        (SHARE, 0.9, "The body: parameters.binding_share: low, central and high must be in this order."),
        (SHARE, float("nan"), "The body: parameters.binding_share.low is “nan”, but it must be a finite number."),
        (("salience", "values", "threat"), 0.6,
         "The body: the weights of salience sum to 1.1, but they must sum to 1."),
        (("salience", "sources"), ["modeler"],
         "The body: salience names the unknown source “modeler”; did you mean modeller?"),
        (("parameters", "binding_shar"), {}, "The body: parameters.binding_shar.low is missing."),
    ],
)  # fmt: skip
def test_a_wrong_worldview_is_refused_with_key_value_and_rule(
    client: TestClient, kind: str, path: tuple[str, ...], value: object, said: str
) -> None:
    data = edited()
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    answer = sent(client, data, kind=kind)
    assert answer.status_code == 400
    assert answer.json() == {"error": f"The request was refused: {said}", "faults": [said]}
    with pytest.raises(InputError) as refused:
        make_worldview(data, "The body")
    assert said == str(refused.value)


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"", JSON, "The body is not valid JSON: Expecting value: line 1 column 1 (char 0)."),
        (b"", TOML, "The body: title is missing."),
        (b"{}", JSON, "The body: title is missing."),
        (b"title = ", TEXT, "The body is not valid TOML: Invalid value (at end of document)."),
        (b"[1]", JSON, "The body is JSON, but no object."),
        (b"null", JSON, "The body is JSON, but no object."),
        (b'{"title": "a", "short": {"b": 1, "b": 2}}', JSON, "The body names “b” twice."),
        (b"\xff\xfe", JSON, "The body is not UTF-8 text."),
        (b"\xff\xfe", TOML, "The body is not UTF-8 text."),
        (b'{"title": "\\ud800"}', JSON, "The body: title is “\ufffd”, but it must be a valid string"),
        (b"[" * 150_000, JSON, "The body is not valid JSON: maximum recursion depth exceeded"),
        (b"a=" + b"[" * 150_000, TOML, "The body is not valid TOML: maximum recursion depth exceeded"),
        (b"9" * 5000, JSON, "The body is not valid JSON: Exceeds the limit (4300 digits)"),
        (b"title = 0x" + b"f" * 150_000, TOML, "The body: title is “…”, but it must be a valid string."),
        (b"a." * 99_000 + b"a = 1", TOML, "The body has lines with hundreds of dots; no key of ours has more than two"),
        (b"{" + b",".join(b'"%d":1' % i for i in range(18_000)) + b',"0":1}', JSON, "The body names “0” twice."),
    ],
)  # fmt: skip
def test_a_body_that_is_no_worldview_is_refused_in_one_sentence_and_at_once(
    client: TestClient, body: bytes, kind: str, said: str
) -> None:
    begun = time.process_time()
    answer = sent(client, body, kind=kind)
    assert answer.status_code == 400
    (fault,) = answer.json()["faults"]
    assert fault.startswith(said)
    assert len(fault) < 400
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "kind", ["", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/yaml"]
)
def test_a_body_of_another_kind_is_told_which_there_are(client: TestClient, kind: str) -> None:
    answer = client.post(RUN, content=written(edited(), JSON), headers={"Content-Type": kind} if kind else {})
    assert (answer.status_code, answer.headers["connection"]) == (415, "close")
    assert answer.json() == {
        "error": f"The Content-Type is “{kind}”, but a worldview is sent as application/json, or as TOML with "
        "application/toml or text/plain.",
        "faults": [],
    }


def test_a_worldview_may_have_200_000_bytes_and_not_one_more(client: TestClient) -> None:
    body = written(edited(), TOML)
    body += b"#" * (MAX_FILE_BYTES - len(body))
    assert sent(client, body, "members=1", TOML).status_code == 200
    answer = sent(client, body + b"#", "members=1", TOML)
    assert (answer.status_code, answer.headers["connection"]) == (413, "close")
    assert answer.json() == {"error": "A worldview may have at most 200,000 bytes.", "faults": []}


def asked(*parts: bytes, said: bytes | None, ends: Callable[[], Any] | None = None) -> tuple[int, str, int]:
    """Status and error of a run whose body comes in parts, and how many of them were read."""
    read, told = 0, []

    async def receive() -> Any:
        nonlocal read
        read += 1
        if ends and read > len(parts):
            return await ends()
        return {"type": "http.request", "body": parts[read - 1], "more_body": bool(ends) or read < len(parts)}

    async def send(message: Any) -> None:
        told.append(message)

    length = [] if said is None else [(b"content-length", said)]
    scope = {
        "type": "http",
        "method": "POST",
        "path": RUN,
        "query_string": b"members=1",
        "headers": [(b"content-type", b"application/toml"), *length],
        "client": ("192.0.2.5", 1),
    }
    asyncio.run(APP(scope, receive, send))
    return told[0]["status"], json.loads(told[1]["body"]).get("error", ""), read


@pytest.mark.parametrize("said", [None, b"7", b"0", b"-1", b"x"])
def test_a_body_longer_than_it_says_is_not_read_beyond_the_limit(said: bytes | None) -> None:
    endless = [b"#" * 60_000] * 100
    assert asked(*endless, said=said) == (413, "A worldview may have at most 200,000 bytes.", 4)


@pytest.mark.parametrize("said", [b"200001", b"1" * 5000, b"0" * 12 + b"1"])
def test_a_body_that_says_that_it_is_too_long_is_not_read_at_all(said: bytes) -> None:
    assert asked(b"#", said=said) == (413, "A worldview may have at most 200,000 bytes.", 0)


def test_a_body_in_parts_is_read_whole() -> None:
    body = written(edited(), TOML)
    parts = [body[i : i + 500] for i in range(0, len(body), 500)]
    assert asked(*parts, said=None) == (200, "", len(parts))


def test_a_body_that_breaks_off_or_never_ends_is_no_failure_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    async def leaves() -> Any:
        return {"type": "http.disconnect"}

    assert asked(b"title", said=b"90", ends=leaves) == (400, "The body broke off.", 2)
    monkeypatch.setattr(own, "LONGEST_WAIT", 0.1)
    waiting = asked(b"title", said=b"90", ends=lambda: asyncio.sleep(60))
    assert waiting == (408, "The body did not arrive within 20 seconds.", 2)


def test_a_wrong_query_is_refused_before_the_body_is_read(client: TestClient) -> None:
    answer = sent(client, b"#" * 500_000, "natto=1")
    assert (answer.status_code, answer.json()["faults"]) == (
        400,
        ["There is no parameter “natto”; did you mean nato?"],
    )
    assert answer.headers["connection"] == "close"
    assert sent(client, edited(), f"title={'x' * 4000}").status_code == 414


@pytest.mark.parametrize("lock", [one_at_a_time, one_long_at_a_time])
def test_a_run_with_a_worldview_waits_its_turn(client: TestClient, monkeypatch: pytest.MonkeyPatch, lock: Any) -> None:
    monkeypatch.setattr(ANSWERING, "longest", 0.1)
    with lock:
        answer = sent(client, edited(), "members=12&seed=99")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "20")


def test_who_sends_too_often_must_wait() -> None:
    hasty = TestClient(Starlette(routes=api_routes(RateLimitItemPerSecond(2, 3600))), client=("192.0.2.1", 1))
    told = [sent(hasty, edited(), "members=1").status_code for _ in range(3)]
    assert told == [200, 200, 429]
    assert hasty.get(RUN).status_code == 429


def places(value: object, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every place in a worldview where something stands."""
    inner = value.items() if isinstance(value, dict) else ()
    return [*([path] if path else []), *(place for key, part in inner for place in places(part, (*path, key)))]


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)
numbers = st.sampled_from([path for path in places(edited()) if path[-1] in ("low", "central", "high")])
changes = st.one_of(
    st.tuples(st.sampled_from(places(edited())), anything), st.tuples(numbers, st.floats(0, 1, allow_nan=False))
)


@given(st.lists(changes, min_size=1, max_size=3))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_gets_pythons_numbers_or_pythons_sentence(
    client: TestClient, changed: list[tuple[tuple[str, ...], object]]
) -> None:
    data = edited()
    for (*before, last), value in changed:
        place: Any = data
        for key in before:
            place = place.get(key, {}) if isinstance(place, dict) else {}
        if isinstance(place, dict):
            place[last] = value
    body = json.dumps(data).encode()
    answer = sent(client, body, "preset=opening-hand&members=5&worldview=edited")
    found, said = None, ""
    try:
        found = run(
            "opening-hand", "edited", members=5, worldview=make_worldview(json.loads(body), "The body")
        ).to_dict()
    except InputError as refused:
        said = str(refused)
    assert said.isprintable()
    assert (answer.status_code, answer.json()) == (
        (200, found) if found else (400, {"error": f"The request was refused: {said}", "faults": [said]})
    )


kinds = st.sampled_from([TOML, TEXT, JSON, "application/toml;;", "text/html", ""])
pieces = st.sampled_from(
    [b"{", b"}", b"[", b"]", b'"', b"'", b'"""', b"=", b".", b",", b"\n", b"#", b"\\", b"1e9", b"\0"]
)
bodies = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(str.encode),
    st.lists(pieces, max_size=60).map(b"".join),
    st.tuples(st.integers(0, 6000), st.binary(max_size=9)).map(
        lambda cut: written(edited(), TOML)[: cut[0]] + cut[1] + written(edited(), TOML)[cut[0] + len(cut[1]) :]
    ),
    st.tuples(pieces, st.integers(1, 220_000)).map(lambda many: many[0] * (many[1] // len(many[0]))),
)
queries = st.dictionaries(st.sampled_from(["worldview", "preset", "seed", "nope"]), st.text(max_size=8), max_size=2)


@given(bodies, kinds, queries)
@example(b"\xef\xbb\xbf" + written(edited(), TOML), TOML, {})
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_of_a_body_break_the_server(client: TestClient, body: bytes, kind: str, query: dict[str, str]) -> None:
    text = urlencode({"members": "1", **query}, errors="replace")
    answer = client.post(f"{RUN}?{text}", content=body, headers={"Content-Type": kind})
    assert answer.status_code in (200, 400, 413, 415)
    if answer.status_code != 200:
        told = answer.json()["error"]
        assert told.isprintable()
        assert 20 < len(told) < 3000
