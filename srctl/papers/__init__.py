"""Papers: wording to draft, proof-reading, signing, numbering, sending, reminding.

May use index, office and all below. Begin with :mod:`srctl.papers.composition`.
"""
