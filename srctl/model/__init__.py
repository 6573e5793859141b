"""What there is: the case, the kinds of matter, the people, as frozen values read from the office's files.

Pure: no disk, no clock. May use core. Begin with :mod:`srctl.model.case`.
"""
