"""How long `gonogo --help` takes: what somebody waits for who only wants to know what there is.

In: how often to run it. Out: the median on the screen.

    python benchmarks/bench_help.py [--rounds 15]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

LIMIT_S = 0.3


def main() -> None:
    """Run the command several times, and exit with 1 where the median is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    command = [str(Path(sys.executable).parent / "gonogo"), "--help"]
    took: list[float] = []
    for _ in range(parser.parse_args().rounds):
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        took.append(time.perf_counter() - begun)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"gonogo --help: median {statistics.median(took):.3f} s, from {min(took):.3f} to {max(took):.3f}")
    print(f"  {(spent.ru_utime + spent.ru_stime) / len(took):.3f} s of processor time each")
    sys.exit(statistics.median(took) > LIMIT_S)


if __name__ == "__main__":
    main()
