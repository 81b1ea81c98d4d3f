"""Khám phá: any indicators of any localities, sexes, groups and years.

``choice`` reads the address, ``selection`` holds it against the release, ``gaps`` and ``points``
make of the figures what is drawn, ``pivot`` and ``listing`` what stands in the tables,
``telling`` what is said.
"""
