"""The API gives the command line's numbers, and refuses in sentences whatever it does not follow."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from limits import RateLimitItemPerSecond
from starlette.applications import Starlette
from starlette.testclient import TestClient

from model import MODEL_VERSION, InputError, analogues, catalog, presets, run
from model.__main__ import main
from model.assumptions import scenario as model_scenario
from model.assumptions.schema import Scenario
from model.errors import printable
from tests.ui.links.test_single import scenarios
from ui.links import single
from ui.links.asked import MOST_GOALS, Asked
from ui.links.single import LONGEST
from ui.server.api.answers import OPERATIONS
from ui.server.api.routes import ANSWERING, CORS, api_routes
from ui.server.api.run import MOST_MEMBERS, PRESENTATION, parameters
from ui.told.cache import one_at_a_time

NO_LIMIT = RateLimitItemPerSecond(10**9)
RUN = "/api/v1/run"
PATHS = [f"/api/v1/{name}" for name in OPERATIONS]


APP = Starlette(routes=api_routes(NO_LIMIT))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(APP) as client:
        yield client


@pytest.mark.parametrize(
    ("query", "arguments"),
    [
        ("", "status-quo"),
        ("preset=opening-hand", "opening-hand"),
        ("preset=giveaway&nato=5&pressure_china=130&start=2024", "giveaway --set nato=5 --set pressure_china=130 "
         "--start 2024"),
        ("preset=ease-russia&worldview=op-ed", "ease-russia --worldview op-ed"),
        ("preset=giveaway&members=250&seed=3", "giveaway --members 250 --seed 3"),
        ("preset=giveaway&structure=ensemble&horizon=15&onset=2&ramp=4", "giveaway --structure ensemble --horizon 15 "
         "--onset 2 --ramp 4"),
        ("preset=giveaway&structure=C4%2CC1&worldview=sceptic", "giveaway --structure C4,C1 --worldview sceptic"),
        ("preset=dual-competition-2014&worldview=midpoint", "dual-competition-2014"),
        ("preset=opening-to-china-1969&nato=90&horizon=9", "opening-to-china-1969 --set nato=90 --horizon 9"),
        ("preset=reset-2009&pressure_china=40&structure=C1.C6", "reset-2009 --set pressure_china=40 --structure C1,C6"),
    ],
)  # fmt: skip
def test_a_run_is_byte_for_byte_what_the_command_line_prints(
    client: TestClient, capsys: pytest.CaptureFixture[str], query: str, arguments: str
) -> None:
    assert main(["run", *shlex.split(arguments), "--json"]) == 0
    answer = client.get(f"{RUN}?{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.text == capsys.readouterr().out


@given(scenarios(), st.integers(1, 60), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_link_of_the_page_gives_the_numbers_of_its_scenario(
    client: TestClient, scenario: Scenario, members: int, seed: int
) -> None:
    query = single.write(Asked(scenario)) | {"members": [str(members)], "seed": [str(seed)]}
    answer = client.get(f"{RUN}?{urlencode(query, doseq=True)}")
    assert answer.json() == json.loads(json.dumps(run(scenario, members=members, seed=seed).to_dict()))


@pytest.mark.parametrize("switched", [("C1", "C6"), ("ensemble",)], ids=".".join)
def test_a_link_with_a_structure_gives_its_numbers(client: TestClient, switched: tuple[str, ...]) -> None:
    asked = Asked(presets()["opening-hand"], switched=switched)
    answer = client.get(f"{RUN}?{single.text(asked)}&members=20")
    assert answer.json() == json.loads(json.dumps(run(asked.scenario, members=20, structure=asked.structure).to_dict()))
    assert client.get(f"{RUN}?preset=opening-hand&members=20&structure={asked.structure}").content == answer.content


def test_several_worldviews_may_be_named(client: TestClient) -> None:
    answer = client.get(f"{RUN}?worldview=sceptic&worldview=lock-in&members=10").json()
    assert list(answer["worldviews"]) == ["lock-in", "sceptic"]


def test_what_only_the_page_looks_at_changes_nothing(client: TestClient) -> None:
    plain = client.get(f"{RUN}?preset=giveaway&members=10")
    extra = [(key, text) for key in PRESENTATION for text in ("x", "x", "<b>")]
    extra += [("goal", "level_at_most_58"), ("goal", "doubt>=20"), ("predict", "apart_-20_-5_20261122T1402Z_95_op-ed")]
    assert client.get(f"{RUN}?preset=giveaway&members=10&{urlencode(extra)}").content == plain.content


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("nato=500", "nato is “500”, but it must be a whole number, 0 to 100."),
        ("nato=", "nato is “”, but it must be a whole number, 0 to 100."),
        ("nato", "nato is “”, but it must be a whole number, 0 to 100."),
        ("nato=5.5", "nato is “5.5”, but it must be a whole number, 0 to 100."),
        ("start=2022", "start is “2022”, but it must be one of 2021, 2024."),
        ("nato=5&nato=6", "nato is given 2 times, but it may be given at most once."),
        ("natoo=5", "There is no parameter “natoo”; did you mean nato?"),
        ("preset=opening-hnd", "There is no preset “opening-hnd”; did you mean opening-hand?"),
        ("preset=reset-2010", "There is no preset “reset-2010”; did you mean reset-2009?"),
        ("preset=reset-2009&start=2021", "start cannot be changed in the historic analogue “The reset, 2009-12”"),
        ("preset=reset-2009&worldview=sceptic", "worldview cannot be changed in the historic analogue"),
        ("pressure_russia=201", "pressure_russia is “201”, but it must be a whole number, 0 to 200."),
        ("pressure=130", "There is no parameter “pressure”; did you mean pressure_china?"),
        ("v=1", "v is “1”, but the model version of this server is 2."),
        ("members=2001", "members is “2001”, but it must be a whole number, 1 to 2,000."),
        ("members=0", "members is “0”, but it must be a whole number, 1 to 2,000."),
        ("seed=-1", "seed is “-1”, but it must be a whole number, 0 to 4,294,967,295."),
        ("structure=C1,C1", "structure names C1 twice."),
        ("structure=C99", "structure names “C99”"),
        ("worldview=opped", "There is no worldview “opped”; did you mean op-ed?"),
        ("worldview=op-ed&worldview=op-ed", "worldview names “op-ed” twice."),
        ("goal=level_at_most_580", "level is “580”, but a goal for it must be a whole number, 0 to 100."),
        ("&".join(["goal=a"] * 9), f"goal is given 9 times, but it may be given at most {MOST_GOALS} times."),
        ("predict=apart_5_20_20261122T1402Z", "does not fit the direction “apart”"),
        (
            "predict=apart_-20_-5_20261122T1402Z_70",
            "The prediction is 70 of 100 assumed worlds sure, but it must be one of 50, 80, 95.",
        ),
        (
            "predict=apart_-20_-5_20261122T1402Z_80_opped",
            "The prediction is made for the worldview “opped”; did you mean op-ed?",
        ),
    ],
)
def test_a_fault_is_named_with_what_is_allowed(client: TestClient, query: str, said: str) -> None:
    answer = client.get(f"{RUN}?{query}")
    assert answer.status_code == 400
    (fault,) = answer.json()["faults"]
    assert fault.startswith(said) or said in fault
    assert answer.json()["error"] == f"The request was refused: {fault}"
    assert " used" not in fault
    assert " kept" not in fault
    assert answer.headers["cache-control"] == "no-store"


def test_all_faults_are_named_and_unknown_names_share_a_sentence(client: TestClient) -> None:
    query = "nato=x&preset=y&members=z&" + "&".join(f"k{i}=1" for i in range(40))
    faults = client.get(f"{RUN}?{query}").json()["faults"]
    assert [fault.split()[0] for fault in faults] == ["nato", "There", "members", "There"]
    assert "“k4” and 35 more; allowed: v, set, preset, " in faults[-1]


LINK_KEYS = ["v", "preset", *model_scenario.settings()]
TEXTS = st.one_of(st.text(max_size=12), st.integers(-300, 300).map(str), st.sampled_from(["2021", "giveaway", "1"]))


@given(st.dictionaries(st.sampled_from([*LINK_KEYS, "nope"]), st.lists(TEXTS, min_size=1, max_size=2), max_size=4))
@example({"v": ["1"], "nato": ["5"]})
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_link_is_refused_exactly_where_the_page_would_explain_something(
    client: TestClient, query: dict[str, list[str]]
) -> None:
    """The page follows a link of an earlier model version; the API, which has no place for then and now, refuses it."""
    text = urlencode(query, doseq=True, errors="replace")
    opened = single.read(parse_qs(text, keep_blank_values=True))
    answer = client.get(f"{RUN}?{text}&members=1")
    earlier = query.get("v", [""])[0] in {str(version) for version in range(1, MODEL_VERSION)}
    assert answer.status_code == (400 if opened.notices or earlier else 200)


HOSTILE = [
    "\x00\x01\r\nSet-Cookie: a=b",
    "9" * 300,
    "9" * 3000,
    "1e999",
    "NaN",
    "-0x1",
    "\u202e\u2066evil",
    "ذكاء اصطناعي",
    "٥٠",
    "=HYPERLINK(\"http://x\";\"y\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "../../../etc/passwd",
    "scenarios/giveaway.toml",
    "${jndi:ldap://x}",
    "{{7*7}}",
    "%s%n",
    "\ud800",
    "\U0001f9e8",
]  # fmt: skip
TESTED = [name for name in parameters() if name not in PRESENTATION]


HARD = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=300).filter(lambda text: not re.fullmatch(r"[0-9]+", text)))


@given(st.sampled_from([*TESTED, "a new name"]), HARD)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_hostile_text_is_refused_in_one_clear_sentence(client: TestClient, name: str, text: str) -> None:
    answer = client.get(f"{RUN}?{quote(name)}={quote(text, safe='', errors='surrogatepass')}")
    assume(answer.status_code != 200)  # a goal or a choice that chance has hit on
    problem = answer.json()
    assert answer.status_code == (414 if len(answer.request.url.query) > LONGEST else 400)
    assert len(problem["faults"]) == (answer.status_code == 400)
    assert problem["error"].endswith((".", "?"))
    assert problem["error"] == printable(problem["error"])
    assert len(problem["error"]) < 1000
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("name", TESTED)
def test_every_parameter_refuses_a_hostile_text(client: TestClient, name: str) -> None:
    for text in ("\x00\r\nSet-Cookie: a=b", "٥٠", "=HYPERLINK(1)", "9" * 3000):
        answer = client.get(f"{RUN}?{name}={quote(text)}")
        assert (answer.status_code, len(answer.json()["faults"])) == (400, 1)


@given(HARD)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_hostile_name_or_address_is_refused_in_one_clear_sentence(client: TestClient, text: str) -> None:
    hostile = quote(text, safe="", errors="surrogatepass")
    assume(text not in parameters() and len(hostile) < LONGEST - 2 and text.strip("/.") == text != "")
    for address, status in ((f"{RUN}?{hostile}=1", 400), (f"/api/{hostile}", 404)):
        answer = client.get(address)
        assert answer.status_code == status
        assert answer.json()["error"] == printable(answer.json()["error"])


def status_of(query: bytes) -> int:
    """The status of a run whose query holds bytes that no well-behaved client would send."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": RUN,
        "query_string": query,
        "headers": [],
        "client": None,
    }
    asyncio.run(APP(scope, receive, send))
    return int(sent[0]["status"])


