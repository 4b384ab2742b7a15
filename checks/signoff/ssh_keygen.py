"""Signatures, as ssh-keygen makes and verifies them. The only module of `checks.signoff` that runs a process.

In: bytes, a key, who may sign, and the time that counts. Out: None or why not; a signature.
ssh-keygen says the same and exits with the same code whatever is wrong: only its exit code 0 counts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks.errors import CannotMeasureError, UserError
from checks.signoff.signers import NAMESPACE

if TYPE_CHECKING:
    from datetime import datetime

TIME_LIMIT_S: Final = 30
LONGEST: Final = 200
_REMEDY: Final = "Install OpenSSH 8.9 or later (the package openssh-client): ssh-keygen verifies sign-offs."


def verify(
    data: bytes, signature: bytes, principal: str, signers_file: bytes, revoked_file: bytes, now: datetime
) -> str | None:
    """Return None where `signature` over `data` is good at the time `now`, else why it is not.

    `signers_file` and `revoked_file` are the bytes of an allowed_signers file and of a file of revoked keys
    (https://man.openbsd.org/ssh-keygen.1). Raises CannotMeasureError where ssh-keygen can't be run.
    """
    with tempfile.TemporaryDirectory(prefix="gonogo-") as name:
        folder = Path(name)
        for file, content in (("signers", signers_file), ("revoked", revoked_file), ("signature", signature)):
            (folder / file).write_bytes(content)
        command = [_program(), "-Y", "verify", "-n", NAMESPACE, "-I", principal, "-f", str(folder / "signers")]
        when = f"-Overify-time={now:%Y%m%d%H%M%S}Z"
        command += ["-r", str(folder / "revoked"), when, "-s", str(folder / "signature")]
        try:
            done = subprocess.run(
                command, input=data, capture_output=True, timeout=TIME_LIMIT_S, env={"LC_ALL": "C"}, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotMeasureError("ssh-keygen can't be run", where="ssh-keygen", remedy=_REMEDY) from error
    if done.returncode == 0:
        return None
    return (done.stderr.decode("utf-8", "replace").replace(name, "").strip() or "the signature is not good")[:LONGEST]


def sign(data: bytes, key: Path) -> bytes:
    """Return the signature of `key` over `data`; ssh-keygen asks for a passphrase or a touch by itself.

    `key` is a private key, or a public one whose private half an agent or a hardware key holds. Raises UserError where
    ssh-keygen does not sign, CannotMeasureError where there is none.
    """
    if not key.is_file():
        remedy = "Name your key with --key; `ssh-keygen -t ed25519` makes one."
        raise UserError("there is no such key", where=str(key), remedy=remedy)
    command = [_program(), "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(key)]
    try:
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE, check=False)
    except OSError as error:
        raise CannotMeasureError("ssh-keygen can't be run", where="ssh-keygen", remedy=_REMEDY) from error
    if done.returncode:
        remedy = "ssh-keygen says why, above. A public key needs an agent that holds its private half."
        raise UserError("ssh-keygen did not sign", where=str(key), remedy=remedy)
    return done.stdout


def _program() -> str:
    found = shutil.which("ssh-keygen", path=os.environ.get("PATH"))
    if found is None:
        raise CannotMeasureError("there is no ssh-keygen", where="PATH", remedy=_REMEDY)
    return str(Path(found).resolve())
