"""Firebase Hosting: `firebase.json`.

In: a build. Out: a host model. Facts from https://firebase.google.com/docs/hosting/full-config, and where it is silent
from the published server (https://github.com/firebase/superstatic).
"""

from __future__ import annotations

from checks.collect.hosts.firebase.host import FirebaseHost

__all__ = ["FirebaseHost"]
