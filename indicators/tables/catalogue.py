"""What statisticians keep: localities, indicators, programmes and their targets."""

from __future__ import annotations

from datetime import date

import pandera.polars as pa

from indicators.tables.base import Decimal9, Float, Int, Table, Text


class Localities(Table):
    """Địa phương; one row per unit and validity. Key: ``locality_id`` = ``code@geo_version``."""

    locality_id: Text = pa.Field(unique=True)  # "VN", "33@2025", "RRD@2004"
    code: Text
    geo_version: Text  # "2004" (63 provinces), "2025" (34), "2003" (until 31/07/2008), "" for VN
    level: Text = pa.Field(isin=["national", "region", "province", "district", "commune"])
    type_vi: Text  # tỉnh, thành phố, quận, phường …
    name_vi: Text
    name_en: Text
    parent_id: Text = pa.Field(nullable=True)  # administrative parent; VN for provinces and regions
    region_id: Text = pa.Field(nullable=True)  # provinces only
    valid_from: date = pa.Field(nullable=True)
    valid_to: date = pa.Field(nullable=True)  # last day; null = still valid
    area_km2: Float = pa.Field(nullable=True)
    confidence: Text
    source: Text
    note: Text = pa.Field(nullable=True)


class LocalitySuccession(Table):
    """Which unit went into which, when. Key: (predecessor_id, successor_id)."""

    predecessor_id: Text
    successor_id: Text
    relation: Text = pa.Field(isin=["unchanged", "merged_whole", "whole", "part"])
    is_default: bool  # the one successor chosen when a split unit needs exactly one
    effective_date: date
    legal_basis: Text


class LocalityFormerStates(Table):
    """What was different of a unit before, its identity being the same.

    An empty type, name or parent was as in ``Localities``. An empty ``valid_from``: for as long as
    the unit is known. Key: (locality_id, valid_to); a unit's states do not overlap.
    """

    locality_id: Text
    type_vi: Text = pa.Field(nullable=True)
    name_vi: Text = pa.Field(nullable=True)
    name_en: Text = pa.Field(nullable=True)
    parent_id: Text = pa.Field(nullable=True)
    valid_from: date = pa.Field(nullable=True)
    valid_to: date  # last day
    legal_basis: Text  # the act that ended it
    confidence: Text
    source: Text


class LocalityEvents(Table):
    """Dated changes of units, for readers; the links themselves are in ``LocalitySuccession``."""

    effective_date: date
    level: Text = pa.Field(isin=["province", "district", "commune"])
    event: Text
    from_code: Text = pa.Field(nullable=True)
    from_name_vi: Text = pa.Field(nullable=True)
    to_codes: Text = pa.Field(nullable=True)
    to_names_vi: Text = pa.Field(nullable=True)
    legal_basis: Text
    confidence: Text


class Indicators(Table):
    """Chỉ tiêu thống kê. Key: ``indicator_id``."""

    indicator_id: Text = pa.Field(unique=True)  # e.g. SEX_RATIO_AT_BIRTH
    official_code: Text = pa.Field(nullable=True)  # mã số of the annex, once an office imports it
    group_no: Int
    group_vi: Text
    group_en: Text
    name_vi: Text
    name_en: Text
    unit_measure: Text  # CL_UNIT_MEASURE
    decimals: Int
    direction: Text = pa.Field(isin=["increase", "decrease", "maintain", "none"])
    formula_kind: Text = pa.Field(
        isin=["share", "ratio", "rate", "count", "mean", "index", "yes_no"]
    )
    formula_factor: Float = pa.Field(nullable=True)  # value = numerator / denominator × factor
    numerator_vi: Text = pa.Field(nullable=True)
    numerator_en: Text = pa.Field(nullable=True)
    denominator_vi: Text = pa.Field(nullable=True)
    denominator_en: Text = pa.Field(nullable=True)
    formula_text: Text = pa.Field(nullable=True)
    aggregation: Text = pa.Field(isin=["sum", "numerator_denominator", "weighted", "none"])
    weight_indicator_id: Text = pa.Field(nullable=True)
    # whose weight: of the same sex as the rate, or of one sex whatever the rate's
    weight_sex: Text = pa.Field(nullable=True, isin=["same", "F", "M", "_T"])
    # breakdowns of the rate that divide its denominator too, ";"-separated; by others no weight
    weight_dimensions: Text = pa.Field(nullable=True)
    # what is counted below the line: decides what may be rolled up and what jumps with the map
    denominator_kind: Text = pa.Field(
        nullable=True, isin=["bodies", "posts", "provinces", "districts", "communes"]
    )
    lower_limit: Float = pa.Field(nullable=True)  # natural limits, inclusive
    upper_limit: Float = pa.Field(nullable=True)
    optimum_lower: Float = pa.Field(nullable=True)  # natural band: better is not beyond it
    optimum_upper: Float = pa.Field(nullable=True)
    breakdowns: Text = pa.Field(nullable=True)  # expected dimensions, ";"-separated
    periodicity: Text  # as in the source: annual, 2y, 5y, 10y, quarterly, term
    publishing_period_years: Int  # one publishing period in years, for "old"
    source_families: Text  # CL_SOURCE_FAMILY codes, preferred first, ";"-separated
    owner_before_2025: Text = pa.Field(nullable=True)
    owner_from_2025: Text = pa.Field(nullable=True)
    data_source: Text = pa.Field(nullable=True)
    confidence: Text
    source: Text


