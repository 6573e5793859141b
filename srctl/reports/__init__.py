"""What the office shows of its work: registers, agendas, explained deadlines, effects of a changed rule.

May use papers, index, office and all below. Begin with :mod:`srctl.reports.registers`.
"""
