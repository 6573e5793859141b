"""Standard paragraphs: texts an office uses again, by topic, with who approved each and until when it holds."""

from datetime import date

from srctl.core.records import NamedTuple
from srctl.core.thai import fold


class StandardParagraph(NamedTuple):
    """A file of ``templates/paragraphs``: ``text`` is what papers say on ``topic``, filled as a wording is.

    ``approved_by`` (an id of ``office.yaml``) approved it on ``approved_on``; it holds from that day up to and
    including ``expires``. Of one topic one text holds on any day.
    """

    format: int
    topic: str
    text: str
    approved_by: str
    approved_on: date
    expires: date
    category: str = ""

    def holds(self, day: date) -> bool:
        """Whether papers may use it on ``day``."""
        return self.approved_on <= day <= self.expires

    def is_of(self, topic: str) -> bool:
        """Whether it is the text of that topic, however it is typed."""
        return fold(self.topic) == fold(topic)

    def meets(self, other: "StandardParagraph") -> bool:
        """Whether both are texts of one topic on the same day."""
        return self.is_of(other.topic) and self.approved_on <= other.expires and other.approved_on <= self.expires
