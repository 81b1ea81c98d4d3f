"""The domain: catalogue, localities in time, aggregation and assessment.

Pure code: it imports neither ``etl`` nor ``dashboard`` and opens no database. Both sides
import it; the tables of a release (:mod:`indicators.tables`) are all that they share.
"""
