"""A command in the place of `gonogo`: it leaves a run folder that was made of documents, prints, and exits.

What the command does itself is shown elsewhere, in a browser; here it is shown what the steps around it make of it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

_PROGRAM = """
import json, os, shutil, signal, sys
plan = json.load(open({plan!r}))
json.dump({{"arguments": sys.argv[1:], "environment": dict(os.environ)}}, open({seen!r}, "w"))
sys.stdout.buffer.write(plan["out"].encode("utf-8", "surrogatepass"))
sys.stdout.flush()
sys.stderr.buffer.write(plan["err"].encode("utf-8", "surrogatepass"))
sys.stderr.flush()
if plan["leaves"]:
    shutil.copytree(plan["leaves"], plan["run"], dirs_exist_ok=True)
if plan["trust"] is not None:
    file = os.path.join(plan["run"], "run.json")
    about = json.load(open(file))
    json.dump({{**about, "trust": plan["trust"]}}, open(file, "w"))
if plan["signal"]:
    os.kill(os.getpid(), plan["signal"])
sys.exit(plan["code"])
"""


def command(folder: Path, run: Path, **plan: Any) -> list[str]:
    """Return a command that does what `plan` says: code, leaves (a folder), out, err, signal, trust."""
    said = {"code": 0, "leaves": None, "out": "", "err": "", "signal": 0, "trust": None, "run": str(run), **plan}
    said["leaves"] = str(said["leaves"]) if said["leaves"] else None
    (folder / "plan.json").write_text(json.dumps(said), encoding="utf-8")
    program = folder / "stand_in.py"
    program.write_text(
        _PROGRAM.format(plan=str(folder / "plan.json"), seen=str(folder / "seen.json")), encoding="utf-8"
    )
    return [sys.executable, "-I", str(program)]


def seen(folder: Path) -> dict[str, Any]:
    """Return the arguments and the environment that the command was given."""
    told: dict[str, Any] = json.loads((folder / "seen.json").read_text(encoding="utf-8"))
    return told
