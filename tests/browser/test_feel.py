"""How the page feels in a real Chromium: charts follow the hand, a slow server does no harm, all of it works by key."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Locator, Page, ViewportSize, expect

from model import catalog, presets
from tests.browser.conftest import Opener
from tests.browser.drawn import wait_until_still
from tests.browser.test_page import expect_in_bar, finding, open_section, query, shift, slider, typed

HAND = "preset=opening-hand"
GOALS = f"{HAND}&goal=level_at_most_58&goal=nato_cohesion_at_least_60"
PATIENCE = 20_000  # milliseconds, on a machine that has other work
CHIPS = [
    "Worth noticing",
    "The weight of each lever",
    "Why: each lever",
    "Why: the argument",
    "Why: year by year",
    "How much is enough",
    "Six domains",
    "Other outcomes",
    "Your goals",
    "In plain words",
    "Tables and files",
]
FIGURES = """() => JSON.stringify([...document.querySelectorAll(".card .chart")].map(({ data }) =>
    data.filter(({ name }) => !/before/.test(name)).map(({ x, y, text, mode }) => [mode, x, y, text])))"""
GHOSTS = """() => [...document.querySelectorAll(".pictures .chart")].flatMap(({ data }) =>
    data.filter(({ name }) => /before( the last change)?$/.test(name)).map(({ opacity }) => opacity))"""
GOAL_LINES = (
    """div => div.layout.shapes.filter(({ line }) => line.dash === "longdashdot").map(({ y0, y1 }) => [y0, y1])"""
)
FOCUS = """() => {
    let at = document.activeElement
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    const { left, right, top, bottom } = at.getBoundingClientRect()
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    const end = at === document.body
    if (at.matches("[data-testid=stMain]")) return { name: "", seen: true, end }  // a stop, since it scrolls
    return { name: end ? "" : at.getAttribute("aria-label") ?? at.labels?.[0]?.innerText ?? at.innerText ?? "",
             seen: x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight, end }
}"""
ASKED = """async (answer) => {
    window.fetched ??= window.fetch
    window.asked = { now: 0, most: 0, all: 0 }
    window.fetch = async (address, ...rest) => {
        if (!String(address).includes("/board/")) return fetched(address, ...rest)
        asked.all += 1
        asked.most = Math.max(asked.most, ++asked.now)
        await new Promise((done) => setTimeout(done, answer === "slow" ? 400 : 20))
        asked.now -= 1
        if (answer === "refused") return new Response("no", { status: 500 })
        if (answer === "unreachable") throw new TypeError("Failed to fetch")
        return fetched(address, ...rest)
    }
}"""
TOGETHER = """() => {
    const [, shown] = document.querySelector(".note").textContent.match(/NATO talks \\d+ → (\\d+)\\./) ?? []
    return document.querySelector('[data-testid="stApp"]').dataset.testScriptState === "notRunning"
        && new URLSearchParams(location.search).get("nato") === shown
}"""
LISTEN = """window.played = []
    window.listening ??= !window.addEventListener("settings-shown", ({ detail }) =>
        played.push(detail.values?.nato ?? null))"""


def pictures(page: Page) -> Locator:
    return page.locator(".pictures")


def drawings(page: Page) -> int:
    """How often the charts were drawn."""
    return int(pictures(page).get_attribute("data-drawn") or 0)


def expect_drawn_after(page: Page, earlier: int) -> None:
    page.wait_for_function(
        "earlier => Number(document.querySelector('.pictures').dataset.drawn) > earlier",
        arg=earlier,
        timeout=PATIENCE,
    )


def told(page: Page) -> tuple[str, str]:
    """What the page says: the finding, and the shift of the op-ed's case."""
    return finding(page).inner_text(), shift(page, "op-ed").text_content() or ""


def addresses(page: Page) -> list[str]:
    """Every address that the page goes to from now on."""
    found: list[str] = []
    page.on("framenavigated", lambda frame: found.append(frame.url))
    return found


def grip(page: Page, key: str) -> tuple[Callable[[float], tuple[float, float]], float]:
    """Where a share of a lever's track is on the screen, and the share at which its thumb stands."""
    lever = slider(page, key)
    lever.scroll_into_view_if_needed()
    box = lever.bounding_box()
    assert box
    x, y, width, height = box["x"], box["y"], box["width"], box["height"]
    return lambda share: (x + 10 + (width - 20) * share, y + height / 2), int(lever.input_value()) / int(
        lever.get_attribute("max") or 100
    )


