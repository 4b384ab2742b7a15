"""What all three steps know: inputs, event, where the next step is told, and the addresses of this run.

In: the surroundings of a step. Out: one frozen record, or the error of an input or a trigger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from action import event as events
from action import handover, status
from action import inputs as reading
from action.comment import Place
from action.github import Github
from action.transport import API
from checks.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from action.event import Event
    from action.inputs import Inputs
    from action.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Job:
    """One use of the action in one job."""

    surroundings: Surroundings
    inputs: Inputs
    event: Event

    @property
    def handover(self) -> Path:
        """Where one step leaves what the next must know."""
        return handover.file(self.surroundings.temporary, self.inputs.run)

    @property
    def run_url(self) -> str:
        """The address of this run of the workflow, empty where the runner does not say it."""
        said = self.surroundings.environment.get
        parts = [said("GITHUB_SERVER_URL"), self.event.repository, "actions/runs", said("GITHUB_RUN_ID")]
        return "/".join(part for part in parts if part) if all(parts) else ""

    @property
    def unverified(self) -> bool:
        """Whether somebody without trust has collected the facts."""
        return self.inputs.facts is not None

    @property
    def reviews(self) -> bool:
        """Whether the review gate is asked for: on a pull request, never for what goes live."""
        return self.inputs.gate == "review" and (self.event.pull_request is not None or self.event.is_follow_up)

    @property
    def contexts(self) -> tuple[str, ...]:
        """The names of the status.

        A review has one of its own, so that nothing takes it for the launch gate's. Where pull requests are reviewed,
        a merge queue waits for that name as well: the launch gate, which looks at more, answers under both.
        """
        names = {self.reviews} if self.reviews or self.inputs.gate != "review" else {False, True}
        return tuple(status.context(self.inputs.site_id, review=review) for review in sorted(names))

    @property
    def place(self) -> Place:
        """Where the comment stands and what it may link to."""
        preview = self.inputs.preview
        return Place(
            site_id=self.inputs.site_id,
            run_url=self.run_url,
            preview=preview if preview.startswith(("http://", "https://")) else "",
            commit=self.event.head_sha,
            unverified=self.unverified,
        )

    def github(self) -> Github:
        """Return the API of this repository. Raises UserError where there is no token."""
        said = self.surroundings.environment
        token = said.get("GONOGO_TOKEN", "")
        if not token:
            raise UserError("is empty", where="input `token`", remedy="Leave it out: then it is the job's own token.")
        return Github(
            repository=self.event.repository,
            token=token,
            now=self.surroundings.now,
            sleep=self.surroundings.sleep,
            url=said.get("GITHUB_API_URL") or API,
        )


def read(surroundings: Surroundings) -> Job:
    """Return what the step is about. Raises UserError for inputs or an event that it can't be about."""
    job = Job(surroundings, reading.read(surroundings.environment), events.read(surroundings.environment))
    if job.event.is_follow_up and job.inputs.facts is None:
        raise UserError(
            "is needed after `workflow_run`, for what is checked out there is not the pull request",
            where="input `facts`",
            remedy="Download the run folder of the first half; see docs/workflows/fork-report.yml.",
        )
    return job
