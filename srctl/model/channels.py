"""The ways a matter comes in and the office turns to others: one list for file, prompts and help. Pure."""

from typing import Literal, get_args

Channel = Literal["", "voice", "phone", "line", "letter", "email", "fax", "web", "visit", "meeting", "paper"]

CHANNELS: tuple[Channel, ...] = tuple(c for c in get_args(Channel) if c)
_INCOMING_ONLY = ("voice", "web", "paper")
OUTGOING = tuple(c for c in CHANNELS if c not in _INCOMING_ONLY)
MESSAGES: tuple[Channel, ...] = ("line", "email", "fax")  # a text written out, to be sent by hand
