"""The sheet of expectations is a rule like any other: the base decides, adding is a preview, loosening a weakening."""

from __future__ import annotations

import pytest

from checks.errors import UserError
from checks.trust import rules, snapshot
from checks.trust.review import Review, review
from tests.trust.project import TODAY, Project

FILE = "gonogo/expectations.csv"
HEAD = "url or pattern,what must hold,value,owner,why,severity\n"
TITLE = "/landing/**,title at most,65,marketing,Cut off.,\n"
CAMPAIGN = "/landing/**,mentions,Spring sale,marketing,The campaign.,\n"


@pytest.fixture
def base(project: Project) -> Project:
    project.commit({"gonogo.yaml": "policies: {use: []}\n", FILE: HEAD + TITLE + CAMPAIGN})
    project.git("checkout", "--quiet", "-b", "topic")
    return project


def reviewed(project: Project, text: str | bytes | None) -> Review:
    project.commit({FILE: text})
    return review(project.repository, "main", "HEAD", None, TODAY)


def kinds(found: Review) -> list[str]:
    return [one.kind for one in found.weakenings]


def test_the_lines_of_the_base_decide_whatever_the_change_says(base: Project) -> None:
    base.commit({FILE: HEAD})
    found = rules.from_commit(base.repository, "main", None, {}, TODAY)
    assert [one.title for one in found.policies] == [
        "/landing/**: mentions Spring sale",
        "/landing/**: title at most 65",
    ]


def test_a_line_that_is_added_is_previewed_and_no_weakening(base: Project) -> None:
    found = reviewed(base, HEAD + TITLE + CAMPAIGN + "/,is indexable,,marketing,Home.,\n")
    assert ([one.change for one in found.policies], kinds(found)) == (["added"], [])


def test_a_line_that_moves_is_no_change(base: Project) -> None:
    found = reviewed(base, HEAD.replace(",", ";") + (CAMPAIGN + "\n# ours\n" + TITLE).replace(",", ";"))
    assert (found.policies, found.weakenings) == ((), ())


def test_a_tighter_limit_is_no_weakening(base: Project) -> None:
    assert kinds(reviewed(base, HEAD + TITLE.replace("65", "60") + CAMPAIGN)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (HEAD + CAMPAIGN, "policy-dropped"),
        (HEAD + TITLE.replace("65", "70") + CAMPAIGN, "rule-loosened"),
        (HEAD + TITLE + CAMPAIGN.replace("Spring", "Summer"), "policy-dropped"),
        (HEAD + TITLE.replace("/landing/**", "/landing/a/") + CAMPAIGN, "policy-dropped"),
        (HEAD + TITLE.replace("off.,", "off.,info") + CAMPAIGN, "severity-lowered"),
        (HEAD + TITLE.replace("marketing", "engineering") + CAMPAIGN, "owner-changed"),
    ],
)
def test_a_line_that_is_taken_out_or_asks_for_less_is_a_weakening(base: Project, text: str, kind: str) -> None:
    assert kinds(reviewed(base, text)) == [kind]


def test_a_sheet_that_is_taken_away_drops_all_its_rules(base: Project) -> None:
    found = reviewed(base, None)
    assert kinds(found) == ["policy-dropped", "policy-dropped"]
    assert {one.file for one in found.weakenings} == {FILE}


@pytest.mark.parametrize("text", [HEAD + "x,y\n", b"\x00\x01", HEAD + TITLE + TITLE, HEAD + CAMPAIGN[:12] + '"'])
def test_a_broken_sheet_of_the_change_is_told_and_stops_nothing(base: Project, text: str | bytes) -> None:
    found = reviewed(base, text)
    assert [one.change for one in found.policies] == ["invalid"]
    assert found.weakened


def test_a_broken_sheet_of_the_base_is_refused_with_file_line_commit_and_remedy(base: Project) -> None:
    commit = base.commit({FILE: HEAD + TITLE + "/,is indexabel,,marketing,x,\n"})
    with pytest.raises(UserError, match="did you mean `is indexable`") as refused:
        rules.from_commit(base.repository, "topic", None, {}, TODAY)
    assert f"{FILE} at {commit[:12]}:3" in str(refused.value)


def test_a_sheet_that_is_a_link_is_refused(base: Project) -> None:
    (base.path / FILE).unlink()
    (base.path / FILE).symlink_to("/etc/passwd")
    base.git("add", "-A")
    base.git("commit", "--quiet", "-m", "link")
    with pytest.raises(UserError, match="symbolic link"):
        rules.from_commit(base.repository, "topic", None, {}, TODAY)


def test_an_owner_that_the_config_does_not_name_is_refused_with_the_line(project: Project) -> None:
    project.write({"gonogo.yaml": "policies: {use: []}\n", FILE: HEAD + TITLE.replace("marketing", "markteing")})
    with pytest.raises(UserError, match="did you mean `marketing`"):
        snapshot.of_folder(project.path, None, {}, TODAY)
