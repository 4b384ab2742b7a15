"""adopt, init, doctor: what a project writes down once, and what a machine needs.

In: parsed arguments. Out: files, what is printed, an exit code.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from checks import errors, run_folder, settings
from checks.baseline import kinds
from checks.commands.finished import launched, today
from checks.commands.printing import print_lines
from checks.judge.finding import Finding
from checks.settings.remote import is_address
from checks.signoff import adopted

if TYPE_CHECKING:
    import argparse


def adopt(parsed: argparse.Namespace) -> int:
    """Accept today's findings of a legacy site as debt that may only shrink."""
    run = launched(parsed.run)
    about = settings.from_document(run.read(run_folder.RUN)["settings"])
    findings = (Finding.from_document(line) for line in run.lines(run_folder.FINDINGS))
    adoption = adopted.adopt(findings, today(), about.key_pages, adopted.load(parsed.folder))
    with run_folder.writing(parsed.folder):
        parsed.folder.mkdir(parents=True, exist_ok=True)
        for owner, document in adoption.documents.items():
            (parsed.folder / f"{owner}.json").write_text(
                json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
            )
            print_lines(
                f"{parsed.folder / owner}.json: {len(document['findings'])} findings of {owner} are debt from now on"
            )
    for finding in adoption.refused:
        where = finding.page or "the site"
        print_lines(f"not adopted, for it blocks any launch: {finding.policy} on {where}: {finding.message}")
    return errors.EXIT_GO


def init(parsed: argparse.Namespace) -> int:
    """Write a gonogo.yaml to begin with, and the workflows where they are wanted."""
    from checks.init import draft, many_machines, workflows

    machines = many_machines.asked(parsed.machines)
    if machines > 1 and not parsed.github:
        raise errors.UserError("is of the workflows", where="--machines", remedy="Say `--github`, too.")
    live, baseline = is_address(parsed.place), kinds.LAUNCH if parsed.github else kinds.NONE
    folder = Path() if live else Path(parsed.place)
    if live:
        file = _drafted(parsed.place, baseline, ask=not parsed.yes)
        if file is None:
            return errors.EXIT_GO
    written = workflows.write(folder, machines) if parsed.github else []
    if live:
        written.append(Path(settings.FILE_NAME))
    elif not (parsed.github and (folder / settings.FILE_NAME).exists()):
        written.append(draft.write(folder, baseline=baseline))
    for file in written:
        print_lines(f"{file} is written.")
        if workflows.PLACEHOLDER in file.read_text(encoding="utf-8"):
            print_lines(f"  Say in it whose gonogo runs: replace {workflows.PLACEHOLDER}.")
    if parsed.github and Path(settings.FILE_NAME) not in {file.relative_to(folder) for file in written}:
        print_lines("To compare each pull request with the last launch, write `baseline: launch` into gonogo.yaml.")
    if machines == 1 and many_machines.worth_it(folder):
        print_lines(
            f"The build has more than {many_machines.WORTH_IT:,} pages: `gonogo init --github --machines 8` writes a "
            "workflow in which eight machines measure them together (docs/scaling.md)."
        )
    print_lines("Read what is written, then: gonogo check")
    return errors.EXIT_GO


def _drafted(url: str, baseline: str, *, ask: bool) -> Path | None:
    """Write a gonogo.yaml drafted from a live site; None where the person at the terminal does not want it."""
    from checks import new_file
    from checks.init import draft, live, project

    file = Path(settings.FILE_NAME)
    new_file.require_new(file)
    seen = live.look(url, today())
    rows = list(seen.rows())
    width = max(len(name) for name, _ in rows)
    print_lines("\n".join(f"  {name.ljust(width)}  {found}" for name, found in rows))
    if ask and sys.stdin.isatty() and input("Write this into gonogo.yaml? [Y/n] ").strip().lower() in {"n", "no"}:
        return None
    found = project.look(Path())
    here = found if found.is_built else replace(found, preview=seen.url, is_built=True)
    said = replace(seen.drafted(), baseline=baseline)
    return new_file.create(file, draft.text(replace(here, origins=(seen.site,) if seen.site else ()), said))


def doctor(parsed: argparse.Namespace) -> int:
    """Say what is missing, and how to get it."""
    if parsed.trust:
        from checks.commands.sign_off_doctor import doctor_trust

        return doctor_trust(parsed)
    from checks.collect import doctor as doctoring

    if parsed.install:
        doctoring.mend(print_lines, lighthouse=parsed.lighthouse)
    examined = doctoring.examine(lighthouse=parsed.lighthouse)
    for one in examined:
        state = "ok     " if one.ok else "MISSING" if one.needed else "absent "
        print_lines(f"{state}  {one.name}: {one.found}")
        if not one.ok:
            print_lines(f"         {one.remedy}")
    return errors.EXIT_GO if doctoring.all_needed(examined) else errors.EXIT_CANNOT_TELL
