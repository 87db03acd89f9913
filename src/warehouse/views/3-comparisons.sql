-- One figure for each region, year, indicator, role, basis and unit; of actuals one for each day they are of. `value` is
-- null where the texts give several figures of which none can be preferred; then nothing is compared.
CREATE VIEW yearly_figures AS
WITH stated AS (
  SELECT o.*, b.additive, b.ord AS basis_ord, o.unit = i.unit AS in_own_unit,
    -- A target holds for the year whenever it was printed.
    CASE WHEN o.role = 'actual' THEN o.as_of END AS figure_as_of,
    o.measure_id IN (SELECT measure_id FROM suspects) AS is_suspect,
    figure_kind(b.kind, w.kind) AS kind
  FROM observations o
  JOIN indicators i USING (indicator_id)
  JOIN indicator_bases b USING (indicator_id, basis)
  LEFT JOIN measure_words w ON w.measure_id = o.measure_id
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
      WHEN any_value(additive) AND NOT bool_or(is_each) THEN TRY_CAST(sum(value) AS DECIMAL(24, 6))
    END AS value,
    count(DISTINCT value) > 1 AND NOT (count(*) > 2 AND max(value) * 2 = sum(value)) AS is_item_sum,
    CASE WHEN count(DISTINCT comparator) = 1 THEN any_value(comparator) END AS comparator,
    bool_or(is_each) AS is_each, bool_or(value_high IS NOT NULL) AS is_range, bool_or(is_suspect) AS is_suspect,
    -- One part of several years makes the whole one.
    coalesce(min(kind) FILTER (kind <> 'flow'), any_value(kind)) AS kind,
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
      WHEN count(*) > 1 AND any_value(additive) AND NOT bool_or(is_each) THEN TRY_CAST(sum(value) AS DECIMAL(24, 6))
      WHEN count(DISTINCT value) = 1 THEN any_value(value)
    END AS value,
    CASE WHEN count(DISTINCT comparator) = 1 AND count(*) = count(comparator) THEN any_value(comparator) END AS comparator,
    bool_or(is_each) AS is_each, bool_or(is_range) AS is_range, bool_or(is_suspect) AS is_suspect,
    coalesce(min(kind) FILTER (kind <> 'flow'), any_value(kind)) AS kind,
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
  figure_as_of AS as_of, bool_or(is_range) AS is_range, bool_or(is_suspect) AS is_suspect, region_code, region_level,
  coalesce(min(kind) FILTER (kind <> 'flow'), any_value(kind)) AS kind
FROM by_document GROUP BY ALL;
COMMENT ON VIEW yearly_figures IS '年度数值：每个地区、年份、指标、性质、口径、单位（实际数另按截至日）一个数；原文有多个数而不能取舍时 value 为空'
  ' | Yearly figures: one for each region, year, indicator, role, basis and unit (of actuals: and day); no value where several cannot be chosen from';
COMMENT ON COLUMN yearly_figures.region IS '地区全称 | Full name of the region';
COMMENT ON COLUMN yearly_figures.year IS '年份 | Year';
COMMENT ON COLUMN yearly_figures.indicator_id IS '指标编号 | Indicator id';
COMMENT ON COLUMN yearly_figures.indicator IS '指标名称 | Name of the indicator';
COMMENT ON COLUMN yearly_figures.role IS '性质：target 目标，actual 实际'
  ' | Role: target or actual';
COMMENT ON COLUMN yearly_figures.basis IS '口径编号 | Basis id';
COMMENT ON COLUMN yearly_figures.basis_name IS '口径名称 | Name of the basis';
COMMENT ON COLUMN yearly_figures.basis_ord IS '口径的次序；1 为主要口径'
  ' | Order of the basis; 1 is the main one';
COMMENT ON COLUMN yearly_figures.unit IS '计量单位 | Unit';
COMMENT ON COLUMN yearly_figures.in_own_unit IS '是否指标自己的计量单位'
  ' | Whether the unit is the indicator''s own';
COMMENT ON COLUMN yearly_figures.value IS '数值；原文有多个数而不能取舍时为空'
  ' | Value; null where the texts give several and none can be preferred | unit';
COMMENT ON COLUMN yearly_figures.comparator IS '比较符：>= 不少于，> 超过，= 等于，~ 约，<= 不超过，< 低于'
  ' | Comparator: >= at least, > more than, = exactly, ~ about, <= at most, < less than';
COMMENT ON COLUMN yearly_figures.is_each IS '是否“各”数，不是合计'
  ' | Whether it holds for each of several, and is no total';
COMMENT ON COLUMN yearly_figures.is_sum IS '是否由几个数相加而得'
  ' | Whether it is a sum of several figures';
COMMENT ON COLUMN yearly_figures.stated_values IS '原文的各个数 | The figures as stated | unit';
COMMENT ON COLUMN yearly_figures.measure_ids IS '所据的数值编号 | Measures it rests on';
COMMENT ON COLUMN yearly_figures.as_of IS '实际数的截至日；目标没有'
  ' | Day an actual is of; null for targets';
COMMENT ON COLUMN yearly_figures.is_range IS '是否为一个范围 | Whether it is a range';
COMMENT ON COLUMN yearly_figures.is_suspect IS '是否存疑（见 suspects）'
  ' | Whether it is suspect (see suspects)';
COMMENT ON COLUMN yearly_figures.region_code IS '行政区划代码（GB/T 2260）'
  ' | Code of the region by GB/T 2260';
COMMENT ON COLUMN yearly_figures.region_level IS '地区级别：province 省级，prefecture 地级，county 县级'
  ' | Level of the region: province, prefecture or county';
COMMENT ON COLUMN yearly_figures.kind IS '类型：flow 时期数，stock 时点数，cumulative 累计数，rate 比率，standard 标准；口径的类型，句中另有说明的从句'
  ' | What it is: flow, stock, cumulative, rate or standard, by its basis or where its sentence says otherwise';

-- Any two figures of an indicator and role, with what may be said about the pair. The other views on comparability
-- choose pairs from here, so that a rule stands in one place.
CREATE VIEW figure_pairs AS
WITH figures AS MATERIALIZED (
  SELECT f.*, reported_until(f.as_of, f.year) AS until, f.kind <> b.kind AS is_told_otherwise
  FROM yearly_figures f JOIN indicator_bases b USING (indicator_id, basis)
),
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
      CASE WHEN a.is_suspect THEN one || '的数值存疑（' || array_to_string(a.stated_values, '、') || a.unit || '）' END,
      CASE WHEN b.is_suspect THEN other || '的数值存疑（' || array_to_string(b.stated_values, '、') || b.unit || '）' END,
      CASE WHEN a.is_range THEN one || '为一个范围（' || array_to_string(a.stated_values, '、') || '）'
           WHEN a.value IS NULL THEN one || '有几个数值（' || array_to_string(a.stated_values, '、') || '），不能取舍' END,
      CASE WHEN b.is_range THEN other || '为一个范围（' || array_to_string(b.stated_values, '、') || '）'
           WHEN b.value IS NULL THEN other || '有几个数值（' || array_to_string(b.stated_values, '、') || '），不能取舍' END,
      CASE WHEN a.basis <> b.basis AND r.verdict IS NULL THEN '口径不同：' || one || '为' || a.basis_name || '，' || other || '为' || b.basis_name END,
      CASE WHEN a.unit <> b.unit THEN '计量单位不同：' || one || '为' || a.unit || '，' || other || '为' || b.unit END,
      CASE WHEN a.is_each <> b.is_each THEN '一为各数，一为合计' END,
      -- One year's work against that of several; bases of two kinds compare where the catalogue says so.
      CASE WHEN a.kind <> b.kind AND (a.is_told_otherwise OR b.is_told_otherwise)
        THEN '类型不同：' || one || '为' || figure_kind_name(a.kind) || '，' || other || '为' || figure_kind_name(b.kind) END,
      -- Half a year's work against a year's, or against half of another length.
      CASE WHEN a.role = 'actual' AND NOT coalesce(month(a.until) = month(b.until) AND (day(a.until) = day(b.until) OR (a.until = last_day(a.until) AND b.until = last_day(b.until))), false)
        THEN '时段不同：' || one || as_of_words(a.as_of, a.year) || '，' || other || as_of_words(b.as_of, b.year) END,
      -- At least 10 and at most 12 are promises of two kinds.
      CASE WHEN (a.comparator IN ('>', '>=') AND b.comparator IN ('<', '<=')) OR (a.comparator IN ('<', '<=') AND b.comparator IN ('>', '>='))
        THEN '一为下限，一为上限：' || one || '为“' || ca.words || '”，' || other || '为“' || cb.words || '”' END
    ], lambda reason: reason IS NOT NULL) AS obstacles,
    list_filter([
      CASE WHEN a.basis <> b.basis THEN r.note END,
      CASE WHEN a.is_sum THEN one || '为' || len(a.measure_ids) || '个数相加' END,
      CASE WHEN b.is_sum THEN other || '为' || len(b.measure_ids) || '个数相加' END,
      CASE WHEN a.is_each AND b.is_each THEN '均为各数，不是合计' END,
      CASE WHEN a.comparator <> b.comparator THEN '表述不同：' || one || '为' || coalesce('“' || nullif(ca.words, '') || '”', '确数') || '，' || other || '为' || coalesce('“' || nullif(cb.words, '') || '”', '确数') END,
      CASE WHEN a.role = 'actual' AND a.until < make_date(a.year, 12, 31) THEN '均' || as_of_words(a.as_of, a.year) || '，不是全年' END
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
    THEN TRY_CAST(round((later_value - earlier_value)::DOUBLE / earlier_value::DOUBLE, 6) AS DECIMAL(24, 6)) END AS ratio,
  nullif(array_to_string(CASE WHEN verdict = 'not_comparable' THEN obstacles ELSE notes END, '；'), '') AS reason
FROM judged;
COMMENT ON VIEW figure_pairs IS '数对：同一指标同一性质的任意两个年度数值，能否比较及理由；其他对比都从这里选取'
  ' | Pairs: any two yearly figures of an indicator and role, whether they compare, and why; all other comparisons choose from here';
COMMENT ON COLUMN figure_pairs.indicator_id IS '指标编号 | Indicator id';
COMMENT ON COLUMN figure_pairs.indicator IS '指标名称 | Name of the indicator';
COMMENT ON COLUMN figure_pairs.role IS '性质：target 目标，actual 实际 | Role: target or actual';
COMMENT ON COLUMN figure_pairs.earlier_region IS '前一个数的地区 | Region of the first figure';
COMMENT ON COLUMN figure_pairs.later_region IS '后一个数的地区 | Region of the second figure';
COMMENT ON COLUMN figure_pairs.earlier_region_code IS '前一个数的地区的行政区划代码'
  ' | Code of the first figure''s region';
COMMENT ON COLUMN figure_pairs.later_region_code IS '后一个数的地区的行政区划代码'
  ' | Code of the second figure''s region';
COMMENT ON COLUMN figure_pairs.earlier_unit IS '较早数值的单位 | Unit of the earlier value';
COMMENT ON COLUMN figure_pairs.later_unit IS '较晚数值的单位 | Unit of the later value';
COMMENT ON COLUMN figure_pairs.earlier_year IS '较早年份 | Earlier year';
COMMENT ON COLUMN figure_pairs.later_year IS '较晚年份；两地相比时可以相同'
  ' | Later year; the same where regions are compared';
COMMENT ON COLUMN figure_pairs.earlier_as_of IS '较早实际数的截至日'
  ' | Day the earlier actual is of';
COMMENT ON COLUMN figure_pairs.later_as_of IS '较晚实际数的截至日 | Day the later actual is of';
COMMENT ON COLUMN figure_pairs.earlier_value IS '较早数值 | Earlier value | earlier_unit';
COMMENT ON COLUMN figure_pairs.later_value IS '较晚数值 | Later value | later_unit';
COMMENT ON COLUMN figure_pairs.earlier_comparator IS '较早数值的比较符'
  ' | Comparator of the earlier value';
COMMENT ON COLUMN figure_pairs.later_comparator IS '较晚数值的比较符'
  ' | Comparator of the later value';
COMMENT ON COLUMN figure_pairs.earlier_basis IS '较早数值的口径 | Basis of the earlier value';
COMMENT ON COLUMN figure_pairs.later_basis IS '较晚数值的口径 | Basis of the later value';
COMMENT ON COLUMN figure_pairs.earlier_basis_name IS '较早数值的口径名称'
  ' | Name of the earlier value''s basis';
COMMENT ON COLUMN figure_pairs.later_basis_name IS '较晚数值的口径名称'
  ' | Name of the later value''s basis';
COMMENT ON COLUMN figure_pairs.earlier_measure_ids IS '较早数值所据的数值编号'
  ' | Measures the earlier value rests on';
COMMENT ON COLUMN figure_pairs.later_measure_ids IS '较晚数值所据的数值编号'
  ' | Measures the later value rests on';
COMMENT ON COLUMN figure_pairs.distance_from_main IS '离主要口径和指标单位有多远，供选取'
  ' | How far from the main bases and the indicator''s unit, for choosing';
COMMENT ON COLUMN figure_pairs.earlier_basis_ord IS '较早数值的口径的次序'
  ' | Order of the earlier value''s basis';
COMMENT ON COLUMN figure_pairs.verdict IS '可比性：comparable 可比，with_note 附说明可比，not_comparable 不可比'
  ' | Verdict: comparable, with_note (with the reason beside it), not_comparable';
COMMENT ON COLUMN figure_pairs.difference IS '差额：较晚减较早；不可比时没有'
  ' | Later less earlier; none where they do not compare | difference_unit';
COMMENT ON COLUMN figure_pairs.difference_unit IS '差额的单位，百分比之差为个百分点'
  ' | Unit of the difference; percentage points for percentages';
COMMENT ON COLUMN figure_pairs.ratio IS '变化率：差额除以较早数值；百分比和不可比的没有'
  ' | Difference over the earlier value; none for percentages and what does not compare | 1 = 100%';
COMMENT ON COLUMN figure_pairs.reason IS '理由或说明 | Reason, or the note to print beside it';

-- Each pair of years of a region's indicator. The pair of figures chosen is the most comparable one, then the one of the
-- catalogue's main basis, then the latest. Where the verdict is not_comparable, difference and ratio are null, in every
-- output.
CREATE VIEW comparisons AS
SELECT
  earlier_region AS region, indicator_id, indicator, role, earlier_year, later_year,
  earlier_value, earlier_unit, earlier_comparator, earlier_basis, earlier_basis_name,
  later_value, later_unit, later_comparator, later_basis, later_basis_name,
  difference, difference_unit, ratio, verdict, reason, earlier_measure_ids, later_measure_ids,
  earlier_as_of, later_as_of, earlier_region_code AS region_code
FROM figure_pairs
WHERE earlier_region_code = later_region_code AND later_year > earlier_year
QUALIFY row_number() OVER (
  PARTITION BY earlier_region_code, indicator_id, role, earlier_year, later_year
  ORDER BY CASE verdict WHEN 'comparable' THEN 1 WHEN 'with_note' THEN 2 ELSE 3 END, distance_from_main, earlier_basis_ord,
    earlier_as_of DESC, later_as_of DESC, earlier_basis, later_basis, earlier_unit, later_unit
) = 1;
COMMENT ON VIEW comparisons IS '对比：同一地区同一指标两个年份的数值，能否比较及理由；不可比时不给差额和变化率'
  ' | Comparisons: figures of two years of a region''s indicator, whether they compare, and why; no difference where they do not';
COMMENT ON COLUMN comparisons.region IS '地区全称 | Full name of the region';
COMMENT ON COLUMN comparisons.indicator_id IS '指标编号 | Indicator id';
COMMENT ON COLUMN comparisons.indicator IS '指标名称 | Name of the indicator';
COMMENT ON COLUMN comparisons.role IS '性质：target 目标，actual 实际 | Role: target or actual';
COMMENT ON COLUMN comparisons.earlier_year IS '较早年份 | Earlier year';
COMMENT ON COLUMN comparisons.later_year IS '较晚年份 | Later year';
COMMENT ON COLUMN comparisons.earlier_value IS '较早数值 | Earlier value | earlier_unit';
COMMENT ON COLUMN comparisons.earlier_unit IS '较早数值的单位 | Unit of the earlier value';
COMMENT ON COLUMN comparisons.earlier_comparator IS '较早数值的比较符'
  ' | Comparator of the earlier value';
COMMENT ON COLUMN comparisons.earlier_basis IS '较早数值的口径 | Basis of the earlier value';
COMMENT ON COLUMN comparisons.earlier_basis_name IS '较早数值的口径名称'
  ' | Name of the earlier value''s basis';
COMMENT ON COLUMN comparisons.later_value IS '较晚数值 | Later value | later_unit';
COMMENT ON COLUMN comparisons.later_unit IS '较晚数值的单位 | Unit of the later value';
COMMENT ON COLUMN comparisons.later_comparator IS '较晚数值的比较符'
  ' | Comparator of the later value';
COMMENT ON COLUMN comparisons.later_basis IS '较晚数值的口径 | Basis of the later value';
COMMENT ON COLUMN comparisons.later_basis_name IS '较晚数值的口径名称'
  ' | Name of the later value''s basis';
COMMENT ON COLUMN comparisons.difference IS '差额：较晚减较早；不可比时没有'
  ' | Later less earlier; none where they do not compare | difference_unit';
COMMENT ON COLUMN comparisons.difference_unit IS '差额的单位，百分比之差为个百分点'
  ' | Unit of the difference; percentage points for percentages';
COMMENT ON COLUMN comparisons.ratio IS '变化率：差额除以较早数值；百分比和不可比的没有'
  ' | Difference over the earlier value; none for percentages and what does not compare | 1 = 100%';
COMMENT ON COLUMN comparisons.verdict IS '可比性：comparable 可比，with_note 附说明可比，not_comparable 不可比'
  ' | Verdict: comparable, with_note (with the reason beside it), not_comparable';
COMMENT ON COLUMN comparisons.reason IS '理由或说明 | Reason, or the note to print beside it';
COMMENT ON COLUMN comparisons.earlier_measure_ids IS '较早数值所据的数值编号'
  ' | Measures the earlier value rests on';
COMMENT ON COLUMN comparisons.later_measure_ids IS '较晚数值所据的数值编号'
  ' | Measures the later value rests on';
COMMENT ON COLUMN comparisons.earlier_as_of IS '较早实际数的截至日 | Day the earlier actual is of';
COMMENT ON COLUMN comparisons.later_as_of IS '较晚实际数的截至日 | Day the later actual is of';
COMMENT ON COLUMN comparisons.region_code IS '行政区划代码（GB/T 2260）'
  ' | Code of the region by GB/T 2260';
