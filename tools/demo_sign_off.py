"""Show how somebody would sign for faults of examples/bakery-broken: the end of `make demo`.

In: nothing. Out: what is printed; everything happens in a folder that is gone afterwards, with a key that is too.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # also with `python -I`, which leaves the folder out that it is run in

from checks import cli, run_folder  # noqa: E402
from checks.errors import EXIT_NO_GO  # noqa: E402
from checks.report.escape import terminal  # noqa: E402
from checks.run_folder import RunFolder  # noqa: E402
from checks.signoff.signers import NAMESPACE  # noqa: E402

SITE = "https://www.hearthandcrumb.example"
PEOPLE = """\
people:
  ana:
    name: Ana of engineering
    emails: [ana@hearthandcrumb.example]
    principals: [ana]
    roles: [engineering]
  ben:
    name: Ben of marketing
    github: 2
    emails: [ben@hearthandcrumb.example]
    roles: [marketing]
"""
CONTEXT = {
    "repository_id": 1,
    "repository": "hearth/crumb",
    "base_branch": "main",
    "github_ids": [2],
    "emails": ["ben@hearthandcrumb.example"],
    "reviews": [],
}
"""What the action would say of the change: it is Ben's, so Ana may sign."""


def main() -> int:
    """Check the broken bakery, ask for an exception, sign it, judge again; return 0 where all of that worked."""
    with tempfile.TemporaryDirectory(prefix="gonogo-demo-") as place:
        os.chdir(place)
        try:
            return _demo()
        finally:
            os.chdir(ROOT)


def _demo() -> int:
    base = _project()
    _say(f"$ gonogo check examples/bakery-broken --site {SITE}")
    preview = str(ROOT / "examples" / "bakery-broken")
    code = _silently("check", preview, "--trust-ref", base)
    if code != EXIT_NO_GO:
        print(f"the broken bakery should be NO-GO, and the check exited with {code}", file=sys.stderr)
        return 1
    _verdict()
    where = ["--base-branch", "main", "--repository", "hearth/crumb", "--repository-id", "1"]
    asked = _sign_off("request", "--policy", "links/internal-broken", "--by", "Ben of marketing", *where)
    (request,) = Path("gonogo/sign-offs").glob("*.request.json")
    until = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()
    said = ["--reason-code", "fix-scheduled", "--reason", "Both pages are written this week.", "--until", until]
    signed = _sign_off("approve", str(request), "--key", "ana.key", "--yes", *said)
    verified = _sign_off("verify")
    _say("The gate, once the files are in the pull request (the other faults are still to be mended):")
    Path("context.json").write_text(json.dumps(CONTEXT), encoding="utf-8")
    _silently("judge", run_folder.DEFAULT_NAME, "--trust-ref", base, "--context", "context.json")
    return asked or signed or verified or _verdict()


def _verdict() -> int:
    """Print the verdict with its reasons and sign-offs, and return 0."""
    verdict = RunFolder(Path(run_folder.DEFAULT_NAME)).read(run_folder.VERDICT)
    print(verdict["verdict"])
    for line in [*verdict["reasons"], *(_signed(one) for one in verdict["sign_offs"])]:
        print(f"  {terminal(line)}")
    return 0


def _signed(one: dict[str, Any]) -> str:
    return f"{one['applied']} exceptions signed by {', '.join(one['by'])} until {one['until']}: {one['reason']}"


def _project() -> str:
    """Make a repository whose base says who may sign, with a change of somebody else's; return its base."""
    _key()
    Path("gonogo.yaml").write_text(f"site: {SITE}\n", encoding="utf-8")
    _git("ana", "init", "--quiet", "--initial-branch=main")
    _git("ana", "add", "gonogo.yaml", "gonogo")
    _git("ana", "commit", "--quiet", "--message", "Say who may sign")
    _git("ben", "commit", "--quiet", "--allow-empty", "--message", "Change the site")
    return _git("ana", "rev-parse", "HEAD^")


def _git(who: str, *arguments: str) -> str:
    person = ["-c", f"user.name={who}", "-c", f"user.email={who}@hearthandcrumb.example"]
    command = ["git", *person, *arguments]
    # Settings of whoever runs the demo (hooks, templates, keys) are no part of it.
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.strip()


def _key() -> None:
    """Make a key without a passphrase, and the three files that say whose it is."""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "thrown away after the demo", "-f", "ana.key"]
    subprocess.run(command, check=True)
    public = Path("ana.key.pub").read_text(encoding="utf-8")
    folder = Path("gonogo")
    folder.mkdir()
    (folder / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    (folder / "allowed_signers").write_text(f'ana namespaces="{NAMESPACE}" {public}', encoding="utf-8")
    (folder / "revoked_keys").write_text("", encoding="utf-8")


def _sign_off(*arguments: str) -> int:
    _say("$ gonogo sign-off " + " ".join(json.dumps(one) if " " in one else one for one in arguments))
    return cli.main(["sign-off", *arguments])


def _silently(*arguments: str) -> int:
    with contextlib.redirect_stdout(io.StringIO()):
        return cli.main(arguments)


def _say(line: str) -> None:
    print(f"\n{line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
