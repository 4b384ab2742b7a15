"""The two profiles of the lab, in Lighthouse's own words, with its own figures.

In: the name of a profile and how much slower than this machine its processor is. Out: settings for a run.
The figures are Lighthouse's constants (https://github.com/GoogleChrome/lighthouse/blob/v12.6.1/core/config/constants.js):
a slow phone connection, and a desktop on a good line. Throttling is simulated: the page loads fast, and the rest is
modelled, which varies least from run to run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

THROTTLING: Final = "simulate"
PHONE_SLOWDOWN: Final = 4.0
"""Lighthouse's own, right for a machine whose benchmark index is between the two below."""
USUAL_INDEX: Final = (1300.0, 1800.0)
"""Benchmark indices at which 4 times slower is a mid-range phone."""
LEAST_SLOWDOWN, MOST_SLOWDOWN = 1.0, 10.0


@dataclass(frozen=True, slots=True)
class Profile:
    """What is emulated; lengths in CSS pixels."""

    name: str
    form_factor: str
    width: int
    height: int
    scale: float
    rtt_ms: float
    throughput_kbps: float
    slows_down: bool
    """Whether the processor is slowed down as well."""

    def settings(self, slowdown: float) -> dict[str, Any]:
        """Return Lighthouse's settings for this profile."""
        return {
            "formFactor": self.form_factor,
            "screenEmulation": {
                "mobile": self.form_factor == "mobile",
                "width": self.width,
                "height": self.height,
                "deviceScaleFactor": self.scale,
                "disabled": False,
            },
            "throttlingMethod": THROTTLING,
            "throttling": {
                "rttMs": self.rtt_ms,
                "throughputKbps": self.throughput_kbps,
                "cpuSlowdownMultiplier": slowdown if self.slows_down else 1,
                "requestLatencyMs": 0,
                "downloadThroughputKbps": 0,
                "uploadThroughputKbps": 0,
            },
            **({} if self.form_factor == "mobile" else {"emulatedUserAgent": _DESKTOP_AGENT}),
        }

    def told(self, slowdown: float) -> dict[str, Any]:
        """Return what a document says of the conditions that it was measured under."""
        return {
            "throttling": THROTTLING,
            "rtt_ms": self.rtt_ms,
            "throughput_kbps": self.throughput_kbps,
            "cpu_slowdown": slowdown if self.slows_down else 1.0,
            "width": self.width,
            "height": self.height,
        }


_DESKTOP_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0 Safari/537.36"

PROFILE_BY_NAME: Final[dict[str, Profile]] = {
    "phone": Profile("phone", "mobile", 412, 823, 1.75, 150, 1638.4, slows_down=True),
    "desktop": Profile("desktop", "desktop", 1350, 940, 1.0, 40, 10240, slows_down=False),
}


def slowdown_for(benchmark_index: float | None) -> float:
    """Return how much to slow this machine down so that it is a mid-range phone, to a tenth.

    A fixed factor would make a phone of another class on each machine: they differ by three times and more.
    """
    if not benchmark_index or USUAL_INDEX[0] <= benchmark_index <= USUAL_INDEX[1]:
        return PHONE_SLOWDOWN
    nearest = min(USUAL_INDEX, key=lambda bound: abs(bound - benchmark_index))
    return round(min(MOST_SLOWDOWN, max(LEAST_SLOWDOWN, PHONE_SLOWDOWN * benchmark_index / nearest)), 1)
