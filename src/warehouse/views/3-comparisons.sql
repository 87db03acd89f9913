-- One figure for each region, year, indicator, role, basis and unit; of actuals one for each day they are of. `value` is
-- null where the texts give several figures of which none can be preferred; then nothing is compared.
CREATE VIEW yearly_figures AS
WITH stated AS (
  SELECT o.*, b.additive, b.ord AS basis_ord, o.unit = i.unit AS in_own_unit,
    -- A target holds for the year whenever it was printed.
    CASE WHEN o.role = 'actual' THEN o.as_of END AS figure_as_of,
    o.measure_id IN (SELECT measure_id FROM suspects) AS is_suspect
  FROM observations o
  JOIN indicators i USING (indicator_id)
  JOIN indicator_bases b USING (indicator_id, basis)
  WHERE o.role IN ('target', 'actual')
),
-- An item that tells the whole and its parts (478条，其中…200条、…278条) states the whole; parts of another kind do not add up.
by_item AS (
  SELECT
    region, region_code, region_level, year, indicator_id, indicator, role, basis, basis_name, basis_ord, unit, in_own_unit,
    figure_as_of, document_id, item_id, additive,
    CASE
      WHEN bool_or(value_high IS NOT NULL) OR count(DISTINCT comparator) > 1 OR count(DISTINCT is_each) > 1 THEN NULL
      -- The same number twice may be said twice, or be two parts that are alike.
      WHEN any_value(additive) AND count(*) > 1 AND count(DISTINCT value) = 1 THEN NULL
      WHEN count(DISTINCT value) = 1 THEN any_value(value)
      WHEN any_value(additive) AND NOT bool_or(is_each) AND count(*) > 2 AND max(value) * 2 = sum(value) THEN max(value)
      WHEN any_value(additive) AND NOT bool_or(is_each) THEN sum(value)::DECIMAL(24, 6)
    END AS value,
    count(DISTINCT value) > 1 AND NOT (count(*) > 2 AND max(value) * 2 = sum(value)) AS is_item_sum,
    CASE WHEN count(DISTINCT comparator) = 1 THEN any_value(comparator) END AS comparator,
    bool_or(is_each) AS is_each, bool_or(value_high IS NOT NULL) AS is_range, bool_or(is_suspect) AS is_suspect,
    list(plain_number(value) || coalesce('—' || plain_number(value_high), '') ORDER BY seq, ord) AS stated_values,
    list(measure_id ORDER BY seq, ord) AS measure_ids
  FROM stated GROUP BY ALL
),
by_document AS (
  SELECT
    region, region_code, region_level, year, indicator_id, indicator, role, basis, basis_name, basis_ord, unit, in_own_unit,
    figure_as_of, document_id,
    CASE
      WHEN count(*) <> count(value) OR count(DISTINCT comparator) > 1 OR count(DISTINCT is_each) > 1 THEN NULL
      WHEN count(*) > 1 AND any_value(additive) AND NOT bool_or(is_each) THEN sum(value)::DECIMAL(24, 6)
      WHEN count(DISTINCT value) = 1 THEN any_value(value)
    END AS value,
    CASE WHEN count(DISTINCT comparator) = 1 AND count(*) = count(comparator) THEN any_value(comparator) END AS comparator,
    bool_or(is_each) AS is_each, bool_or(is_range) AS is_range, bool_or(is_suspect) AS is_suspect,
    any_value(additive) AND NOT bool_or(is_each) AND (count(*) > 1 OR bool_or(is_item_sum)) AS is_sum,
    flatten(list(stated_values ORDER BY item_id)) AS stated_values,
    flatten(list(measure_ids ORDER BY item_id)) AS measure_ids
  FROM by_item GROUP BY ALL
)
SELECT
  region, year, indicator_id, indicator, role, basis, basis_name, basis_ord, unit, in_own_unit,
  CASE WHEN count(DISTINCT value) = 1 AND count(*) = count(value) THEN any_value(value) END AS value,
  CASE WHEN count(DISTINCT comparator) = 1 AND count(*) = count(comparator) THEN any_value(comparator) END AS comparator,
  bool_or(is_each) AS is_each,
  bool_or(is_sum) AS is_sum,
  flatten(list(stated_values ORDER BY document_id)) AS stated_values,
  flatten(list(measure_ids ORDER BY document_id)) AS measure_ids,
  figure_as_of AS as_of, bool_or(is_range) AS is_range, bool_or(is_suspect) AS is_suspect, region_code, region_level
