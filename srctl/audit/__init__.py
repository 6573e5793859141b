"""Every file of the office judged, the machine looked at, hand edits adopted.

May use everything but a face. Begin with :mod:`srctl.audit.inspection`.
"""
