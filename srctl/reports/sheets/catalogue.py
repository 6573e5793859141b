"""The registry's sheets there are: what each is called, and what it is for."""

from srctl.core.decoding import Text
from srctl.core.i18n import _
from srctl.core.records import NamedTuple


class SheetKind(NamedTuple):
    """A sheet: its name as typed, its names in both languages, what it is for, what follows its name."""

    name: str
    label: Text
    about: str
    usage: str


def sheet_kinds() -> tuple[SheetKind, ...]:
    """All sheets, in the order of a matter's way through the registry."""
    return (
        SheetKind("stamp", Text("ตรารับ", "Stamp of receipt"),
                  _("office, register number, day and hour of a paper that came in"), "ID [ENTRY]"),
        SheetKind("receipt", Text("ใบรับเรื่อง", "Receipt"), _("for whoever brings a matter"), "ID"),
        SheetKind("endorsement", Text("เกษียนหนังสือ", "Order on the paper"),
                  _("a decision as it is written on the paper that came in"), "ID [ENTRY]"),
        SheetKind("cover", Text("ใบปะหน้าแฟ้มเสนอ", "Cover of a file"),
                  _("cover of the file that goes up, with the papers in it"), "ID [PAPER…]"),
        SheetKind("signing-list", Text("ใบเสนอลงนาม", "Letters to sign"),
                  _("all letters that wait for signature, of the cases named or of all"), "[ID…]"),
        SheetKind("office-copy", Text("สำเนาคู่ฉบับ", "Office copy"),
                  _("copy for the file, with who drafted, typed and read it over"), "ID [PAPER]"),
        SheetKind("certified-copy", Text("สำเนาถูกต้อง", "Certified copy"),
                  _("copy with the certification and who certifies"), "ID [PAPER] --by WHO"),
        SheetKind("envelope", Text("ซองและป้ายชื่อ", "Envelopes and labels"),
                  _("envelopes or labels for the addressees"), "ID… [PAPER…] --size c5|dl|labels"),
    )  # fmt: skip