@given(st.binary(max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_bytes_of_a_query_break_the_server(raw: bytes) -> None:
    assert status_of(b"members=1&" + raw) in (200, 400)


@pytest.mark.parametrize("name", TESTED)
def test_a_value_of_100_kilobytes_is_refused(name: str) -> None:
    assert status_of(f"{name}=".encode() + b"\xff" * 100_000) == 414


def test_a_query_that_is_too_long_is_refused(client: TestClient) -> None:
    filling = "members=1&title="
    assert client.get(f"{RUN}?{filling}{'x' * (LONGEST - len(filling))}").status_code == 200
    answer = client.get(f"{RUN}?{filling}{'x' * (LONGEST - len(filling) + 1)}")
    assert (answer.status_code, answer.json()["error"]) == (414, "The query is longer than 4,000 characters.")


def test_scenarios_come_with_words_sources_and_a_link_that_a_run_follows(client: TestClient) -> None:
    data = client.get("/api/v1/scenarios").json()
    assert list(data["presets"]) == list(presets())
    assert list(data["analogues"]) == list(analogues())
    for name, scenario in {**presets(), **analogues()}.items():
        listed = {**data["presets"], **data["analogues"]}[name]
        assert (listed["title"], listed["levers"]) == (scenario.title, scenario.levers)
        opened = single.read(parse_qs(listed["link"].removeprefix("/?")))
        assert (opened.asked, opened.notices) == (Asked(scenario), ())
        found = client.get(f"{RUN}{listed['link'].removeprefix('/')}&members=10").json()
        assert found["scenario"]["levers"] == scenario.levers
    cited = {source for s in [*presets().values(), *analogues().values()] for source in s.sources}
    assert set(data["sources"]) == cited


def test_levers_and_worldviews_come_whole(client: TestClient) -> None:
    levers = client.get("/api/v1/levers").json()
    assert list(levers["levers"]) == list(catalog().levers)
    assert levers["levers"] == {key: lever.model_dump(mode="json") for key, lever in catalog().levers.items()}
    views = client.get("/api/v1/worldviews").json()
    assert list(views["worldviews"]) == list(catalog().worldviews)
    for name, view in catalog().worldviews.items():
        for key, parameter in view.parameters.items():
            got = views["worldviews"][name]["parameters"][key]
            assert [got["low"], got["central"], got["high"]] == [parameter.low, parameter.central, parameter.high]
            assert set(got["sources"]) <= set(views["sources"])
            assert got["basis"]
    assert list(views["parameters"]) == list(catalog().parameters)


def test_the_server_says_that_it_is_well_and_may_not_be_cached(client: TestClient) -> None:
    answer = client.get("/api/v1/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer.json()["version"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v1", "/api/v2/run", "/api/v1/run/", "/api/v1/nope", "/api/docs"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "HEAD"])
def test_an_unknown_path_is_told_the_known_ones(client: TestClient, path: str, method: str) -> None:
    answer = client.request(method, path, follow_redirects=False)
    assert answer.status_code == 404
    if method != "HEAD":
        assert all(known in answer.json()["error"] for known in PATHS)
        assert answer.json()["faults"] == []


@pytest.mark.parametrize("path", PATHS)
def test_every_path_answers_get_head_and_options_and_no_other_method_but_a_run_post(
    client: TestClient, path: str
) -> None:
    methods = "GET, HEAD, OPTIONS, POST" if path == RUN else "GET, HEAD, OPTIONS"
    got, head, options = client.get(path), client.head(path), client.options(path)
    assert (got.status_code, head.status_code, options.status_code) == (200, 200, 204)
    assert head.content == options.content == b""
    assert {k: v for k, v in head.headers.items() if k != "date"} == {
        k: v for k, v in got.headers.items() if k != "date"
    }
    assert options.headers["allow"] == methods
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "BREW", *(["POST"] if path != RUN else [])):
        answer = client.request(method, path)
        assert answer.status_code == 405
        assert answer.headers["allow"] == methods
        assert answer.json()["error"] == f"The method “{method}” is not allowed; allowed: {methods}."


