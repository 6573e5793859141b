"""What happens to a case: stages and gates, actions, validation, the texts of log and commit.

Pure: from values to values. May use core and model. Begin with :mod:`srctl.workflow.stages`.
"""
