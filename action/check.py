"""The middle step: the command runs as a process of its own, in an environment without a secret that opens anything.

In: a job without the token. Out: the log, annotations, outputs and summary of the step, what the last step must know,
and the exit code of the command. The exit code is the truth; where it and the verdict contradict each other, nobody
can tell.
"""

from __future__ import annotations

import re
import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from action import artifact, handover, keeping, outputs, status, summary
from action.annotations import SHOWN, command, lines
from action.finished import WITH_VERDICT, verdict_of
from action.inputs import LAUNCH
from checks import errors, run_folder
from checks.cache.place import KEY as SECRET
from checks.errors import CannotMeasureError, GonogoError, UserError
from checks.report.words import clip
from checks.run_folder import RunFolder
from checks.run_result import result_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from action.handover import Handover
    from action.job import Job

_PASSED_ON = re.compile(
    r"PATH|HOME|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|XDG_[A-Z_]+|CI|NO_COLOR|GONOGO_BROWSER|PLAYWRIGHT_BROWSERS_PATH"
    r"|GITHUB_SERVER_URL|GONOGO_PREVIEW_[A-Z0-9_]+|SSL_CERT_(?:FILE|DIR)|(?:HTTPS?|ALL|NO)_PROXY|(?:https?|all|no)_proxy"
)
"""What the command may know of its surroundings: named one by one, for nobody can name every secret.

`GONOGO_PREVIEW_` begins the names of what opens a preview, which its config names and no browser gets to see.
"""
_KNOWN: Final = WITH_VERDICT | {
    errors.EXIT_WRONG_USE,
    errors.EXIT_OUR_ERROR,
    errors.EXIT_INTERRUPTED,
    errors.EXIT_TERMINATED,
}
PAGES: Final = "gonogo-pages"
"""The folder that action.yml keeps from run to run where there is a secret."""
_LAST_LINES: Final = 20
_LONGEST: Final = 2000  # characters of what is repeated in an annotation; the runner cuts at 4,096


def check(job: Job) -> int:
    """Run the command and tell the runner what it came to; return its exit code, or 0 where a review was asked for.

    Raises CannotMeasureError where no step before has said whose rules decide.
    """
    if job.surroundings.environment.get("GONOGO_TOKEN"):
        raise UserError("is given to the step that renders pages", where="GONOGO_TOKEN", remedy="Take it out of there.")
    told = handover.read(job.handover)
    if told is None:
        raise CannotMeasureError("the step `begin` did not come to its end", remedy="Its log says why.")
    run = RunFolder(job.inputs.run)
    try:
        code, said = _run(job, run, told)
    except GonogoError as error:
        code, said = error.exit_code, str(error)
    except Exception:
        _tell(job, run, errors.EXIT_OUR_ERROR, "", None)
        raise
    _tell(job, run, code, said, keeping.keep(job, run, code, _process))
    # Last of all: what broke off anywhere above has no exit code, and the last step posts an error.
    handover.write(job.handover, replace(told, exit_code=code))
    # Only a pull request that asks for the review gate gets it, and nothing is deployed from there.
    return errors.EXIT_GO if code == errors.EXIT_REVIEWED and job.reviews else code


def arguments(job: Job, told: Handover) -> list[str]:
    """Return the arguments of the command: the whole way, or judging again what a fork has collected."""
    inputs = job.inputs
    if inputs.facts is not None:
        made = ["judge", str(inputs.run), "--trust-ref", told.rules_ref, "--head", job.event.head_sha]
    else:
        made = ["check", *([inputs.preview] if inputs.preview else []), "--trust-ref", told.rules_ref]
        made += ["--run", str(inputs.run)]
        made += ["--shards", str(inputs.shards)] if inputs.shards else []
        made += ["--site", inputs.site] if inputs.site else []
        made += ["--set", inputs.set] if inputs.set else []
        made += ["--gate", "review"] if job.reviews else []
        made += ["--baseline", inputs.baseline] if inputs.baseline not in {"", LAUNCH} else []
        made += ["--cache", str(job.surroundings.temporary / PAGES)] if _seal(job) else []
        made += ["--since", job.event.base_sha] if job.event.is_merged and job.event.base_sha else []
    made += ["--launch", told.launch] if told.launch else []
    context = handover.context_file(job.handover)
    made += ["--context", str(context)] if context.is_file() else []
    made += ["--config", inputs.config] if inputs.config else []
    made += ["--fail-on", inputs.fail_on]
    return [*made, *(["--advisory"] if inputs.advisory else [])]


