"""When something falls due and why: counting, pauses, the rules that bind, what moved, the explanation.

Pure: today is passed in. May use core, model and workflow. Begin with :mod:`srctl.deadlines.rules`.
"""
