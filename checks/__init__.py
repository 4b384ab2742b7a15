"""gonogo, the pre-launch gate for static sites: collects facts, judges them by policies, and says GO or NO-GO."""

__version__ = "0.1.0"
