"""Where settings come from: flags over the file, the file that is found, and secrets that belong in neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.errors import UserError
from checks.settings import load
from tests.settings.reading import FULL, HOSTS, TODAY, complaint, read


def test_a_flag_overrules_the_file() -> None:
    settings = read(FULL, site="https://b.example", preview="public", host=None, set="strict")
    assert (settings.site, settings.preview, settings.host) == ("https://b.example", "public", "plain")
    assert settings.policies.use == ("strict",)
    assert settings.policies.folders == ("gonogo/policies",)


def test_a_preview_may_be_an_address_which_ends_with_a_slash() -> None:
    assert read("{}", preview="https://Preview.example").preview_url == "https://preview.example/"


def test_a_folder_is_no_address() -> None:
    assert read("{}", preview="dist").preview_url is None


@pytest.mark.parametrize(
    "text",
    ["https://me:hunter2hunter2@a.example/", "https://a.example/?token=hunter2hunter2", "https://hunter2hunter2 x/"],
)
def test_an_address_that_may_hold_a_secret_is_refused_without_being_shown(text: str) -> None:
    assert "hunter2hunter2" not in complaint("{}", preview=text)


@pytest.mark.parametrize(
    "access",
    [
        "{hosts: [a.example], headers: {x-key: 'hunter2-hunter2'}}",
        "{hosts: [a.example], cookies: {session: hunter2-hunter2}}",
        "{hosts: [a.example], basic: {user: GONOGO_PREVIEW_ME, password: hunter2-hunter2}}",
        "{hosts: [a.example], storage-state: hunter2-hunter2}",
    ],
)
def test_a_secret_that_stands_in_the_config_is_refused_without_being_shown(access: str) -> None:
    told = complaint(f"access: {access}")
    assert "can't be what is written there" in told
    assert "hunter2" not in told


def test_a_mistake_in_a_flag_names_the_flag() -> None:
    assert complaint("{}", host="heroku") == f"--host: `host` is `heroku`; it can be {HOSTS}"


def test_without_a_file_the_command_line_is_all_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None, {"preview": "dist"}, TODAY).preview == "dist"


def test_the_file_in_the_working_directory_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gonogo.yaml").write_text("preview: public")
    assert load(None, {}, TODAY).preview == "public"


def test_folders_are_seen_from_the_file_that_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("web").mkdir()
    Path("web/gonogo.yaml").write_text("preview: dist\npolicies: {folders: [rules]}")
    settings = load(Path("web/gonogo.yaml"), {}, TODAY)
    assert (settings.preview, settings.policies.folders) == ("web/dist", ("web/rules",))


@pytest.mark.parametrize("name", ["missing.yaml", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_wrong_use(name: str) -> None:
    with pytest.raises(UserError, match="can't be read"):
        load(Path(name), {}, TODAY)


def test_a_file_under_a_similar_name_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gonogo.yml").write_text("host: plain")
    with pytest.raises(UserError, match=r"did you mean gonogo\.yaml"):
        load(None, {}, TODAY)
