"""srctl: the matters of a minister's office, from order to finished memo, over plain files."""

__version__ = "0.2.0"
LOCAL = ".git/srctl"  # folder of srctl's own files in an office; never tracked