def hold(page: Page, key: str) -> Callable[[float], None]:
    """Takes the thumb of a lever with the mouse; what comes back drags it to a share of the track."""
    place, start = grip(page, key)
    page.mouse.move(*place(start))
    page.mouse.down()
    return lambda share: page.mouse.move(*place(share))


def put(page: Page, key: str, value: int) -> None:
    """Types a value and waits until the page has it and shows the last change."""
    typed(page, key).fill(str(value))
    typed(page, key).press("Enter")
    expect_in_bar(page, key, value)
    expect(page.locator(".note").first).to_contain_text(f"→ {value}", timeout=PATIENCE)


def expect_like_fresh(page: Page, fresh: Page) -> None:
    """The finding, the shifts and the figures' numbers are those of a page that was opened here."""
    wait_until_still(fresh)
    expect(finding(page)).to_have_text(finding(fresh).inner_text(), timeout=PATIENCE)
    for worldview in catalog().worldviews:
        expect(shift(page, worldview)).to_have_text(shift(fresh, worldview).text_content() or "", timeout=PATIENCE)
    page.wait_for_function(f"wanted => ({FIGURES})() === wanted", arg=fresh.evaluate(FIGURES), timeout=PATIENCE)


def opened_here(open_page: Opener, page: Page) -> Page:
    return open_page(urlsplit(page.url).query)


def choose(page: Page, menu: str, entry: str) -> None:
    page.get_by_role("button", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=entry).click()


def leave_fields(page: Page) -> None:
    """Takes the focus out of every field, so that single keys are for the page."""
    finding(page).click()


def step(page: Page, name: str) -> Locator:
    """The button undo or redo."""
    return page.locator(f".st-key-{name} button").first


def touch(session: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})


# The hand and the charts


def test_charts_and_words_follow_a_thumb_the_address_waits_and_numbers_at_rest_are_the_servers(
    open_page: Opener, turn_to: Opener
) -> None:
    page = turn_to(f"{HAND}&open=domains")
    visited, said, first = addresses(page), {told(page)}, drawings(page)
    drag = hold(page, "nato")
    for share in (0.4, 0.3, 0.2, 0.1):
        earlier = drawings(page)
        drag(share)
        expect_drawn_after(page, earlier)
        said.add(told(page))
    assert drawings(page) >= first + 4
    assert len(said) >= 3
    assert visited == []
    page.mouse.up()
    expect(page).not_to_have_url(re.compile("nato=50"), timeout=PATIENCE)
    expect_like_fresh(page, opened_here(open_page, page))
    assert len(visited) == 1


def test_a_held_arrow_key_is_one_step_and_charts_follow_meanwhile(turn_to: Opener) -> None:
    page = turn_to(HAND)
    slider(page, "nato").focus()
    first = drawings(page)
    for value in range(49, 39, -1):
        earlier = drawings(page)
        page.keyboard.down("ArrowLeft")
        expect(slider(page, "nato")).to_have_value(str(value))
        if value % 4 == 0:
            expect_drawn_after(page, earlier)
    assert drawings(page) >= first + 3
    page.keyboard.up("ArrowLeft")
    expect_in_bar(page, "nato", 40)
    expect(page.locator(".note").first).to_contain_text("NATO talks 50 → 40", timeout=PATIENCE)
    step(page, "undo").click()
    expect_in_bar(page, "nato", 50)


def test_a_finger_that_goes_sideways_moves_a_lever_and_one_that_scrolls_does_not(turn_to: Opener) -> None:
    page = turn_to(HAND, phone=True)
    finger = page.context.new_cdp_session(page)
    place, start = grip(page, "nato")
    expect(shift(page, "op-ed")).to_have_text("−19")

    x, y = place(0.8)
    touch(finger, "touchStart", (x, y))
    for step in range(1, 11):
        touch(finger, "touchMove", (x, y - 12 * step))
    touch(finger, "touchEnd")
    page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop > 0")
    expect(slider(page, "nato")).to_have_value("50")

    page.evaluate("() => { document.querySelector('[data-testid=stMain]').scrollTop = 0 }")
    place, start = grip(page, "nato")
    touch(finger, "touchStart", place(start))
    for step in range(1, 11):
        touch(finger, "touchMove", place(start - 0.045 * step))
    expect(shift(page, "op-ed")).not_to_have_text("−19", timeout=PATIENCE)
    assert query(page)["nato"] == "50"
    touch(finger, "touchEnd")
    expect(page).not_to_have_url(re.compile("nato=50"), timeout=PATIENCE)
    assert int(query(page)["nato"]) < 20


