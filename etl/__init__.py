"""From a file that arrived to a published release. ``etl/pipeline.py`` is the map."""
