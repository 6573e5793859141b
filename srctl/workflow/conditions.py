"""Conditions of the office's rules (``when``, ``unless``) upon a case. Pure."""

from srctl.model.case import Case
from srctl.model.definitions import Conditions
from srctl.workflow.stages import stage_of


def holds(conditions: Conditions, case: Case, signer: str) -> bool:
    """Whether every field named has one of the values; ``signer`` is who signs the paper, or the last one."""
    for path, values in conditions.items():
        if path == "signer":
            value: object = signer or _last_signer(case)
        else:
            value = stage_of(case) if path == "stage" else case.field(path)
        if str(value or "") not in values:
            return False
    return True


def _last_signer(case: Case) -> str:
    return next((e.signer for e in reversed(case.happened()) if e.signer), "")