FROM by_document GROUP BY ALL;
COMMENT ON VIEW yearly_figures IS '年度数值：每个地区、年份、指标、性质、口径、单位（实际数另按截至日）一个数；原文有多个数而不能取舍时 value 为空';

-- Any two figures of an indicator and role, with what may be said about the pair. The other views on comparability
-- choose pairs from here, so that a rule stands in one place.
CREATE VIEW figure_pairs AS
WITH figures AS MATERIALIZED (FROM yearly_figures),
pairs AS (
  SELECT
    a.indicator_id, a.indicator, a.role,
    a.region AS earlier_region, b.region AS later_region, a.region_code AS earlier_region_code, b.region_code AS later_region_code,
    a.unit AS earlier_unit, b.unit AS later_unit,
    a.year AS earlier_year, b.year AS later_year,
    a.as_of AS earlier_as_of, b.as_of AS later_as_of,
    a.value AS earlier_value, b.value AS later_value,
    a.comparator AS earlier_comparator, b.comparator AS later_comparator,
    a.basis AS earlier_basis, b.basis AS later_basis, a.basis_name AS earlier_basis_name, b.basis_name AS later_basis_name,
    a.measure_ids AS earlier_measure_ids, b.measure_ids AS later_measure_ids,
    (CASE WHEN a.in_own_unit THEN 0 ELSE 100 END) + (CASE WHEN b.in_own_unit THEN 0 ELSE 100 END)
      + a.basis_ord + b.basis_ord AS distance_from_main,
    a.basis_ord AS earlier_basis_ord,
    -- How the two are called in a reason: by year, or by region and year.
    CASE WHEN a.region_code = b.region_code THEN '' ELSE a.region END || a.year || '年' AS one,
    CASE WHEN a.region_code = b.region_code THEN '' ELSE b.region END || b.year || '年' AS other,
    list_filter([
      CASE WHEN a.region_level <> b.region_level THEN '地区级别不同：' || a.region || '为' || level_name(a.region_level) || '，' || b.region || '为' || level_name(b.region_level) END,
      CASE WHEN a.is_suspect THEN one || '的数值存疑（' || array_to_string(a.stated_values, '、') || '）' END,
      CASE WHEN b.is_suspect THEN other || '的数值存疑（' || array_to_string(b.stated_values, '、') || '）' END,
      CASE WHEN a.is_range THEN one || '为一个范围（' || array_to_string(a.stated_values, '、') || '）'
           WHEN a.value IS NULL THEN one || '有几个数值（' || array_to_string(a.stated_values, '、') || '），不能取舍' END,
      CASE WHEN b.is_range THEN other || '为一个范围（' || array_to_string(b.stated_values, '、') || '）'
           WHEN b.value IS NULL THEN other || '有几个数值（' || array_to_string(b.stated_values, '、') || '），不能取舍' END,
      CASE WHEN a.basis <> b.basis AND r.verdict IS NULL THEN '口径不同：' || one || '为' || a.basis_name || '，' || other || '为' || b.basis_name END,
      CASE WHEN a.unit <> b.unit THEN '计量单位不同：' || one || '为' || a.unit || '，' || other || '为' || b.unit END,
      CASE WHEN a.is_each <> b.is_each THEN '一为各数，一为合计' END,
      -- Half a year's work against a year's, or against half of another length.
      CASE WHEN a.role = 'actual' AND (month(a.as_of), day(a.as_of)) IS DISTINCT FROM (month(b.as_of), day(b.as_of))
        THEN '时段不同：' || one || as_of_words(a.as_of) || '，' || other || as_of_words(b.as_of) END
    ], lambda reason: reason IS NOT NULL) AS obstacles,
    list_filter([
      CASE WHEN a.basis <> b.basis THEN r.note END,
      CASE WHEN a.is_sum THEN one || '为' || len(a.measure_ids) || '个数相加' END,
      CASE WHEN b.is_sum THEN other || '为' || len(b.measure_ids) || '个数相加' END,
      CASE WHEN a.is_each AND b.is_each THEN '均为各数，不是合计' END,
      CASE WHEN a.comparator <> b.comparator THEN '表述不同：' || one || '为' || coalesce('“' || nullif(ca.words, '') || '”', '确数') || '，' || other || '为' || coalesce('“' || nullif(cb.words, '') || '”', '确数') END,
      CASE WHEN a.role = 'actual' AND a.as_of < make_date(a.year, 12, 31) THEN '均' || as_of_words(a.as_of) || '，不是全年' END
    ], lambda note: note IS NOT NULL) AS notes
  FROM figures a
  JOIN figures b
    ON b.indicator_id = a.indicator_id AND b.role = a.role
    AND (b.year > a.year OR (b.year = a.year AND b.region_code > a.region_code))
  LEFT JOIN basis_relations r
    ON r.indicator_id = a.indicator_id AND r.basis = a.basis AND r.other_basis = b.basis
  LEFT JOIN comparators ca ON ca.comparator = a.comparator
  LEFT JOIN comparators cb ON cb.comparator = b.comparator
),
judged AS (
  SELECT *,
    CASE WHEN len(obstacles) > 0 THEN 'not_comparable' WHEN len(notes) > 0 THEN 'with_note' ELSE 'comparable' END AS verdict
  FROM pairs
)
SELECT
  * EXCLUDE (obstacles, notes, one, other),
  CASE WHEN verdict <> 'not_comparable' THEN later_value - earlier_value END AS difference,
  CASE WHEN verdict = 'not_comparable' THEN NULL WHEN later_unit = '%' THEN '个百分点' ELSE later_unit END AS difference_unit,
  CASE WHEN verdict <> 'not_comparable' AND later_unit <> '%' AND earlier_value <> 0
    THEN round((later_value - earlier_value)::DOUBLE / earlier_value::DOUBLE, 6)::DECIMAL(24, 6) END AS ratio,
  nullif(array_to_string(CASE WHEN verdict = 'not_comparable' THEN obstacles ELSE notes END, '；'), '') AS reason
