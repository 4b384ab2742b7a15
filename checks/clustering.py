"""All pages, measured by a Dask cluster: `gonogo collect --cluster ADDRESS`.

In: where the cluster is, the settings, the build, what this machine has. Out: what came back, as `merging` gives what
shards have measured.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from checks import merging
from checks.collect.reuse.opening import Asked
from checks.collect.shards import part
from checks.collect.shards.made_with import made_with
from checks.errors import UserError
from checks.merging import Merged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.collect.cluster.driver import Cluster
    from checks.run_folder import RunFolder
    from checks.settings import Settings


def require() -> None:
    """Raise UserError where what a cluster needs is not installed."""
    missing = [name for name in ("distributed", "fsspec") if find_spec(name) is None]
    if missing:
        raise UserError(
            f"is not installed: {', '.join(missing)}",
            where="--cluster",
            remedy="`pip install '.[cluster]'` in the checkout of gonogo brings it.",
        )


def measured(
    cluster: Cluster,
    settings: Settings,
    root: Path,
    run: RunFolder,
    browser: Browser | None,
    progress: Callable[[int, int], None],
) -> Merged:
    """Let the cluster measure all pages of the build in `root`, to be completed here.

    Raises CannotMeasureError where nobody answers, UserError where a worker has another build, gonogo or browser.
    """
    from checks.collect.cluster.driver import Driving

    with part.opened(settings, root, run.scratch, browser, Asked(off=True)) as work:
        paths = work.pages(run.scratch)
    driving = Driving(cluster, settings, made_with(settings, root, browser), run.scratch / "batches")
    elsewhere = driving.measured(paths, merging.line, progress)
    return Merged(elsewhere, driving.notes)
