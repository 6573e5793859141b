"""Proof-reading of a paper before it is submitted: its faults, and the repair of mechanical ones.

Begin with :mod:`srctl.papers.proofing.review`.
"""