# A server that is slow or does not answer


def test_a_slow_server_is_asked_one_question_at_a_time_and_has_the_last_word(
    open_page: Opener, turn_to: Opener
) -> None:
    page = open_page(HAND)
    page.evaluate(ASKED, "slow")
    drag = hold(page, "nato")
    for step in range(1, 31):
        drag(0.5 - step / 100)
    page.wait_for_function("asked.all > 1")
    page.mouse.up()
    expect(page).not_to_have_url(re.compile("nato=50"), timeout=PATIENCE)
    expect_like_fresh(page, opened_here(turn_to, page))
    asked = page.evaluate("asked")
    assert asked["most"] == 1
    assert asked["all"] < 30


def test_charts_that_cannot_follow_end_right_all_the_same(open_page: Opener, turn_to: Opener) -> None:
    page = open_page(HAND)
    for answer, key in (("refused", "nato"), ("unreachable", "g8")):
        page.evaluate(ASKED, answer)
        drag = hold(page, key)
        for share in (0.4, 0.2):
            drag(share)
            page.wait_for_function("asked.all > 0")
        page.mouse.up()
        expect(page).not_to_have_url(re.compile(f"{key}=50"), timeout=PATIENCE)
        expect_like_fresh(page, opened_here(turn_to, page))


# The last change


def test_the_state_before_stays_dotted_and_hollow_and_a_sentence_tells_the_change(open_page: Opener) -> None:
    page = open_page(HAND)
    assert page.evaluate(GHOSTS) == [0] * 5
    put(page, "nato", 10)
    wait_until_still(page)
    assert page.evaluate(GHOSTS) == [1] * 5
    drift, strip = (page.locator(f'.card[data-key="{key}"] .chart') for key in ("drift", "strip"))
    assert drift.evaluate("div => div.data.find(({ name }) => name.endsWith('last change')).line.dash") == "dot"
    hollow, now = strip.evaluate("div => ['before', 'middle'].map((n) => div.data.find(({ name }) => name === n).x)")
    assert hollow != now
    note = page.locator(".note").first
    expect(note).to_contain_text("Last change: NATO talks 50 → 10. Shift in points:")
    for worldview in catalog().worldviews.values():
        expect(note).to_contain_text(re.compile(rf"{worldview.short} (unchanged|[−+]?\d+ → [−+]?\d+)"))


def test_replay_goes_from_before_to_now_and_ends_where_it_was(turn_to: Opener) -> None:
    page = turn_to(HAND)
    put(page, "nato", 0)
    there, first = told(page), drawings(page)
    page.evaluate(LISTEN)
    choose(page, "More", "Replay the last change")
    page.wait_for_function("played.at(-1) === null", timeout=PATIENCE)
    played = page.evaluate("played")[:-1]
    assert played[0] == 50
    assert played == sorted(played, reverse=True)
    assert any(0 < value < 50 for value in played)
    expect(slider(page, "nato")).to_have_value("0")
    expect(shift(page, "op-ed")).to_have_text(there[1])
    wait_until_still(page)
    assert told(page) == there
    assert drawings(page) > first + len(played) - 1
    assert query(page)["nato"] == "0"


def test_replay_with_less_motion_shows_before_and_then_now(turn_to: Opener) -> None:
    page = turn_to(HAND)
    before = told(page)
    put(page, "nato", 0)
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(LISTEN)
    leave_fields(page)
    page.keyboard.press("r")
    expect(slider(page, "nato")).to_have_value("50", timeout=PATIENCE)
    expect(finding(page)).to_have_text(before[0])
    expect(slider(page, "nato")).to_have_value("0")
    expect(finding(page)).not_to_have_text(before[0])
    assert page.evaluate("played") == [50, None]


# Menus and keys


