"""A finished run of a made-up bakery, real keys, and people who may sign."""

from __future__ import annotations

import argparse
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checks import run_folder
from checks.commands import sign_off
from checks.judge.finding import MISSING, Finding, cause, fingerprint
from checks.judge.policies import shipped_folder
from checks.run_folder import RunFolder
from checks.signoff.signers import NAMESPACE

Document = dict[str, Any]
LINK, VITALS, SECRET = "links/internal-broken", "perf/page-weight", "leak/secrets"
SITE = "https://hearth.example"
BRANCH = ["--base-branch", "main", "--repository", "hearth/crumb", "--repository-id", "7"]
TERMS = ["--reason-code", "fix-scheduled", "--reason", "The page is written by Friday."]


def a_finding(policy: str, page: str | None, what: str, **more: Any) -> Document:
    """Return a line of findings.jsonl."""
    made = Finding(
        policy=policy,
        title=f"What {policy} asks for",
        severity="error",
        owner="engineering",
        reads="page" if page else "site",
        page=page,
        what=what,
        value=MISSING,
        limit=MISSING,
        message=f"{what} is wrong",
        fix="Mend it.",
        reference=(),
        fingerprint=fingerprint(policy, page, what),
        cause=cause(policy, what),
        state="new",
        blocking=True,
        launch_blocker=False,
        pointer="",
        proposed=False,
    )
    return {**made.to_document(), **more}


FINDINGS = (
    a_finding(LINK, "/bread/", "/allergens/", value=404, limit=299),
    a_finding(LINK, "/cakes/", "/allergens/", value=404, limit=299),
    a_finding(LINK, "/rye/", "/allergens/", value=410, limit=299),
    a_finding(LINK, "/visit/", "/car-park/", value=404, limit=299),
    a_finding(VITALS, "/", "weight", value=900, limit=500, owner="marketing"),
    a_finding(LINK, "/old/", "/gone/", blocking=False, state="existing"),
    a_finding(SECRET, None, "order.js"),
)
WEAKENING = {
    "kind": "severity-lowered",
    "file": "gonogo.yaml",
    "what": LINK,
    "before": "error",
    "after": "info",
    "owner": "engineering",
    "said": "broken links only inform",
}


@dataclass(frozen=True)
class Desk:
    """A folder in which somebody works, with a run in it."""

    path: Path
    run: RunFolder

    def write_run(self, findings: tuple[Document, ...] = FINDINGS, weakenings: tuple[Document, ...] = ()) -> None:
        self.run.path.mkdir(exist_ok=True)
        self.run.write_lines(run_folder.FINDINGS, findings)
        self.run.write_lines(run_folder.PAGES, ())
        about = {"settings": {"site": SITE}, "gonogo": "0.1.0", "policies_digest": "ab" * 32}
        self.run.write(run_folder.RUN, about)
        self.run.write(run_folder.VERDICT, {"weakened": bool(weakenings), "weakenings": list(weakenings)})
        folder = shipped_folder()
        documents = {name: _policy(folder / f"{name}.json") for name in (LINK, VITALS, SECRET)}
        documents[SECRET]["x-override"] = "never"
        self.run.write(run_folder.POLICIES, documents)

    def key(self, name: str = "ana") -> Path:
        file = self.path / f"{name}.key"
        if not file.exists():
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(file)]
            subprocess.run(command, check=True, capture_output=True)
        return file

    def people(self, **roles: str) -> None:
        """Write the three files: person -> role, each with a key."""
        folder = self.path / "gonogo"
        folder.mkdir(exist_ok=True)
        entries = [
            f"  {n}: {{name: {n.title()}, emails: [{n}@hearth.example], principals: [{n}], roles: [{role}]}}"
            for n, role in roles.items()
        ]
        (folder / "people.yaml").write_text("\n".join(["people:", *entries, ""]))
        lines = [f'{n} namespaces="{NAMESPACE}" {self.key(n).with_suffix(".key.pub").read_text()}' for n in roles]
        (folder / "allowed_signers").write_text("".join(lines))
        (folder / "revoked_keys").write_text("")

    def do(self, *arguments: str | Path) -> int:
        parser = argparse.ArgumentParser()
        sign_off.add(parser.add_subparsers(dest="command"))
        return sign_off.sign_off(parser.parse_args(["sign-off", *(str(one) for one in arguments)]))

    @property
    def sign_offs(self) -> Path:
        return self.path / "gonogo" / "sign-offs"

    def request(self, *filters: str) -> Path:
        """Ask for what the filters mean, and return the request."""
        before = set(self.sign_offs.glob("*.request.json"))
        assert self.do("request", *filters, *BRANCH, "--by", "Ben") == 0
        (file,) = set(self.sign_offs.glob("*.request.json")) - before
        return file

    def statement(self) -> Path:
        """Return the one statement that there is."""
        (file,) = [one for one in self.sign_offs.glob("*.json") if not one.name.endswith(".request.json")]
        return file


def _policy(file: Path) -> Document:
    found: Document = json.loads(file.read_text(encoding="utf-8"))
    return found
