"""Which of the regressions that are planted in a made-up shop are found, each as one cause, and what a rebuild finds.

    python benchmarks/bench_regressions.py [--pages 500] [--seeds 35]

The shop and the seeds are those of `tests/compare/`, with more pages. Facts are those of the delivered HTML, without a
browser. Exits with 1 where a seed is not found as one cause, or a healthy release has a finding.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.compare.seeds import SEEDS  # noqa: E402
from tests.compare.shop import shop  # noqa: E402
from tests.compare.test_regressions import another_day, collected, found, new_hashes, nothing  # noqa: E402

HEALTHY = {"the same again": nothing, "new hashes": new_hashes, "another day in the footer": another_day}


def main() -> None:
    """Plant one regression after the other, and say what is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--seeds", type=int, default=len(SEEDS))
    arguments = parser.parse_args()
    products, missed, alarms = (arguments.pages - 5) // 3, 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        live = collected(shop(products), folder / "live")
        for number, (seed, (change, policy)) in enumerate(list(SEEDS.items())[: arguments.seeds]):
            site, began = shop(products), time.perf_counter()
            change(site)
            findings = [one for one in found(collected(site, folder / str(number), live)) if one.policy == policy]
            causes = len({one.cause for one in findings})
            missed += causes != 1
            took = time.perf_counter() - began
            said = "found" if causes == 1 else "MISSED"
            print(f"{said}  {seed}: {policy}, causes {causes}, findings {len(findings)}, {took:.0f} s", flush=True)
        for seed, change in HEALTHY.items():
            site = shop(products)
            change(site)
            findings = found(collected(site, folder / seed.replace(" ", "-"), live))
            alarms += len(findings)
            print(f"{len(findings)} findings  {seed}")
    sys.exit(bool(missed or alarms))


if __name__ == "__main__":
    main()
