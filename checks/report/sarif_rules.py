"""The rules of the SARIF report: what each policy demands, why, and how to mend it.

In: what the verdict counts of a policy, the policy itself where it is known, and its first finding. Out: one
`reportingDescriptor`, complete also where little is known: code scanning refuses rules without texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.report.escape import sarif_text, web_address
from checks.report.markdown import prose
from checks.report.words import clip

if TYPE_CHECKING:
    from checks.report.result import Document

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEM = {"error": "error", "warning": "warning", "info": "recommendation"}
# Only rules about security may have this number; 7.0 and up is shown as high, 4.0 and up as medium.
_SECURITY = {"error": "7.5", "warning": "5.0", "info": "2.0"}
_SECURITY_FAMILIES = ("sec", "leak")
_LONGEST = 1000  # characters; the limit is 1,024
_LONGEST_NAME = 255
_TAGS = 10


def rule(name: str, counted: Document, policy: Document, finding: Document) -> dict[str, Any]:
    """Return the rule of the policy called `name`; each of the three documents may be empty."""
    title = str(counted.get("title") or policy.get("title") or finding.get("title") or name)
    severity = str(counted.get("severity") or policy.get("x-severity") or finding.get("severity") or "warning")
    fix = str(policy.get("x-fix") or finding.get("fix") or "")
    described = str(policy.get("description") or title)
    given = policy.get("x-reference") or finding.get("reference") or ()
    references = [address for one in given if (address := web_address(str(one)))]
    made: dict[str, Any] = {
        "id": rule_id(name),
        "shortDescription": {"text": _text(title)},
        "fullDescription": {"text": _text(described)},
        "help": {
            "text": _text(" ".join(map(_sentence, filter(None, (described, fix))))),
            "markdown": _help(described, fix, references),
        },
        "defaultConfiguration": {"level": LEVELS.get(severity, "warning")},
        "properties": _properties(name, severity, counted, finding),
    }
    return {**made, "helpUri": references[0]} if references else made


def rule_id(name: str) -> str:
    """Return what the rule of the policy called `name` is called."""
    return clip(sarif_text(name), _LONGEST_NAME)


def _text(text: str) -> str:
    return clip(sarif_text(clip(text, _LONGEST)), _LONGEST)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _help(described: str, fix: str, references: list[str]) -> str:
    paragraphs = [prose(described), f"**Fix:** {prose(fix)}" if fix else ""]
    links = [f"- <{address}>" for address in references]
    return "\n\n".join(part for part in [*paragraphs, "\n".join(links)] if part) or "(nothing)"


def _properties(name: str, severity: str, counted: Document, finding: Document) -> dict[str, Any]:
    family = name.partition("/")[0]
    owner = str(counted.get("owner") or finding.get("owner") or "")
    tags = [sarif_text(tag) for tag in (family, owner, *counted.get("set", ())) if tag]
    rated = {"security-severity": _SECURITY.get(severity, "5.0")} if family in _SECURITY_FAMILIES else {}
    security = ["security"] if rated else []
    return {
        "tags": list(dict.fromkeys([*security, *tags]))[:_TAGS],
        "problem.severity": _PROBLEM.get(severity, "warning"),
        **rated,
    }
