"""A paper read over before it goes: what is wrong, where, and what can be mended by itself.

Begin with :mod:`srctl.papers.proofing.review`.
"""
