"""The values a wording may name: case, office and people as plain data. Pure.

The complainant is named only where that is allowed (design §9): a paper that is not ``private``, or a
complainant who wants no name given, gets neither the record nor the private fields, and what stands there
is taken out wherever a clerk wrote it (:mod:`srctl.model.redaction`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from srctl.core.decoding import plain
from srctl.core.numbered_items import all_items, items_of
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Entry
from srctl.model.case_people import spelled
from srctl.model.definitions import Kind
from srctl.model.people import Directory, Office, Signer, find_callee, sender_name
from srctl.model.redaction import COMPLAINANT, private_fields, redactor
from srctl.model.voices import voice_of
from srctl.papers.addressees import Addressee
from srctl.papers.lifecycle import same_house
from srctl.workflow.paper_state import COMPLAINANT as COMPLAINANT_REF
from srctl.workflow.paper_state import Paper, named_day, papers_of
from srctl.workflow.stages import open_promises, promised_before

ANONYMOUS, UNNAMED = "ประชาชน (ขอสงวนนาม)", "ประชาชน (ไม่ระบุชื่อ)"
CONSIDER = "พิจารณา"
_VERBS = ("อนุมัติ", "เห็นชอบ", "รับทราบ")  # from what takes most power to what takes none
_ASKED = re.compile(rf"(?:เห็นควร|^)\s*(?:โปรด|ให้ความ)?({'|'.join(_VERBS)})")
# What a wording may name, for checking Word forms (tests hold that values_of returns just these).
NAMES = frozenset({
    "case", "sender", "issues", "facts", "laws", "earlier", "earlier_matters", "contacts", "ask", "earlier_paper",
    "answer", "decision",
    "callees", "given", "paper", "attachments", "copies", "to", "kind", "office", "minister", "owner", "group",
    "signer", "today", "voice",
})  # fmt: skip
Redact = Callable[[str], str]
REMINDER = "remind"  # a wording whose name begins so reminds of an earlier letter
BLANKS = ("-", "–", "—")  # what stands in a field, or for a law, where there is none: papers do not print it
NOTHING: Mapping[str, object] = MappingProxyType({})


class PaperContext(NamedTuple):
    """The context of every paper of a case: the case, its kind, the office, the directory, the day.

    ``chases`` are the waits a reminder is about, as its draft keeps them; ``before`` the earlier matters that could be
    read, each with its own complainant taken out.
    """

    case: Case
    kind: Kind
    office: Office
    directory: Directory
    today: date
    chases: tuple[str, ...] = ()
    before: tuple[Case, ...] = ()


def values_of(
    context: PaperContext,
    signer: Signer,
    whom: Addressee | None = None,
    given: Mapping[str, object] = NOTHING,
    about: Mapping[str, object] = NOTHING,
    *,
    private: bool,
) -> dict[str, object]:
    """Return the values a wording may name, plain (docs/papers.md lists them).

    ``given`` are the values typed for this paper, ``about`` what is known of the paper itself (``paper``,
    ``attachments``, ``copies``). ``private``: the complainant may be named.
    """
    office = context.office
    owner = office.coordinator(context.case.owner)
    return {
        **_matter(context, whom, given, about, private=private),
        "kind": plain(context.kind),
        "office": plain(office),
        "minister": plain(office.minister),
        "owner": plain(owner),
        "group": plain(office.group(owner.group)) if owner else None,
        "signer": plain(signer),
        "voice": plain(voice_of(office, signer)),
        "today": context.today,
    }


def _matter(
    context: PaperContext,
    whom: Addressee | None,
    given: Mapping[str, object],
    about: Mapping[str, object],
    *,
    private: bool,
) -> dict[str, object]:
    """Return the values that come from the case, the complainant only where they may be named."""
    case, directory = _with_sender(context), context.directory
    person = case.complainant
    # Somebody who wants no name given on may still be written to by name.
    to_them = whom is not None and whom.reference == COMPLAINANT_REF
    withheld = person is not None and ((person.anonymous and not to_them) or not private)
    shown = case._replace(log=())
    redact: Redact = str  # a text as it is
    if withheld or not private:
        shown, redact = _without_complainant(shown, context.kind), redactor(case, context.kind)
    values = {
        "case": {**plain(shown), "fields": _read_fields(shown, context.kind)},
        "sender": _sender(case, context.kind, withheld=withheld),
        "issues": list(all_items(case.analysis.issues)),
        "facts": list(all_items(case.analysis.facts)),
        "laws": [law for law in all_items(case.analysis.law) if law not in BLANKS],
        "earlier": list(earlier_ids(case)),
        "earlier_matters": [_earlier_matter(id_, context.before) for id_ in earlier_ids(case)],
        "contacts": [_contact(case, e, directory) for e in case.happened() if e.did == "contact"],
        "ask": _ask(items_of(case.analysis.proposal)),
        "callees": _callees(case, directory),
        "earlier_paper": _earlier_paper(context, case, whom),
        "answer": _answer(case, directory),
        "decision": _decision(case),
        "given": dict(given),
        "paper": {},
        "attachments": [],
        "copies": [],
        **about,
    }
    # Who the paper is to stands on it whoever they are: their own name is not taken out.
    return {**{key: _redacted(value, redact) for key, value in values.items()}, "to": plain(whom)}


def _read_fields(case: Case, kind: Kind) -> dict[str, object]:
    """Return the fields of the kind, those that are days as days; a stroke says nothing, but in who goes: nobody."""
    days = {field.name for field in kind.fields if field.type == "date"}
    said = {name: "" if text in BLANKS and name != "attends" else text for name, text in case.fields.items()}
    return {name: _day(text) if name in days else text for name, text in said.items()}


def earlier_ids(case: Case) -> tuple[str, ...]:
    """The earlier matters of a case: those its analysis names, then those it is linked with."""
    linked = (link.case for link in case.links if link.as_ == "earlier")
    return tuple(dict.fromkeys((*case.analysis.earlier, *linked)))


def _earlier_matter(id_: str, before: Sequence[Case]) -> dict[str, object]:
    """An earlier matter: its number, and of one that could be read its subject, day and result."""
    case = next((one for one in before if one.id == id_), None)
    if case is None:
        return {"id": id_, "subject": "", "on": None, "result": ""}
    return {"id": id_, "subject": case.subject, "on": case.received.on, "result": case.report.result}


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _callees(case: Case, directory: Directory) -> list[dict[str, object]]:
    """The people and offices the plan and the contacts name, once each: the secretary to call, and what was agreed."""
    agreed = {e.with_: e.agreed or e.said for e in case.happened() if e.did == "contact"}
    references = (*(step.with_ for step in case.plan.steps), *agreed)
    found: list[dict[str, object]] = []
    for reference in dict.fromkeys(references):
        callee = find_callee(directory, spelled(case, reference))
        if callee is None:
            continue
        person, organisation = callee.person, callee.organisation
        chief = person.id if person else ""
        secretary = next((p for p in organisation.people if chief and p.secretary_of == chief), None)
        found.append({
            "name": callee.name(),
            "position": person.position if person else "",
            "secretary": secretary.name if secretary else "",
            "phone": secretary.phone if secretary and secretary.phone else callee.phone(),
            "agreed": agreed.get(reference, ""),
        })  # fmt: skip
    return found


def _earlier_paper(context: PaperContext, case: Case, whom: Addressee | None) -> dict[str, object] | None:
    """Return the paper a reminder is about: the one chased, else the oldest to them unanswered, else the last sent.

    ``due`` is the day the paper itself named (:func:`named_day`), none where it named none: a reply awaited by the
    office's own count was never told to anybody.
    """
    reference, chases = whom.reference if whom else "", context.chases
    sent = [p for p in papers_of(case) if p.sent and (not whom or reference in (p.with_, *p.among))]
    awaited = {o.entry.id: o.entry.with_ for o in open_promises(case)}
    waiting = {p.id: [i for i in p.waiting if not p.among or same_house(awaited.get(i, ""), reference)] for p in sent}
    unanswered = [p for p in sent if waiting[p.id]]
    if chases:
        found = [p for p in unanswered if any(_takes_the_place(case, i, chases) for i in waiting[p.id])]
    else:
        found = unanswered or sent[-1:]
    if not found:
        return None
    paper = found[0]
    subject = paper.numbered.subject if paper.numbered else ""
    return {
        "number": paper.number,
        "date": paper.dated,
        "subject": subject or case.subject,
        "due": named_day(paper) if paper in unanswered else None,
        "wording": paper.wording,
        "voice": _voice_of(context.office, paper),
        "reminded": sum(p.wording.startswith(REMINDER) for p in sent[sent.index(paper) + 1 :]),
    }


def _voice_of(office: Office, paper: Paper) -> str:
    """In whose name a paper of the log spoke; one of an unknown signer in that of the office."""
    signer = office.signer(paper.drafted.acting or paper.drafted.signer)
    return voice_of(office, signer).name if signer else office.names.th


def _takes_the_place(case: Case, wait: str, chases: Sequence[str]) -> bool:
    """Whether ``wait`` is one of those chased, or was promised in the place of one."""
    return not {wait, *(e.id for e in promised_before(case, wait))}.isdisjoint(chases)


def _answer(case: Case, directory: Directory) -> dict[str, object] | None:
    entry = next((e for e in reversed(case.happened()) if e.did == "reply"), None)
    if entry is None:
        return None
    callee = find_callee(directory, entry.with_)
    name = callee.organisation.name if callee else ""
    return {"ref": entry.ref, "dated": entry.dated, "said": entry.said, "from": name, "on": entry.day()}


def _decision(case: Case) -> dict[str, object] | None:
    entry = next((e for e in reversed(case.happened()) if e.did == "decide"), None)
    if entry is None:
        return None
    return {"by": entry.by, "what": entry.decision, "on": entry.day(), "paper": entry.paper}


def _redacted(value: object, redact: Redact) -> object:
    """Return a plain value with ``redact`` applied to every text in it."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {key: _redacted(item, redact) for key, item in value.items()}
    if isinstance(value, list):
        return [_redacted(item, redact) for item in value]
    return value


