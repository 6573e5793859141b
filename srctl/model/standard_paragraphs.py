"""Standard paragraphs: texts an office uses again, by topic, with who approved each and until when it holds."""

from collections.abc import Iterator
from datetime import date

from srctl.core.decoding import Fault, fault_of
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import fold


class StandardParagraph(NamedTuple):
    """A file of ``templates/paragraphs``: ``text`` is what papers say on ``topic``, filled as a wording is.

    ``approved_by`` (an id of ``office.yaml``) approved it on ``approved_on``; it holds from that day up to and
    including ``expires``. Of one topic one text holds on any day. One that names neither is a sample that nobody
    approved, and holds on none.
    """

    format: int
    topic: str
    text: str
    approved_by: str = ""
    approved_on: date | None = None
    expires: date | None = None
    category: str = ""

    @property
    def begins(self) -> date:
        """The first day it holds; of one not approved a day that never comes."""
        return self.approved_on or date.max

    @property
    def ends(self) -> date:
        """The last day it holds."""
        return self.expires or date.max

    def holds(self, day: date) -> bool:
        """Whether papers may use it on ``day``."""
        return self.begins <= day <= self.ends

    def is_of(self, topic: str) -> bool:
        """Whether it is the text of that topic, however it is typed."""
        return fold(self.topic) == fold(topic)

    def meets(self, other: "StandardParagraph") -> bool:
        """Whether both are texts of one topic on the same day."""
        return self.is_of(other.topic) and self.begins <= other.ends and other.begins <= self.ends


def approval_faults(paragraph: StandardParagraph) -> Iterator[Fault]:
    """Yield what is wrong with its approval: told in part, or over before it began; a sample tells none of it."""
    approval = {key: getattr(paragraph, key) for key in ("approved_by", "approved_on", "expires")}
    if not any(approval.values()):
        return
    for key, given in approval.items():
        if not given:
            yield fault_of("missing", (key,))
    if paragraph.expires and paragraph.approved_on and paragraph.expires < paragraph.approved_on:
        hint = _("write the first day and the last, both included")
        yield Fault(("expires",), "order", _("it ends before it begins"), hint)