def test_the_menu_goes_to_the_scenario_as_written_and_to_no_levers(turn_to: Opener) -> None:
    page = turn_to(f"{HAND}&nato=77&pressure_russia=60&pressure_china=140&horizon=12")
    choose(page, "More", "All levers to neutral")
    for key, lever in catalog().levers.items():
        expect_in_bar(page, key, lever.neutral)
    expect_in_bar(page, "horizon", 12)
    choose(page, "More", "Reset to the scenario as it was written")
    for key, value in presets()["opening-hand"].levers.items():
        expect_in_bar(page, key, value)
    expect_in_bar(page, "horizon", 10)


def test_keys_undo_redo_reset_replay_and_help(turn_to: Opener) -> None:
    page = turn_to(HAND)
    put(page, "nato", 70)
    leave_fields(page)
    for keys, value in (("s", 50), ("Control+z", 70), ("Control+Shift+z", 50), ("Control+z", 70), ("0", 0)):
        page.keyboard.press(keys)
        expect_in_bar(page, "nato", value)
    page.evaluate(LISTEN)
    expect(page.locator(".note").first).to_contain_text("NATO talks 70 → 0", timeout=PATIENCE)
    page.keyboard.press("r")
    page.wait_for_function("played[0] === 70 && played.at(-1) === null", timeout=PATIENCE)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys and help")).to_be_visible()
    page.keyboard.press("0")  # a dialog keeps its keys
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_single_keys_can_be_switched_off(open_page: Opener) -> None:
    page = open_page(HAND)
    put(page, "nato", 70)
    choose(page, "More", "Keys and help")
    page.get_by_role("dialog").get_by_text("Listen to keys without Ctrl").click()
    expect(page.get_by_role("switch")).not_to_be_checked()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    leave_fields(page)
    for key in "0sp?":
        page.keyboard.press(key)
    page.keyboard.press("Control+z")
    expect_in_bar(page, "nato", 50)  # one step back: no other key made a step
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_typed_into_a_lever_is_no_shortcut(turn_to: Opener) -> None:
    page = turn_to(HAND)
    visited = addresses(page)
    typed(page, "mil").fill("")
    typed(page, "mil").press_sequentially("s7r0?")
    typed(page, "mil").press("Enter")
    expect_in_bar(page, "mil", 70)
    assert query(page)["nato"] == "50"
    assert len(visited) == 1
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_searched_in_assumptions_is_no_shortcut(open_page: Opener) -> None:
    page = open_page(f"{HAND}&nato=70")
    page.get_by_role("link", name="Assumptions").click()
    search = page.get_by_role("textbox", name="Search the parameters")
    search.press_sequentially("s0rp?")
    search.press("Enter")
    expect(page.get_by_text("0 of 29 assumptions are shown")).to_be_visible(timeout=PATIENCE)
    expect_in_bar(page, "nato", 70)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_being_typed_is_not_written_over_by_a_run_that_comes_late(turn_to: Opener) -> None:
    page = turn_to(HAND)
    typed(page, "nato").fill("66")
    page.evaluate("window.dispatchEvent(new CustomEvent('settings-shown', { detail: { values: null } }))")
    expect(typed(page, "nato")).to_have_value("66")
    typed(page, "nato").press("Enter")
    expect_in_bar(page, "nato", 66)


def test_many_quick_clicks_do_not_stop_the_page(turn_to: Opener) -> None:
    page = turn_to(HAND)
    for value in (60, 70, 80):
        put(page, "nato", value)
    undo, redo = step(page, "undo"), step(page, "redo")
    for turn in 3 * [undo, undo, undo, redo, redo, redo]:
        turn.dispatch_event("click")  # at once, whether or not the button is ready
        page.wait_for_timeout(40)
    leave_fields(page)
    page.keyboard.press("0")
    expect_in_bar(page, "nato", 0)
    expect(slider(page, "nato")).to_have_value("0")


def test_the_address_stays_with_the_page_when_one_click_overtakes_another(turn_to: Opener) -> None:
    page = turn_to(HAND)
    undo, redo = step(page, "undo"), step(page, "redo")
    for value in (60, 70, 80, 90):
        put(page, "nato", value)
    for value in (80, 70):
        undo.click()
        expect_in_bar(page, "nato", value)
    for pause in (0, 10, 30, 60):
        undo.dispatch_event("click")
        page.wait_for_timeout(pause)
        redo.dispatch_event("click")
        page.wait_for_timeout(500)  # both may still be on their way, and together they may change nothing to wait for
        page.wait_for_function(TOGETHER, timeout=PATIENCE)


