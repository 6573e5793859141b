"""What the office shows of its work: registers, agendas, explained deadlines, what a changed rule moves.

May use papers, index, office and all below. Begin with :mod:`srctl.reports.registers`.
"""
