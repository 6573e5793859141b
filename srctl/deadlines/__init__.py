"""When something falls due and why: counting, pauses, rules in force, what moved, the explanation.

Pure: today is passed in. May use core, model and workflow. Begin with :mod:`srctl.deadlines.rules`.
"""