FROM judged;
COMMENT ON VIEW figure_pairs IS '数对：同一指标同一性质的任意两个年度数值，能否比较及理由；其他对比都从这里选取';

-- Each pair of years of a region's indicator. The pair of figures chosen is the most comparable one, then the one of the
-- catalogue's main basis, then the latest. Where the verdict is not_comparable, difference and ratio are null, in every
-- output.
CREATE VIEW comparisons AS
SELECT
  earlier_region AS region, indicator_id, indicator, role, earlier_year, later_year,
  earlier_value, earlier_unit, earlier_comparator, earlier_basis,
  later_value, later_unit, later_comparator, later_basis,
  difference, difference_unit, ratio, verdict, reason, earlier_measure_ids, later_measure_ids,
  earlier_as_of, later_as_of, earlier_region_code AS region_code
FROM figure_pairs
WHERE earlier_region_code = later_region_code AND later_year > earlier_year
QUALIFY row_number() OVER (
  PARTITION BY earlier_region_code, indicator_id, role, earlier_year, later_year
  ORDER BY CASE verdict WHEN 'comparable' THEN 1 WHEN 'with_note' THEN 2 ELSE 3 END, distance_from_main, earlier_basis_ord,
    earlier_as_of DESC, later_as_of DESC, earlier_basis, later_basis, earlier_unit, later_unit
) = 1;
COMMENT ON VIEW comparisons IS '对比：同一地区同一指标两个年份的数值，能否比较及理由；不可比时不给差额和变化率';
