"""What statisticians keep: indicators, targets, localities, calendars, code lists, maps.

The files beside this module are the catalogue itself; README.md there says how to edit them.
"""

from indicators.catalogue.loading import Catalogue, load_catalogue

__all__ = ["Catalogue", "load_catalogue"]
