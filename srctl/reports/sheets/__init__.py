"""The registry's sheets around the papers of a case: envelopes, copies, covers, stamps and receipts.

Each is laid out by a file of ``templates/layouts``, which also has the printed words; nothing of them is logged, for
they can be made again.
"""