@pytest.mark.parametrize("path", [path for path in PATHS if not path.endswith("run")])
def test_what_takes_no_parameters_refuses_them(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?x=1")
    assert (answer.status_code, answer.json()["faults"]) == (400, [f"{path} takes no parameters."])


def test_an_answer_that_the_reader_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{RUN}?members=10")
    again = client.get(f"{RUN}?members=10", headers={"If-None-Match": f'"old", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "max-age" in again.headers["cache-control"]
    other = client.get(f"{RUN}?members=11", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_a_client_that_asks_too_often_must_wait_and_nobody_else() -> None:
    app = Starlette(routes=api_routes(RateLimitItemPerSecond(3, 3600)))
    hasty, other = TestClient(app, client=("192.0.2.1", 1)), TestClient(app, client=("192.0.2.2", 1))
    assert [hasty.get("/api/v1/levers").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = hasty.get(f"{RUN}?nato=1", headers={"X-Forwarded-For": "192.0.2.9", "Forwarded": "for=192.0.2.9"})
    assert answer.status_code == 429
    wait = int(answer.headers["retry-after"])
    assert 1 <= wait <= 3600
    assert answer.json()["error"] == (
        f"More than 3 requests came from this address in 3600 seconds; ask again in {wait} s."
    )
    assert hasty.get("/api/v1/healthz").status_code == 200
    assert other.get("/api/v1/levers").status_code == 200


def test_a_burst_of_forty_is_served() -> None:
    client = TestClient(Starlette(routes=api_routes()))
    assert {client.get("/api/v1/openapi.json").status_code for _ in range(40)} == {200}


def test_a_run_that_does_not_get_its_turn_is_sent_away(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ANSWERING, "longest", 0.1)
    with one_at_a_time:
        answer = client.get(f"{RUN}?members=12&seed=99")
        assert client.get("/api/v1/healthz").status_code == 200
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "20")
    assert "the request was not answered within 0.1 seconds" in answer.json()["error"]


ASKING = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}


def test_other_origins_may_not_read_the_answers(client: TestClient) -> None:
    for answer in (client.get("/api/v1/levers", headers=ASKING), client.options("/api/v1/levers", headers=ASKING)):
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_origins_that_the_environment_names_may_read_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CORS, " https://a.example , http://localhost:3000 ")
    client = TestClient(Starlette(routes=api_routes(RateLimitItemPerSecond(3, 3600))))
    answer = client.get("/api/v1/levers", headers=ASKING)
    assert answer.headers["access-control-allow-origin"] == "https://a.example"
    assert answer.headers["vary"] == "Origin"
    for method, path in (("GET", "/api/v1/levers"), ("POST", RUN)):
        wanted = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "content-type"}
        assert client.options(path, headers=ASKING | wanted).status_code == 200
    stranger = client.get("/api/v1/levers", headers={"Origin": "https://b.example"})
    assert "access-control-allow-origin" not in stranger.headers
    assert client.get("/api/v1/nope", headers=ASKING).headers["access-control-allow-origin"] == "https://a.example"


@pytest.mark.parametrize("text", ["a.example", "https://a.example/", "https://a.example; *", "null"])
def test_an_origin_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(CORS, text)
    with pytest.raises(InputError, match="it takes origins such as"):
        api_routes()


def test_the_most_members_are_accepted(client: TestClient) -> None:
    assert client.get(f"{RUN}?members={MOST_MEMBERS}").json()["members"] == MOST_MEMBERS