# Goals and predictions


def test_goals_of_a_link_are_counted_drawn_and_follow_a_thumb(open_page: Opener, turn_to: Opener) -> None:
    page = turn_to(GOALS)
    counts = page.locator(".counts li")
    expect(counts).to_have_count(4)
    for worldview, count in zip(catalog().worldviews.values(), counts.all(), strict=True):
        for said in ("at most 58", "at least 60"):
            expect(count).to_contain_text(
                re.compile(rf"^{worldview.short}: .*{said}[^:]*: in \d+ of 100 assumed worlds")
            )
        expect(count).to_contain_text("All 2 goals: in ")
    page.locator(".pictures[data-drawn]").wait_for()  # the page may have asked for a prediction before
    wait_until_still(page)
    page.wait_for_function("document.querySelector('.card[data-key=drift] .chart')?.layout")  # drawn anew after it
    drift = page.locator('.card[data-key="drift"] .chart')
    assert drift.evaluate(GOAL_LINES) == [[58, 58]]
    held = counts.nth(2).inner_text()
    drag = hold(page, "nato")
    drag(0.1)
    expect(counts.nth(2)).not_to_have_text(held, timeout=PATIENCE)
    assert query(page)["nato"] == "50"
    page.mouse.up()
    expect(page).not_to_have_url(re.compile("nato=50"), timeout=PATIENCE)
    fresh = opened_here(open_page, page)
    expect(counts).to_have_text(fresh.locator(".counts li").all_inner_texts())


