"""Values of localities made from those of others: carried, rebuilt ("tổng hợp lại"), rolled up.

Counts are added up; rates are computed again from added numerators and denominators, or averaged
with the weight that their indicator names. A value that the unit reported itself always stands, a
split unit is never apportioned, and what cannot be made is listed with its reason.
``docs/methods/assessment.md`` §8 explains the rules with examples.
"""

from indicators.aggregation.derivation import Derived, derive_values
from indicators.aggregation.inputs import AggregationInputs

__all__ = ["AggregationInputs", "Derived", "derive_values"]
