"""The corpus of links opens for ever: every link gives the numbers it gave, in today's model or in the engine kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from model import InputError, catalog, presets
from model.assumptions.renamed import current_names
from model.assumptions.scenario import setting, settings
from model.versions import Ask, assumption_set, versions
from model.versions.__main__ import archive
from model.versions.engine import ROOT, folder_files
from model.versions.numbers import set_of
from tests import corpus
from tests.corpus import Line, Results
from tests.corpus.__main__ import main as command
from tests.model.versions.test_versions import OTHER_CONSTANT, edited, listed, written
from ui.links import single

LINES = corpus.lines()


@pytest.fixture(scope="module")
def found() -> dict[Line, list[Results] | str]:
    """The results of every line, or why a set cannot be run; each earlier engine is started once."""
    answers: dict[Line, list[Results] | str] = {}
    for name in {line.set for line in LINES}:
        made = [line for line in LINES if line.set == name]
        try:
            answers |= zip(made, corpus.results([line.query for line in made], name), strict=True)
        except InputError as error:
            answers |= dict.fromkeys(made, str(error))
    return answers


def advice(line: Line, got: list[Results] | str) -> str:
    """What to do about a link that no longer gives what it gave."""
    told = (
        f"?{line.query}\n  was     {line.results}\n  is now  {got if isinstance(got, str) else corpus.written(got)}\n"
    )
    if line.set != assumption_set():
        return (
            f"{told}The engine kept of the set {line.set} no longer gives the numbers of its own links. Put the "
            f"archive back as it was; if it was made just now, delete model/data/archive/{line.set}.zip and its "
            "successor's entry in model/data/versions.toml and archive again with --commit and a commit in which this "
            "test passed."
        )
    return (
        f"{told}Numbers moved, though the data files are those of the set {line.set}. If the equations changed, raise "
        'MODEL_VERSION in model/assumptions/catalog.py and run `python -m model.versions archive "What changed."`. '
        "If a preset changed, give the new settings a new name instead. If the reading of links changed, old links "
        "must still be read as they were: see model/data/renamed.toml. Never rewrite the line."
    )


@pytest.mark.parametrize("line", LINES, ids=[f"line {i}: {line.query[:60]}" for i, line in enumerate(LINES, 2)])
def test_a_link_gives_what_it_gave(line: Line, found: dict[Line, list[Results] | str]) -> None:
    got = found[line]
    if isinstance(got, str) or not corpus.agree(line.results, got):
        pytest.fail(advice(line, got), pytrace=False)


def test_a_link_keeps_all_that_it_says_beside_its_settings() -> None:
    for line in LINES:
        said = corpus.parts(line.query)
        if "with" in said:
            assert len(corpus.all_asked(line.query)) == len(said["with"])
            continue
        opened = single.read(said)
        assert [str(goal) for goal in opened.asked.goals] == said.get("goal", []), line.query
        assert single.write_own(opened.asked.own).get("edit", []) == said.get("edit", []), line.query
        kept = {
            "predict": str(opened.asked.predict or ""),
            "title": opened.asked.title,
            "seed": str(opened.asked.seed),
            "show": ".".join(opened.shown.chosen),
            "chart": opened.shown.chart,
            "own": opened.asked.own.copied if opened.asked.own else "",
            "set": opened.seen.assumptions if opened.seen else "",
            "result": ".".join(f"{key}_{shift}" for key, shift in opened.seen.result.items()) if opened.seen else "",
        }
        for key, value in kept.items():
            assert [value] == said.get(key, [value]), line.query
        if "open" in said:  # the sections stand on the page in the order of today
            assert {*opened.shown.open} == {*said["open"][0].split(".")} - {"none"}, line.query


def test_a_link_with_old_names_says_so_and_is_followed() -> None:
    for line in LINES:
        for old, values in corpus.parts(line.query).items():
            names, sentence = current_names("setting", old)
            if not sentence:
                continue
            opened = single.read(corpus.parts(line.query))
            if any(values != [str(catalog().levers[name].neutral)] for name in names):  # else it says nothing to act on
                assert sentence in opened.notices, line.query
            for name in set(names) - set(corpus.parts(line.query)):  # a link's own word on one of them goes first
                assert setting(opened.asked.scenario, name) == int(values[0]), line.query


def test_a_link_with_one_pressure_is_read_as_both_and_gives_its_authors_numbers_in_the_engine_of_its_time() -> None:
    """What it said is asked of version 1 as one setting again; where it says one of the two as well, that one goes."""
    assert corpus.asks("preset=squeeze-both&pressure=120") == [
        Ask({"pressure_russia": 120, "pressure_china": 120}, "squeeze-both")
    ]
    (both,) = corpus.all_asked("pressure=160&pressure_china=40")
    assert (both.scenario.levers["pressure_russia"], both.scenario.levers["pressure_china"]) == (160, 40)
    (compared,) = corpus.all_asked("with=status-quo.pressure-60")
    assert (compared.scenario.levers["pressure_russia"], compared.scenario.levers["pressure_china"]) == (60, 60)


def test_every_line_names_a_set_of_the_list_and_stands_once() -> None:
    order = [version.name for version in versions()]
    assert {line.set for line in LINES} <= set(order)
    assert len({line[:2] for line in LINES}) == len(LINES)
    assert all(corpus.QUERY.fullmatch(line.query) for line in LINES)


def test_todays_set_has_its_lines_too() -> None:
    made = [line for line in LINES if line.set == assumption_set()]
    assert len(made) >= 40, "Run `python -m tests.corpus add`: it adds all links of the corpus with today's results."


def test_the_corpus_spans_what_links_can_say() -> None:
    all_asked = [asked for line in LINES for asked in corpus.all_asked(line.query)]
    keys = {key for line in LINES for key in corpus.parts(line.query)}
    assert {asked.scenario.name for asked in all_asked} == set(presets())
    assert {*single.known(), "with"} <= keys
    assert {key for key in keys if current_names("setting", key)[1]} == {"ukr", "assur", "pressure"}
    for key in settings():
        assert len({ask.settings.get(key) for line in LINES for ask in corpus.asks(line.query)}) > 2, key


def test_whole_numbers_agree_but_for_the_last_bit() -> None:
    assert corpus.agree("op-ed -19 27; sceptic 1 96", [{"op-ed": (-19.4, 27.4), "sceptic": (1.5, 95.5)}])
    assert corpus.agree("op-ed -19 27", [{"op-ed": (-19.501, 27.6)}])
    assert corpus.agree("op-ed -19 27 | op-ed 0 0", [{"op-ed": (-19, 27)}, {"op-ed": (0, 0)}])
    assert not corpus.agree("op-ed -19 27", [{"op-ed": (-19.51, 27)}])
    assert not corpus.agree("op-ed -19 27", [{"op-ed": (-19, 28)}])
    assert not corpus.agree("op-ed -19 27", [{"op-ed": (-19, 27), "sceptic": (1, 96)}])
    assert not corpus.agree("op-ed -19 27", [{"op-ed": (-19, 27)}, {"op-ed": (0, 0)}])
    assert corpus.written([{"op-ed": (-19.4, 27.4), "sceptic": (-0.3, 95.6)}]) == "op-ed -19 27; sceptic 0 96"


def test_a_link_asks_an_earlier_engine_for_what_it_says_itself() -> None:
    assert corpus.asks("preset=giveaway&nato=5&horizon=99") == [Ask({"nato": 5, "horizon": 15}, "giveaway")]
    bare, full = corpus.asks("with=giveaway&with=giveaway.nato-5")
    assert (bare, full.settings["nato"], set(full.settings)) == (Ask({}, "giveaway"), 5, set(settings()))


def test_links_of_an_earlier_set_are_answered_by_its_engine(tmp_path: Path) -> None:
    earlier = listed(edited(folder_files(ROOT), OTHER_CONSTANT))
    now = written({**folder_files(ROOT), "model/data/versions.toml": earlier["model/data/versions.toml"]}, tmp_path)
    archive("Doubt is slower.", now, earlier)
    queries = ["preset=opening-hand", "with=giveaway&with=grand-bargain.nato-5", "preset=opening-hand&seed=8"]
    queries += ["with=opening-hand&with=opening-hand&with=giveaway&structure=base&structure=C6&structure=ensemble"]
    found = corpus.results(queries, set_of(earlier), now)
    assert found != corpus.results(queries, assumption_set(), now)
    assert [len(one) for one in found] == [1, 2, 1, 3]
    assert found[3][0] == found[0][0]
    assert all(worlds == 0 for _, worlds in found[3][1].values())  # C6: never reversed
    assert found[3][2] != found[1][0]


# ---- adding


def test_links_are_added_at_the_end_and_nothing_else_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    before = corpus.FILE.read_bytes()
    file.write_bytes(before)
    (line,) = corpus.add(["?preset=opening-hand&nato=51"], file)
    assert line.query == "preset=opening-hand&nato=51"
    assert line.results.startswith("lock-in ")
    assert corpus.lines(file) == (*LINES, line)
    assert file.read_bytes().startswith(before)
    with pytest.raises(InputError, match="is in the corpus"):
        corpus.add([line.query], file)


def test_without_a_link_all_are_added_with_todays_set(tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    file.write_text("set,query,results\n00000000,start=2024,op-ed 0 0\n00000000,nato=9,op-ed 0 0\n", encoding="utf-8")
    assert [(line.set, line.query) for line in corpus.add([], file)] == [
        (assumption_set(), "start=2024"),
        (assumption_set(), "nato=9"),
    ]
    assert corpus.add([], file) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "The address without a query is no link"),
        ("?", "The address without a query is no link"),
        ("nato=5\nx", "must be at most 2,000 letters"),
        ("n" * 2001, "must be at most 2,000 letters"),
        ("preset=opening-hnd", "unknown preset “opening-hnd”"),
    ],
)
def test_a_link_that_cannot_be_kept_is_refused(query: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = corpus.FILE.read_bytes()
    assert command(["add", query]) == 2
    assert said in capsys.readouterr().err
    assert corpus.FILE.read_bytes() == before