def test_a_prediction_comes_before_the_results_and_back_hides_them_again(turn_to: Opener) -> None:
    page = turn_to(HAND)
    choose(page, "More", "Predict first")
    commit = page.get_by_role("button", name="Commit and see the results")
    expect(commit).to_be_visible(timeout=PATIENCE)
    expect(finding(page)).to_contain_text("What do you expect?", timeout=PATIENCE)
    expect(page.locator(".prices")).to_be_hidden()
    form = page.locator(".st-key-prediction")
    commit.press("Enter")
    expect(page.get_by_text("−60 to +60 leaves everything open")).to_be_visible(timeout=PATIENCE)
    for end, key in (("start", "ArrowRight"), ("end", "ArrowLeft")):
        thumb = form.get_by_role("slider", name=f"in points — {end}")
        for _ in range(10):
            thumb.press(key)
    expect(form.get_by_text("You expect:")).to_contain_text(
        "from 50 points further apart to 50 points closer than with no levers"
    )
    for now, steps, then in (("80 of 100", 1, "95 of 100"), ("Whatever comes true", 4, "Wedge sceptic")):
        form.get_by_role("radio", name=now).focus()
        for _ in range(steps):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
        expect(form.get_by_role("radio", name=then)).to_be_checked()
    commit.press("Enter")
    expect(page.get_by_text("Predicted", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(finding(page)).to_contain_text("19 points less aligned", timeout=PATIENCE)
    wait_until_still(page)
    strip = page.locator('.card[data-key="strip"] .chart')
    predicted = "div => div.layout.shapes.filter(({ type }) => type === 'rect').map(({ x0, x1 }) => [x0, x1])"
    assert strip.evaluate(predicted) == [[-50, 50]]
    page.go_back()
    expect(commit).to_be_visible(timeout=PATIENCE)
    expect(finding(page)).to_contain_text("What do you expect?", timeout=PATIENCE)


def test_on_a_phone_the_form_fits_and_0_stands_in_the_middle_of_its_axis(open_page: Opener) -> None:
    page = open_page(f"{HAND}&predict=first", phone=True)
    form = page.locator(".st-key-prediction")
    expect(form.get_by_role("button", name="Commit and see the results")).to_be_visible(timeout=PATIENCE)
    slider_, zero = (
        box
        for part in (form.get_by_test_id("stSlider"), form.get_by_text("0: no levers"))
        if (box := part.bounding_box())
    )
    middle = zero["x"] + zero["width"] / 2
    assert abs(middle - (slider_["x"] + slider_["width"] / 2)) < 3
    assert zero["height"] < 40  # on one line
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# The argument as a picture


def test_an_edge_of_the_argument_opens_its_source_card_by_click_and_by_key(turn_to: Opener) -> None:
    page = turn_to(HAND)
    open_section(page, "Why: the argument")
    first = page.locator('.argument .edge[tabindex="0"]')
    expect(first).to_be_attached(timeout=PATIENCE)
    dialog = page.get_by_role("dialog")
    first.focus()
    page.keyboard.press("ArrowDown")
    walked = page.locator(".argument .edge:focus")
    key = walked.get_attribute("data-key")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("Who disputes it", timeout=PATIENCE)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(walked).to_have_attribute("data-key", str(key))  # the focus is back where it was
    page.mouse.click(*middle_of(page, str(key)))
    expect(dialog).to_contain_text("Who disputes it", timeout=PATIENCE)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def middle_of(page: Page, edge: str) -> tuple[float, float]:
    """The point of the screen on the middle of an edge."""
    hit = page.locator(f'.argument .edge[data-key="{edge}"] .hit')
    hit.scroll_into_view_if_needed()
    x, y = hit.evaluate(
        """path => {
            const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM())
            return [x, y]
        }"""
    )
    return x, y


# Paper, zoom and keyboard


def zoomed(open_page: Opener, query: str) -> Page:
    """The page at 200 % on a screen of 1440 to 900 pixels."""
    page = open_page(query, screen=ViewportSize(width=720, height=450))
    screen: dict[str, Any] = {"width": 720, "height": 450, "deviceScaleFactor": 2, "mobile": False}
    page.context.new_cdp_session(page).send("Emulation.setDeviceMetricsOverride", screen)
    wait_until_still(page)
    return page


def tab_stops(page: Page) -> list[str]:
    """What the Tab key comes to, from the start of the page to its end; each must be in sight when it has the focus."""
    page.get_by_role("link", name="Skip to main content").focus()
    names: list[str] = []
    for _ in range(150):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["end"]:
            break
        assert focus["seen"], focus
        names.append(focus["name"])
    return names


def test_at_double_size_nothing_is_wider_than_the_screen_and_every_control_is_reached(open_page: Opener) -> None:
    page = zoomed(open_page, GOALS)
    for box in ("html", "[data-testid=stMain]"):
        assert page.locator(box).evaluate("box => box.scrollWidth <= box.clientWidth"), box
    stops = json.dumps(tab_stops(page), ensure_ascii=False)
    wanted = [f"{worldview.title} by itself" for worldview in catalog().worldviews.values()]
    for lever in catalog().levers.values():
        wanted += [lever.name, f"{lever.name}, typed, 0 to {lever.high}", f"What {lever.name} means"]
    wanted += ["Start from a scenario", "Context and worldviews", "Undo", "Redo", "Levers"]
    assert [name for name in wanted if name not in stops] == []
    page.locator('.phone-tabs input[value="share"]').check(force=True)
    stops = json.dumps(tab_stops(page), ensure_ascii=False)
    assert [name for name in ("Compare", "Share", "More") if name not in stops] == []
    page.locator('.phone-tabs input[value="why"]').check(force=True)
    assert any(CHIPS[0] in name for name in tab_stops(page))
    page.get_by_role("button", name=CHIPS[0]).focus()
    for chip in CHIPS:  # one stop of the Tab key; arrows go from one to the next
        focus = page.evaluate(FOCUS)
        assert chip in focus["name"]
        assert focus["seen"]
        page.keyboard.press("ArrowRight")


def test_a_whole_visit_by_keyboard_alone(open_page: Opener) -> None:
    def tab_to(name: str) -> None:
        for _ in range(70):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS)
            if name in focus["name"]:
                assert focus["seen"], focus
                return
        raise AssertionError(f"Tab does not come to {name}.")

    page = open_page(HAND)
    tab_to(catalog().levers["nato"].name)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect_in_bar(page, "nato", 51)
    tab_to("The op-ed's case by itself")
    page.keyboard.press("Enter")
    expect(page.locator(".about")).to_contain_text("The op-ed's case:")
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    expect(page.locator(".about")).to_be_hidden()
    tab_to(CHIPS[0])
    for _ in range(CHIPS.index("Six domains")):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator('.card[data-key="domains"] .main-svg').first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("list", name="Results in short")).to_be_visible(timeout=PATIENCE)
    page.keyboard.press("Control+z")
    expect_in_bar(page, "nato", 50)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys and help")).to_be_visible(timeout=PATIENCE)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Skip to main content").focus()
    tab_to("Share")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text("Copy link", timeout=PATIENCE)
