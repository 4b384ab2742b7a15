"""From a click to a file to a finding, in the report of a run, on a phone and on a desk."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from checks.report import html
from checks.run_folder import RunFolder
from checks.run_result import result_of
from checks.signoff import offers, review_text
from tests.conftest import IN_TIME_MS
from tests.workbench.test_files_are_accepted import OFFER, OFFERED, SITE

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
Open = Callable[..., Page]


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def opened(request: pytest.FixtureRequest, chromium: Browser, bakery_run: Path) -> Iterator[Open]:
    """Open the report of the run at a view; nothing may go wrong in it, or leave it."""
    wrong: list[str] = []
    context = chromium.new_context(viewport=request.param)
    context.set_default_timeout(IN_TIME_MS)

    def note(asked: Request) -> None:
        if not asked.url.startswith(("file:", "data:")):
            wrong.append(asked.url)

    def open_it(at: str, file: Path = bakery_run / "report.html") -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", note)
        page.goto(file.as_uri() + at)
        page.wait_for_selector(".bench section, .bench > .empty:not([role])")
        return page

    yield open_it
    context.close()
    assert wrong == []


def gonogo(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checks.cli", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=300)


def listed(page: Page, title: str) -> list[str]:
    """Return the paths in a list of the answer, opened if it is closed; wait for the list to be there."""
    there: Locator = page.locator(".paths", has=page.locator("summary", has_text=title))
    there.wait_for()
    there.evaluate("(details) => { details.open = true; }")
    return there.locator("li").all_inner_texts()


def title_rule(page: Page) -> None:
    page.get_by_label("Find a fact").fill("title.length")
    page.get_by_role("button", name="title.length").first.click()
    page.get_by_label("Number").fill("40")


def test_a_rule_from_a_click_to_a_finding(opened: Open, bakery_run: Path, tmp_path: Path) -> None:
    page = opened("#workbench")
    title_rule(page)
    page.get_by_label("Why it matters").fill("Longer titles are cut off.")
    page.get_by_label("How bad it is").select_option("error")
    failing = listed(page, "Fail")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download").click()
    file = tmp_path / "gonogo/policies/own" / waiting.value.suggested_filename
    file.parent.mkdir(parents=True)
    waiting.value.save_as(file)
    (tmp_path / "gonogo.yaml").write_text("preview: dist\n", encoding="utf-8")

    tested = gonogo(tmp_path, "policy", "test", f"own/{file.stem}")
    assert tested.returncode == 0, tested.stdout + tested.stderr

    run = tmp_path / "run"
    subprocess.run(["cp", "-r", str(bakery_run), str(run)], check=True)
    gonogo(tmp_path, "judge", "run", "--config", "gonogo.yaml", "--advisory")
    findings = [json.loads(line) for line in (run / "findings.jsonl").read_text().splitlines()]
    found = [one["page"] for one in findings if one["policy"].startswith("own/")]
    assert len(failing) > 2
    assert sorted(found) == sorted(failing)


def test_proposing_opens_the_forge_with_the_file_filled_in(opened: Open) -> None:
    page = opened("#workbench")
    title_rule(page)
    page.get_by_label("Why it matters").fill("Longer titles are cut off & <lost>.")
    address = urlsplit(page.get_by_role("link", name="Propose on GitHub").get_attribute("href") or "")
    asked = parse_qs(address.query)
    assert (address.netloc, address.path) == ("github.com", "/bakery/site/new/main")
    assert asked["filename"] == ["gonogo/policies/own/title-length-at-most.json"]
    assert json.loads(asked["value"][0])["description"] == "Longer titles are cut off & <lost>."


def test_a_rule_is_made_with_the_keyboard_alone(opened: Open) -> None:
    page = opened("#workbench")
    page.get_by_label("Find a fact").focus()
    page.keyboard.type("title.length")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".fact[aria-pressed=true]")).to_have_text(re.compile(r"^title\.length"))
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('label')?.textContent.startsWith('Number')"):
            break
    page.keyboard.type("40")
    expect(page.locator(".answer [role=status]")).to_contain_text("would fail")


def test_what_is_not_said_yet_is_asked_for_and_nothing_is_offered(opened: Open) -> None:
    page = opened("#workbench")
    title_rule(page)
    expect(page.locator(".missing")).to_contain_text("Say in one sentence why it matters.")
    expect(page.get_by_role("link", name="Download")).to_have_count(0)
    page.get_by_label("Number").fill("many")
    expect(page.locator(".answer")).to_contain_text("is no number")


def test_a_limit_says_what_it_would_add_and_its_lines_find_just_that(
    opened: Open, bakery_run: Path, tmp_path: Path
) -> None:
    page = opened("#workbench?do=threshold")
    page.get_by_label("Rule").select_option("seo/title-present")
    page.get_by_label("new number").fill("40")
    added = listed(page, "Would fail, too")
    assert added
    lines = page.locator(".command pre").first.inner_text()
    (tmp_path / "gonogo.yaml").write_text(f"preview: dist\n{lines}\n", encoding="utf-8")
    run = tmp_path / "run"
    subprocess.run(["cp", "-r", str(bakery_run), str(run)], check=True)
    before = pages_with(run, "seo/title-present")
    gonogo(tmp_path, "judge", "run", "--config", "gonogo.yaml", "--advisory")
    assert pages_with(run, "seo/title-present") - before == set(added)


def test_of_several_limits_each_is_told_by_what_it_is_about_and_by_its_fact(opened: Open) -> None:
    page = opened("#workbench?do=threshold&policy=links/internal-broken")
    expect(page.get_by_label("Limit").locator("option")).to_have_text(
        [
            "Status that the site answers: at most 299 (links.items.status)",
            "Status that the site answers: at least 200 (links.items.status)",
        ]
    )


def pages_with(run: Path, policy: str) -> set[str]:
    findings = [json.loads(line) for line in (run / "findings.jsonl").read_text().splitlines()]
    return {one["page"] for one in findings if one["policy"] == policy}


@pytest.fixture
def signable(bakery_run: Path, tmp_path: Path) -> Path:
    """The report of the run as if a pull request had been judged, so that a review can sign."""
    run = tmp_path / "signable"
    subprocess.run(["cp", "-r", str(bakery_run), str(run)], check=True)
    folder = RunFolder(run)
    folder.write("verdict.json", {**folder.read("verdict.json"), "offer": {**OFFER, "leftOut": None}})
    with (run / "report.html").open("w", encoding="utf-8") as out:
        html.write(result_of(folder), out)
    return run / "report.html"


def test_a_sign_off_is_a_text_that_a_review_signs_by(opened: Open, signable: Path) -> None:
    page = opened("#workbench?do=sign-off", signable)
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_label("Reason", exact=True).fill("The partner mends its feed by Friday.")
    page.get_by_label("Kind of reason").select_option("external-dependency")
    page.get_by_label("Last day").fill("2099-12-24")
    text = page.locator(".command pre").first.inner_text()
    understood = review_text.parse(text, OFFERED, SITE)
    assert understood is not None
    assert understood.problems == ()
    assert [offers.line(offer) for offer, _ in understood.entries] == [OFFER["lines"][1]]
    assert understood.reason == "The partner mends its feed by Friday."


def test_a_sign_off_by_key_asks_for_what_was_chosen(opened: Open) -> None:
    page = opened("#workbench?do=sign-off")
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Reason", exact=True).fill("It's known, and mended on Friday.")
    page.get_by_label("Last day").fill("2099-12-24")
    command = page.locator(".command code").first.inner_text()
    assert command.startswith("gonogo sign-off request --run ")
    assert "--reason 'It'\\''s known, and mended on Friday.'" in command


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("way", ["rule&fact=title.length", "threshold", "sign-off"])
def test_nothing_is_wider_than_the_screen_and_every_control_has_a_name(opened: Open, way: str, scheme: Any) -> None:
    page = opened(f"#workbench?do={way}")
    page.emulate_media(color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    unnamed = page.locator(".bench :is(input, select, button)").evaluate_all(
        "(all) => all.filter((one) => !one.closest('label')?.textContent.trim() && !one.textContent.trim()).length"
    )
    assert unnamed == 0


def test_the_file_that_is_shown_is_the_file_that_is_proposed(opened: Open) -> None:
    page = opened("#workbench")
    title_rule(page)
    page.get_by_label("Why it matters").fill("So it is.")
    address = page.get_by_role("link", name="Download").get_attribute("href") or ""
    assert json.loads(unquote(address.partition(",")[2])) == json.loads(page.locator(".command pre").inner_text())