class Programmes(Table):
    """Chiến lược, chương trình, kế hoạch. Key: ``programme_id``."""

    programme_id: Text = pa.Field(unique=True)  # e.g. NQ28-2021
    number: Text = pa.Field(nullable=True)  # "28/NQ-CP"
    issued_on: date = pa.Field(nullable=True)
    issuer_vi: Text = pa.Field(nullable=True)
    name_vi: Text
    name_en: Text
    locality_id: Text  # who it binds: VN, or the issuing locality
    valid_from_year: Int = pa.Field(nullable=True)
    valid_to_year: Int = pa.Field(nullable=True)
    confidence: Text
    source: Text
    note: Text = pa.Field(nullable=True)


class Targets(Table):
    """Chỉ tiêu của chiến lược, kế hoạch. Key: ``target_id``."""

    target_id: Text = pa.Field(unique=True)  # e.g. NSGE-4.1
    programme_id: Text
    parent_target_id: Text = pa.Field(nullable=True)  # set on the parts of a compound target
    counterpart_target_id: Text = pa.Field(nullable=True)  # national target a local one replaces
    # The target that this one stands for at its levels, as a yes or no ("ít nhất một cơ sở").
    local_form_of: Text = pa.Field(nullable=True)
    compound_rule: Text = pa.Field(nullable=True, isin=["all_parts"])  # set on the compound itself
    is_headline: bool  # a column of the board: one of the 20 of the Strategy, or its stand-in
    stands_in_for: Text = pa.Field(nullable=True)  # headline target whose place the office gave it
    objective_no: Int = pa.Field(nullable=True)
    objective_vi: Text = pa.Field(nullable=True)
    objective_en: Text = pa.Field(nullable=True)
    short_code: Text  # what a matrix header prints: "1.1", "4.1"
    name_vi: Text
    name_en: Text
    indicator_id: Text = pa.Field(nullable=True)
    sex: Text = pa.Field(nullable=True)  # series of the indicator that is judged
    age: Text = pa.Field(nullable=True)
    breakdown: Text = pa.Field(nullable=True)
    definition: Text = pa.Field(nullable=True)
    unit_measure: Text = pa.Field(nullable=True)
    direction: Text = pa.Field(nullable=True)
    baseline_year: Int = pa.Field(nullable=True)
    baseline_value: Decimal9 = pa.Field(nullable=True)
    locality_id: Text  # the locality it binds; VN = everywhere at the levels below
    applies_to_levels: Text  # ";"-separated: national;province;district;commune
    valid_from_year: Int = pa.Field(nullable=True)
    valid_to_year: Int = pa.Field(nullable=True)
    note: Text = pa.Field(nullable=True)
    confidence: Text
    source: Text
    confirmed_by: Text = pa.Field(nullable=True)  # office that checked the act itself
    confirmed_on: date = pa.Field(nullable=True)
    confirmed_page: Text = pa.Field(nullable=True)


class TargetMilestones(Table):
    """Mốc: what a target asks for in one year, as first issued and as adjusted later.

    Key: (target_id, milestone_year, version).
    """

    target_id: Text
    milestone_year: Int
    version: Int  # 1 = as first issued
    adopted_on: date = pa.Field(nullable=True)  # day of the adjusting document; null on version 1
    operator: Text = pa.Field(nullable=True, isin=[">=", ">", "<=", "<", "=", "range", "maintain"])
    target_value: Decimal9 = pa.Field(nullable=True)  # null: "the target has no number"
    target_upper: Decimal9 = pa.Field(nullable=True)  # upper end of a range
    is_approximate: bool  # the text says "khoảng"
    wording_vi: Text = pa.Field(nullable=True)  # the text's own words
    document_vi: Text = pa.Field(nullable=True)  # the adjusting document; null on version 1


class CodeItems(Table):
    """All code lists in one table. Key: (code_list, code)."""

    code_list: Text  # CL_SEX, CL_AGE, CL_OBS_STATUS, CL_CONF_STATUS, CL_UNIT_MEASURE, …
    code: Text
    name_vi: Text
    name_en: Text
    description: Text = pa.Field(nullable=True)


class Definitions(Table):
    """Measures of one indicator that must not share a line. Key: (indicator_id, definition)."""

    indicator_id: Text
    definition: Text
    name_vi: Text
    name_en: Text
    note: Text = pa.Field(nullable=True)