def _without_complainant(case: Case, kind: Kind) -> Case:
    private = private_fields(kind, case.fields)
    fields = {name: value for name, value in case.fields.items() if name not in private}
    return case._replace(complainant=None, fields=fields)


def _with_sender(context: PaperContext) -> Case:
    """The case with its sender by name where an entry of the directory was typed."""
    received = context.case.received
    return context.case._replace(received=received._replace(from_=sender_name(context.directory, received.from_)))


def _sender(case: Case, kind: Kind, *, withheld: bool) -> str:
    """The sender of the matter, as a paper may name them."""
    person = case.complainant
    if person and person.name and not withheld:
        return f"{person.name} ({COMPLAINANT})"
    if person and person.anonymous:
        return ANONYMOUS
    if case.received.from_ or not (person or kind.complainant):
        return case.received.from_
    return ANONYMOUS if person and person.name else UNNAMED


def _ask(proposals: Sequence[str]) -> str:
    """The verb of what the superior is asked (seed 002): that of the proposal; of several the one that takes most.

    Where a proposal has none of the verbs, they are all asked to be considered.
    """
    found = [match[1] if (match := _ASKED.search(proposal)) else "" for proposal in proposals]
    return min(found, key=_VERBS.index) if found and all(found) else CONSIDER


def _contact(case: Case, entry: Entry, directory: Directory) -> dict[str, object]:
    callee = find_callee(directory, spelled(case, entry.with_))
    name = callee.name() if callee else entry.with_
    return {
        "on": entry.day(),
        "with": name,
        "by": entry.by,
        "said": entry.said,
        "agreed": entry.agreed,
    }