def scrubbed(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what of `environment` the command gets to see: by a list of what is allowed, and no token is on it."""
    return {name: value for name, value in environment.items() if _PASSED_ON.fullmatch(name)}


def _seal(job: Job) -> dict[str, str]:
    """Return the one secret that the command may know: it opens nothing, and seals what is kept of measured pages."""
    secret = job.surroundings.environment.get(SECRET, "")
    return {SECRET: secret} if secret and not job.unverified else {}


def _run(job: Job, run: RunFolder, told: Handover) -> tuple[int, str]:
    """Return the exit code of the command, and what it said last or why it can't be believed."""
    if job.inputs.facts is not None:
        artifact.admit(job.inputs.facts, run, job.event.head_sha)
    else:
        _forget(run)
    code, said = _process(job, [*job.surroundings.command, *arguments(job, told)])
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        return errors.EXIT_CANNOT_TELL, f"The check was killed ({name}); perhaps the machine ran out of memory."
    if code not in _KNOWN:
        return errors.EXIT_CANNOT_TELL, f"The check ended with {code}, which means nothing."
    if verdict_of(run, code) is None and code in WITH_VERDICT - {errors.EXIT_CANNOT_TELL}:
        return _unbelieved(run, f"The check ended with {code} and left no verdict that says so. {said}")
    if job.inputs.facts is not None and code in WITH_VERDICT and not _by_rules_of(run, told.rules_ref):
        return _unbelieved(run, f"The facts were not judged by the rules of the base branch. {said}")
    return code, said


def _unbelieved(run: RunFolder, why: str) -> tuple[int, str]:
    """Drop a verdict that can't be believed, for a later job may read it, and say why nobody can tell."""
    _forget(run)
    return errors.EXIT_CANNOT_TELL, why


def _process(job: Job, program: list[str]) -> tuple[int, str]:
    """Run `program`, hand its log on line by line without commands in it, and return exit code and last lines."""
    last: list[str] = []
    with subprocess.Popen(
        program,
        env=scrubbed(job.surroundings.environment) | _seal(job),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            for line in process.stdout or ():
                job.surroundings.say(line.removesuffix("\n"))
                last = [*last[1 - _LAST_LINES :], line]
        except BaseException:
            process.terminate()
            raise
    return process.returncode, "".join(last)


def _forget(run: RunFolder) -> None:
    """Drop the verdict and the reports of an earlier run, so that a check that breaks off early does not show them."""
    for name in (run_folder.VERDICT, *run_folder.FILE_BY_FORMAT.values()):
        run.file(name).unlink(missing_ok=True)


def _by_rules_of(run: RunFolder, ref: str) -> bool:
    """Return whether the run says that it was judged by the rules of commit `ref`, or of no other than our checkout."""
    trust = run.read(run_folder.RUN).get("trust") or {}
    return trust.get("root") == "first-run" or (trust.get("root") == "base" and trust.get("commit") == ref)


def _tell(job: Job, run: RunFolder, code: int, said: str, kept: Path | None) -> None:
    """Write annotations, outputs and the summary. They change nothing: the exit code stands."""
    verdict = verdict_of(run, code)
    if verdict is None:
        job.surroundings.tell([command("error", status.why_none(code), clip(said, _LONGEST))])
    else:
        job.surroundings.tell(lines(result_of(run), shown=SHOWN - 1))
    environment = job.surroundings.environment
    if file := environment.get("GITHUB_OUTPUT"):
        outputs.write(Path(file), outputs.values(job.inputs.run, code, verdict, sarif=job.inputs.sarif, kept=kept))
    if file := environment.get("GITHUB_STEP_SUMMARY"):
        _write(Path(file), summary.without_verdict(code, said) if verdict is None else summary.text(result_of(run)))


def _write(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8", errors="replace", newline="\n") as stream:
        stream.write(text)
