"""What the API says word by word, of itself and of what it refuses; how often a parameter may stand; what is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui.server import previews, routes

SUMMARIES = {
    "run": "A scenario run against its no-lever run in the same assumed worlds, in points of 100.",
    "scenarios": "The presets and the historic analogues, with sources and links.",
    "levers": "The levers: what each is, who decides, five worded positions, claims and sources.",
    "worldviews": "The worldviews: low, central and high of every parameter, with basis and sources.",
    "healthz": "That the server answers and can open files and start threads, with its versions.",
    "openapi.json": "This document.",
}
REFUSED = {
    "400": "Something in the query is unknown, repeated, out of range or no number; every fault is named. Of a "
    "worldview in the body, the first fault.",
    "404": "There is nothing at this address; the sentence lists the addresses.",
    "405": "Another method than GET, HEAD, OPTIONS; a run takes POST too.",
    "408": "The body did not arrive within 20 seconds.",
    "413": "A worldview may have at most 200,000 bytes.",
    "414": "The query is longer than 4,000 characters.",
    "415": "The body is neither JSON nor TOML by its Content-Type; the sentence lists the media types.",
    "429": "Too many requests from one address; Retry-After says how many seconds to wait.",
    "503": "The server is busy: too much is waiting already, or the request was not answered within 20 seconds. Of "
    "healthz: the server has no file descriptor or no thread left.",
}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes.routes()), client=("192.0.2.78", 1)) as made:
        yield made


def test_the_document_says_word_by_word_what_every_address_answers(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    told = {address.rpartition("/")[2]: methods["get"] for address, methods in document["paths"].items()}
    assert {name: one["summary"] for name, one in told.items()} == SUMMARIES
    assert {one["operationId"] for one in told.values()} == {
        "run",
        "scenarios",
        "levers",
        "worldviews",
        "healthz",
        "openapi",
    }
    assert document["paths"]["/api/v1/run"]["get"]["responses"]["304"] == {
        "description": "Nothing has changed since the answer whose ETag If-None-Match names."
    }
    posted = document["paths"]["/api/v1/run"]["post"]
    assert (posted["operationId"], posted["summary"]) == (
        "run_beside",
        "The same with a worldview of your own, which stands beside the others as edited and changes none of them.",
    )
    assert posted["requestBody"]["description"] == (
        "A worldview in the shape of those of /api/v1/worldviews: the same names in the same order. Every range rises "
        "within what its parameter admits, weights of salience sum to 1, sources and claims are known ones. At most "
        "200,000 bytes; as text/plain it is TOML."
    )
    refusals = {status: one["description"] for status, one in document["components"]["responses"].items()}
    waits = [status for status, one in document["components"]["responses"].items() if "Retry-After" in one["headers"]]
    assert waits == ["429", "503"]
    assert refusals == REFUSED


def test_the_document_says_word_by_word_what_the_outcomes_are(client: TestClient) -> None:
    outcomes = client.get("/api/v1/openapi.json").json()["components"]["schemas"]["Outcomes"]["properties"]
    told = {name: one.get("description") for name, one in outcomes.items()}
    assert told["level"] == "All six domains, weighted. points of 100"
    assert told["values_cost"] == (
        "Largest yearly cost in values and credibility up to the last year: what was paid on the way counts, even if "
        "nothing is paid any more. points of 100"
    )
    assert told["shift"] == "Alignment in the last year minus that of the no-lever run. points"
    assert told["baseline"] == "Alignment in the last year of the no-lever run. points of 100"


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("nato=1&nato=2", ["nato is given 2 times, but it may be given at most once."]),
        ("show=a&show=b", None),
        ("&".join(["show=a"] * 20), None),
        ("&".join(["show=a"] * 21), ["show is given 21 times, but it may be given at most 20 times."]),
        (
            "worldview=op-ed&worldview=op-ed&members=2001",
            ["worldview names “op-ed” twice.", "members is “2001”, but it must be a whole number, 1 to 2,000."],
        ),
        ("members=0", ["members is “0”, but it must be a whole number, 1 to 2,000."]),
        ("members=1&seed=4294967295", None),
        ("members=1&seed=4294967296", ["seed is “4294967296”, but it must be a whole number, 0 to 4,294,967,295."]),
        ("v=1", ["v is “1”, but the model version of this server is 2."]),
        ("predict=first", None),
        ("predict=apart_-20_-5_20261122T1402Z", None),
        ("predict=apart_-20_-5_20261122T1402Z_95", None),
        ("predict=apart_-20_-5_20261122T1402Z_80_op-ed", None),
        ("start=2022", ["start is “2022”, but it must be one of 2021, 2024."]),
        ("natto=1", ["There is no parameter “natto”; did you mean nato?"]),
    ],
)
def test_every_word_of_a_refused_run(client: TestClient, query: str, faults: list[str] | None) -> None:
    answer = client.get(f"/api/v1/run?{query}{'' if 'members' in query else '&members=1'}")
    if faults is None:
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    assert answer.json() == {"error": " ".join(["The request was refused:", *faults]), "faults": faults}


def test_an_answer_is_kept_for_five_minutes_a_refusal_and_a_probe_not_at_all(client: TestClient) -> None:
    kept = {path: client.get(f"/api/v1/{path}").headers["cache-control"] for path in ("levers", "healthz", "nothing")}
    assert kept == {"levers": "public, max-age=300", "healthz": "no-store", "nothing": "no-store"}


def test_an_answer_that_the_reader_has_is_not_sent_again_and_another_is(client: TestClient) -> None:
    tag = client.get("/api/v1/levers").headers["etag"]
    assert (tag[:3], tag[-1], len(tag)) == ('W/"', '"', 3 + 32 + 1)
    same = client.get("/api/v1/levers", headers={"if-none-match": f'W/"other", {tag}'})
    assert (same.status_code, same.content) == (304, b"")
    assert client.get("/api/v1/levers", headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_an_unknown_address_and_method_word_by_word(client: TestClient) -> None:
    known = ", ".join(f"/api/v1/{name}" for name in SUMMARIES)
    missing = client.get("/api/v1/nothing")
    assert (missing.status_code, missing.json()) == (
        404,
        {"error": f"There is nothing at “/api/v1/nothing”; the API has {known}.", "faults": []},
    )
    posted = client.post("/api/v1/levers")
    assert (posted.status_code, posted.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert posted.json()["error"] == "The method “POST” is not allowed; allowed: GET, HEAD, OPTIONS."
    put = client.put("/api/v1/run")
    assert (put.status_code, put.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert put.json()["error"] == "The method “PUT” is not allowed; allowed: GET, HEAD, OPTIONS, POST."


def test_the_tags_of_a_preview_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A title that would close its quotes is escaped; the picture's address is that of the query."""
    monkeypatch.setattr(previews, "sentence", lambda _query: "Shift “−19” & more.")
    query = {"preset": ["opening-hand"], "title": ['A "B" <C>'], "goal": ["level_at_most_58", "shift_at_most_-5"]}
    assert previews.tags(query, "https://a.example/t").splitlines() == [
        '<meta property="og:type" content="website" />',
        '<meta property="og:site_name" content="Strategic Triangle" />',
        '<meta property="og:title" content="A &quot;B&quot; &lt;C&gt;" />',
        '<meta property="og:description" content="Shift “−19” &amp; more." />',
        '<meta property="og:image" content="https://a.example/t/preview.png?preset=opening-hand&amp;'
        'title=A+%22B%22+%3CC%3E&amp;goal=level_at_most_58&amp;goal=shift_at_most_-5" />',
        '<meta property="og:image:type" content="image/png" />',
        '<meta property="og:image:width" content="1200" />',
        '<meta property="og:image:height" content="630" />',
        '<meta property="og:image:alt" content="Shift “−19” &amp; more." />',
        '<meta name="twitter:card" content="summary_large_image" />',
    ]
