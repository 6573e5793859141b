"""srctl: the matters of a minister's office, from order to finished memo, over plain files."""

__version__ = "0.1.0"
