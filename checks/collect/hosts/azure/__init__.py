"""Azure Static Web Apps: `staticwebapp.config.json`.

In: a build. Out: a host model. Facts from https://learn.microsoft.com/azure/static-web-apps/configuration, and where it
is silent from the published emulator (https://github.com/Azure/static-web-apps-cli).
"""

from __future__ import annotations

from checks.collect.hosts.azure.host import AzureStaticWebAppsHost

__all__ = ["AzureStaticWebAppsHost"]
