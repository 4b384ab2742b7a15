"""The commit of a fork's pull request, fetched into the checkout as data: nothing of it is checked out or run.

In: a job with the token, in a checkout of the default branch. Out: a clone that has the commit, so that its rules can
be compared with those of the base; or an error that says what to do.
"""

from __future__ import annotations

import base64
import subprocess
from typing import TYPE_CHECKING, Final

from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from action.job import Job

_SECONDS: Final = 300
_LAST: Final = 300  # characters of what git says


def head(job: Job) -> None:
    """Fetch the commit that is judged, where the clone lacks it. Raises CannotMeasureError where that fails.

    GitHub gives out every commit of a pull request to its base repository.
    """
    commit = job.event.head_sha
    if _git(job, "cat-file", "-e", f"{commit}^{{commit}}").returncode == 0:
        return
    fetched = _git(job, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "origin", commit, token=True)
    if fetched.returncode:
        raise CannotMeasureError(
            f"the commit can't be fetched: {fetched.stderr.strip()[-_LAST:]}",
            where=f"commit {commit[:12]}",
            remedy="Check out the default branch with `fetch-depth: 0` before this action; see "
            "docs/workflows/fork-report.yml.",
        )


def _git(job: Job, *arguments: str, token: bool = False) -> subprocess.CompletedProcess[str]:
    """Run git; the token goes by its environment, and to the server of this repository only."""
    environment = dict(job.surroundings.environment)
    secret = environment.pop("GONOGO_TOKEN", "")
    server = environment.get("GITHUB_SERVER_URL", "")
    if token and secret and server.startswith("https://"):
        login = base64.b64encode(f"x-access-token:{secret}".encode()).decode("ascii")
        environment |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{server}/.extraheader",
            "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {login}",
        }
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", *arguments]
    try:
        return subprocess.run(
            command,
            env={**environment, "GIT_TERMINAL_PROMPT": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotMeasureError(f"git can't be run: {error}", where="git", remedy="Try again.") from error
