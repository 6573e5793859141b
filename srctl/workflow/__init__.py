"""What happens to a case: stages and gates, the actions on it, what must be true of it, what a commit says.

Pure: from values to values. May use core and model. Begin with :mod:`srctl.workflow.stages`.
"""
