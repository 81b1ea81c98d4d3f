"""``make demo-full``: the whole board on made-up figures, in a data directory of its own.

Seeded workbooks of every province, old and new, of the nation and of some communes go through the
real pipeline in three runs. Every file says that its figures are synthetic.
"""
