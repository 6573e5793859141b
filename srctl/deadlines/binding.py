"""Which rules are in force for a case: those meant for it and not met yet, and the day each counts from. Pure."""

from datetime import date

from srctl.core.dates import parse_iso
from srctl.deadlines.fulfilment import fulfilment
from srctl.model.case import Case
from srctl.model.definitions import Kind, Rule
from srctl.workflow.conditions import holds
from srctl.workflow.stages import FIRST, stage_entered, stage_of


def binds(rule: Rule, case: Case, kind: Kind) -> bool:
    """Whether a rule of the case or of a stage is in force: it is meant for the case, and not met yet."""
    return is_meant(rule, case, kind) and fulfilment(rule, case, kind) is None


def is_meant(rule: Rule, case: Case, kind: Kind) -> bool:
    """Whether it is a rule of the case or of a stage that is meant for the case, met or not."""
    # A standing rule of a stage is for the kinds that have it.
    of = rule.of == "case" or (rule.of == "stage" and kind.stage(rule.stage) is not None)
    return of and fits(rule, case)


def fits(rule: Rule, case: Case, signer: str = "") -> bool:
    """Whether the rule is meant for such a case (``when``, ``unless``)."""
    if rule.unless and holds(rule.unless, case, signer):
        return False
    return not rule.when or holds(rule.when, case, signer)


def target(rule: Rule, case: Case, signer: str = "") -> Rule:
    """The rule with its first matching row of ``instead`` applied."""
    for row in rule.instead:
        if holds(row.when, case, signer):
            return rule._replace(amount=row.amount, unit=row.unit or rule.unit, basis=row.basis or rule.basis)
    return rule


def rule_start(rule: Rule, case: Case) -> date | None:
    """Return the day a rule of the case or of a stage counts from (day 0), None when it has not begun."""
    if rule.from_ != "stage_start" or rule.of != "stage":
        return case_start(rule, case)
    return case_start(rule, case) if stage_of(case) == rule.stage else None


def case_start(rule: Rule, case: Case) -> date | None:
    """The day of the case that a rule counts from (day 0), None when it has not begun."""
    match rule.from_:
        case "received":
            return case.received.on
        case "dated":
            return case.received.dated
        case "field":
            return _date(case.fields.get(rule.field, ""))
        case "stage_start":
            entered = stage_entered(case, rule.stage)
            return entered.day() if entered else case.received.on if rule.stage == FIRST else None
    return None


def _date(text: str) -> date | None:
    try:
        return parse_iso(text)
    except ValueError:  # not filled in yet, or a fault that `check` reports
        return None
