"""The case, the kinds of matter, the people: frozen values read from the files of the office.

Pure: no disk, no clock. May use core. Begin with :mod:`srctl.model.case`.
"""
