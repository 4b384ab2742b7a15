"""The action, as action.yml calls it: `python -I -m action.main begin|check|publish`.

In: the name of a step, and its surroundings. Out: its exit code. Three steps, so that the one that renders pages holds
no token, and those that hold one render nothing. This is the one error boundary of the action.
"""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING, Final

from action import job
from action.annotations import command
from action.begin import begin
from action.check import check
from action.publish import publish
from action.surroundings import of_this_process
from checks import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from action.surroundings import Surroundings

STEPS: Final[dict[str, Callable[[job.Job], int]]] = {"begin": begin, "check": check, "publish": publish}


def main(arguments: Sequence[str], surroundings: Surroundings) -> int:
    """Run the step that `arguments` name and return its exit code."""
    try:
        return _step(arguments)(job.read(surroundings))
    except errors.GonogoError as error:
        surroundings.tell([command("error", "gonogo", str(error))])
        return error.exit_code
    except KeyboardInterrupt:
        return errors.EXIT_INTERRUPTED
    except Exception:  # noqa: BLE001 - the one error boundary
        surroundings.say(traceback.format_exc())
        surroundings.tell([command("error", "gonogo", "This is a fault of gonogo. Please report it with the log.")])
        return errors.EXIT_OUR_ERROR


def _step(arguments: Sequence[str]) -> Callable[[job.Job], int]:
    if len(arguments) != 1 or arguments[0] not in STEPS:
        raise errors.UserError("no such step", where=" ".join(arguments), remedy=f"There are: {', '.join(STEPS)}.")
    return STEPS[arguments[0]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], of_this_process()))
