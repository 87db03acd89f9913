-- Views over the tables: observations, what may be compared with what, and everything again in Chinese.

-- A decimal as one writes it: 27370.500000 is 27370.5.
CREATE MACRO plain_number(v) AS rtrim(rtrim(v::DECIMAL(28, 10)::VARCHAR, '0'), '.');

-- The same with 万 from ten thousand on, where four decimals hold it: 27370 is 2.737万. Never rounded.
CREATE MACRO wan_number(v) AS CASE
  WHEN abs(v) >= 10000 AND v::DECIMAL(24, 6) = trunc(v::DECIMAL(24, 6)) THEN plain_number(v::DECIMAL(24, 6) * 0.0001) || '万'
  ELSE plain_number(v) END;

-- A region, year or indicator that a query is asked for, or an error where the warehouse has none of that name: an empty
-- answer would read as "nothing of the kind". Null stands for all. An indicator may be given by its name. The error is JSON
-- that connection.ts turns into a failure with that code.
CREATE MACRO the_region(r) AS CASE
  WHEN r IS NULL OR EXISTS (SELECT 1 FROM documents AS d0 WHERE d0.region = r) THEN r
  ELSE error(json_object('code', 'region-not-loaded', 'region', r,
    'known', (SELECT string_agg(DISTINCT d0.region, '、' ORDER BY d0.region) FROM documents AS d0))::VARCHAR) END;
CREATE MACRO the_year(r, y) AS CASE
  WHEN y IS NULL OR EXISTS (SELECT 1 FROM documents AS d0 WHERE d0.year = y AND (r IS NULL OR d0.region = r)) THEN y::INTEGER
  ELSE error(json_object('code', 'year-not-loaded', 'year', y,
    'known', (SELECT string_agg(DISTINCT d0.year, '、' ORDER BY d0.year) FROM documents AS d0 WHERE r IS NULL OR d0.region = r))::VARCHAR) END;
CREATE MACRO the_indicator(x) AS CASE
  WHEN x IS NULL THEN NULL
  WHEN EXISTS (SELECT 1 FROM indicators AS i0 WHERE x IN (i0.indicator_id, i0.name))
    THEN (SELECT min(i0.indicator_id) FROM indicators AS i0 WHERE x IN (i0.indicator_id, i0.name))
  ELSE error(json_object('code', 'indicator-not-in-catalogue', 'indicator', x,
    'near', (SELECT string_agg(i0.indicator_id || ' ' || i0.name, '、' ORDER BY i0.place) FROM (
      SELECT indicator_id, name, row_number() OVER (ORDER BY greatest(jaro_similarity(indicator_id, x), jaro_similarity(name, x)) DESC, indicator_id) AS place
      FROM indicators) AS i0 WHERE i0.place <= 3))::VARCHAR) END;

CREATE MACRO the_organisation(x) AS CASE
  WHEN EXISTS (SELECT 1 FROM item_orgs AS o0 WHERE x IN (o0.org, o0.agency_id)) THEN x
  ELSE error(json_object('code', 'organisation-not-loaded', 'organisation', x,
    'near', (SELECT string_agg(o0.org, '、' ORDER BY o0.place) FROM (
      SELECT org, row_number() OVER (ORDER BY jaro_similarity(org, x) DESC, org) AS place FROM (SELECT DISTINCT org FROM item_orgs)) AS o0 WHERE o0.place <= 3))::VARCHAR) END;
CREATE MACRO the_theme(x) AS CASE
  WHEN x IS NULL OR EXISTS (SELECT 1 FROM indicators AS i0 WHERE i0.theme = x) THEN x
  ELSE error(json_object('code', 'theme-unknown', 'theme', x,
    'known', (SELECT string_agg(DISTINCT i0.theme, '、' ORDER BY i0.theme) FROM indicators AS i0))::VARCHAR) END;

-- How a figure is printed in a table: ≥27370, 3—5, 各42400. A value that cannot be chosen shows as stated.
CREATE MACRO figure_text(sign, v, high, each) AS (CASE WHEN each THEN '各' ELSE '' END) || coalesce(sign, '') || plain_number(v) || coalesce('—' || plain_number(high), '');

-- prefecture is 地级.
CREATE MACRO level_name(level) AS CASE level WHEN 'province' THEN '省级' WHEN 'prefecture' THEN '地级' ELSE '县级' END;

-- 2021-06-30 is 截至6月30日.
CREATE MACRO as_of_words(d) AS CASE WHEN d IS NULL THEN '未注明截至日' ELSE '截至' || month(d) || '月' || day(d) || '日' END;

-- How much of its year is over at a day's end: by months at a month's end (June 30 is one half, as people reckon), else by days.
CREATE MACRO share_of_year(d) AS round(CASE
  WHEN d = last_day(d) THEN month(d) / 12
  ELSE dayofyear(d) / dayofyear(make_date(year(d), 12, 31)) END, 4)::DECIMAL(5, 4);

-- One row for each measure with an indicator, in the indicator's unit where that conversion is exact; a figure that
-- two indicators share stands under both.
CREATE VIEW observations AS
WITH facts AS (
  FROM measures WHERE indicator_id IS NOT NULL
  UNION ALL BY NAME
  SELECT m.* REPLACE (s.also_indicator_id AS indicator_id, s.also_basis AS basis)
  FROM measures m JOIN shared_bases s ON s.indicator_id = m.indicator_id AND s.basis = m.basis
),
linked AS (
  SELECT
    m.measure_id, m.region, d.region_code, d.region_level, m.year, m.indicator_id, i.name AS indicator, m.role, m.context, m.due,
    coalesce(c.value, m.value) AS value,
    coalesce(c.value_high, m.value_high) AS value_high,
    coalesce(c.unit, m.unit) AS unit,
    i.unit AS indicator_unit,
    c.measure_id IS NOT NULL AS is_converted,
    m.value AS stated_value, m.unit AS stated_unit,
    m.comparator, m.is_each, m.basis, b.name AS basis_name, b.ord AS basis_ord,
    d.as_of, m.document_id, m.item_id, m.seq, m.ord, m.subject, m.quote, m.corrected
  FROM facts m
  JOIN indicators i USING (indicator_id)
  JOIN indicator_bases b USING (indicator_id, basis)
  JOIN documents d USING (document_id)
  -- A conversion is into the unit of the measure's own indicator.
  LEFT JOIN measure_conversions c ON c.measure_id = m.measure_id AND c.unit = i.unit
),
-- The main basis of the year before it in the series tells whether the series breaks here.
series AS (
  SELECT region_code, indicator_id, role, year, arg_min(basis, basis_ord) AS basis
  FROM linked GROUP BY ALL
),
breaks AS (
  SELECT s.region_code, s.indicator_id, s.role, s.year, s.basis, s.earlier,
    s.earlier IS NOT NULL AND s.earlier <> s.basis AND r.verdict IS NULL AS is_break
  FROM (
    SELECT *, lag(basis) OVER (PARTITION BY region_code, indicator_id, role ORDER BY year) AS earlier FROM series
  ) s
  LEFT JOIN basis_relations r
    ON r.indicator_id = s.indicator_id AND r.basis = s.earlier AND r.other_basis = s.basis
)
SELECT
  l.measure_id, l.region, l.year, l.indicator_id, l.indicator, l.role, l.value, l.value_high, l.unit, l.comparator,
  l.is_each, l.basis, l.basis_name,
  CASE
    WHEN l.role = 'actual' AND l.as_of < make_date(l.year, 12, 31) THEN 'P'
    WHEN k.is_break AND k.basis = l.basis THEN 'B'
    WHEN l.basis_ord > 1 THEN 'D'
    ELSE 'A'
  END AS obs_status,
  nullif(concat_ws('；',
    CASE WHEN l.role = 'actual' AND l.as_of < make_date(l.year, 12, 31)
      THEN '截至' || year(l.as_of) || '年' || month(l.as_of) || '月' || day(l.as_of) || '日' END,
    CASE WHEN l.basis_ord > 1 OR (k.is_break AND k.basis = l.basis) THEN '口径：' || l.basis_name END,
    CASE WHEN l.is_converted THEN '原文为 ' || plain_number(l.stated_value) || ' ' || l.stated_unit
         WHEN l.unit <> l.indicator_unit THEN '计量单位为 ' || l.unit || '，不能换算为 ' || l.indicator_unit END,
    CASE WHEN l.is_each THEN '各数，不是合计' END,
    CASE WHEN l.corrected THEN '经更正' END
  ), '') AS note,
  l.context, l.due, l.as_of, l.region_code, l.region_level, l.document_id, l.item_id, l.seq, l.ord, l.subject, l.quote, l.corrected
FROM linked l
LEFT JOIN breaks k
  ON k.region_code = l.region_code AND k.indicator_id = l.indicator_id AND k.role = l.role AND k.year = l.year;
COMMENT ON VIEW observations IS '观测值：有指标的数值，一行一个；能精确换算的已换算为指标单位';

-- Values that cannot stand as they were printed, found by comparing them with their siblings. Nothing is changed: a person
-- looks at the source. Figures that are not there are in no comparison, completion or sum.
CREATE VIEW suspects AS
WITH siblings AS (
  -- Three figures or more beside it, of one unit and of one size: 22350例、14270例、15495例、13628例.
  SELECT m.measure_id, m.value, min(s.value) AS least, max(s.value) AS most, count(*) AS n,
    string_agg(plain_number(s.value) || s.unit, '、' ORDER BY s.ord) AS others
  FROM measures m
  JOIN measures s ON s.item_id = m.item_id AND s.context = m.context AND s.due IS NOT DISTINCT FROM m.due
    AND s.unit = m.unit AND s.role = m.role AND s.measure_id <> m.measure_id
  -- Counts only, and no round or small ones: standards of 280元 and 2375元 stand side by side, and so do 3个 and 30个.
  WHERE m.value % 100 <> 0 AND m.value_high IS NULL AND s.value >= 1000 AND NOT contains(m.unit, '/') AND NOT contains(m.unit, '元')
  GROUP BY m.measure_id, m.value
  HAVING count(*) >= 3 AND max(s.value) <= 3 * min(s.value)
),
-- A digit too many or too few: ten times out, and back in their range (give or take a fifth) without it.
digits AS (
  SELECT measure_id, 'digit' AS code,
    '同一处的' || n || '个数为' || others || '，此数约为其10' || CASE WHEN value > most THEN '倍' ELSE '分之一' END || '，疑多写或漏写一位数字' AS reason
  FROM siblings
  WHERE (value > 5 * most AND value / 10 BETWEEN least * 0.8 AND most * 1.2)
     OR (value * 5 < least AND value * 10 BETWEEN least * 0.8 AND most * 1.2)
),
-- Steps of a plan are cumulative: a later one is not below an earlier one.
steps AS (
  SELECT m.measure_id, m.value, m.unit, m.due, m.subject,
    lag(m.value) OVER step AS earlier_value, lag(m.due) OVER step AS earlier_due, b.additive
  FROM measures m JOIN indicator_bases b USING (indicator_id, basis)
  WHERE m.role = 'milestone' AND m.due IS NOT NULL AND m.value_high IS NULL AND NOT m.is_each
  WINDOW step AS (PARTITION BY m.item_id, m.indicator_id, m.basis, m.unit ORDER BY m.due, m.ord)
),
falling AS (
  SELECT measure_id, 'step' AS code,
    '节点目标是累计数，而' || month(due) || '月的' || plain_number(value) || unit || '小于' || month(earlier_due) || '月的' || plain_number(earlier_value) || unit AS reason
  FROM steps WHERE value < earlier_value AND due > earlier_due
),
shares AS (
  SELECT m.measure_id, 'share' AS code, '占比、覆盖率等不会超过100%' AS reason
  FROM measures m JOIN indicators i USING (indicator_id)
  WHERE m.unit = '%' AND i.unit = '%' AND m.value > 100 AND regexp_matches(i.name, '占比|覆盖率|合格率|处置率|签约|建档率|服务率')
)
SELECT f.code, m.region, m.year, m.document_id, m.item_id, m.seq, m.measure_id, m.context, m.indicator_id, m.value, m.unit, m.quote, f.reason
FROM (FROM digits UNION ALL FROM falling UNION ALL FROM shares) f JOIN measures m USING (measure_id);
COMMENT ON VIEW suspects IS '存疑：与同处的其他数相比明显不合的数值，只提示，不更改；核对后可在更正表中更正';
COMMENT ON COLUMN suspects.code IS '规则：digit 疑多写或漏写一位数字，step 累计节点变小，share 比例超过100%';
COMMENT ON COLUMN suspects.region IS '地区全称';
COMMENT ON COLUMN suspects.year IS '年份';
COMMENT ON COLUMN suspects.document_id IS '文件编号';
COMMENT ON COLUMN suspects.item_id IS '事项编号';
COMMENT ON COLUMN suspects.seq IS '所属事项的序号';
COMMENT ON COLUMN suspects.measure_id IS '数值编号';
COMMENT ON COLUMN suspects.context IS '所在文字：task 任务，milestone 节点，progress 进展';
COMMENT ON COLUMN suspects.indicator_id IS '指标编号';
COMMENT ON COLUMN suspects.value IS '数值，照原文';
COMMENT ON COLUMN suspects.unit IS '计量单位';
COMMENT ON COLUMN suspects.quote IS '原文摘录';
COMMENT ON COLUMN suspects.reason IS '存疑的理由';

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

-- What was attained against what was promised for the year, where indicator, basis and unit are the same; beside it the
-- share of the year gone by then, and the status in words, which may say something else than the numbers.
CREATE VIEW completions AS
WITH figures AS MATERIALIZED (FROM yearly_figures),
pairs AS (
  SELECT a.region, a.region_code, a.year, a.as_of, a.indicator_id, a.indicator AS subject, a.unit, a.basis, a.basis_name,
    t.value AS target_value, t.comparator AS target_comparator, t.unit AS target_unit, a.value AS actual_value, a.comparator AS actual_comparator,
    t.measure_ids AS target_measure_ids, a.measure_ids AS actual_measure_ids, i.direction,
    list_filter([
      CASE WHEN t.basis <> a.basis AND coalesce(r.verdict, '') <> 'comparable' THEN '口径不同：目标为' || t.basis_name || '，实际为' || a.basis_name END,
      CASE WHEN t.unit <> a.unit THEN '计量单位不同：目标为' || t.unit || '，实际为' || a.unit END,
      CASE WHEN t.is_each <> a.is_each THEN '一为各数，一为合计' END,
      CASE WHEN t.is_suspect OR a.is_suspect THEN '数值存疑' END,
      CASE WHEN t.is_range OR a.is_range THEN '为一个范围' WHEN t.value IS NULL THEN '目标有几个数值（' || array_to_string(t.stated_values, '、') || '），不能取舍'
           WHEN a.value IS NULL THEN '实际有几个数值（' || array_to_string(a.stated_values, '、') || '），不能取舍' END
    ], lambda reason: reason IS NOT NULL) AS obstacles,
    (t.basis <> a.basis)::INTEGER + (t.unit <> a.unit)::INTEGER AS distance, t.basis_ord + a.basis_ord AS distance_from_main
  FROM figures a
  JOIN figures t USING (region_code, year, indicator_id)
  JOIN indicators i USING (indicator_id)
  LEFT JOIN basis_relations r ON r.indicator_id = a.indicator_id AND r.basis = t.basis AND r.other_basis = a.basis
  WHERE a.role = 'actual' AND t.role = 'target'
  QUALIFY row_number() OVER (
    PARTITION BY a.region_code, a.year, a.indicator_id, a.basis, a.unit, a.as_of
    ORDER BY len(obstacles), distance, distance_from_main, t.basis, t.unit) = 1
),
-- Quantities without an indicator: those of one item that are called the same, if there is one of each.
unlinked AS (
  SELECT a.region, d.region_code, a.year, d.as_of, a.subject, a.unit,
    t.value AS target_value, t.comparator AS target_comparator, a.value AS actual_value, a.comparator AS actual_comparator,
    t.measure_id AS target_measure_id, a.measure_id AS actual_measure_id
  FROM measures a JOIN documents d USING (document_id)
  JOIN measures t ON t.item_id = a.item_id AND t.subject = a.subject AND t.unit = a.unit
  WHERE a.role = 'actual' AND t.role = 'target' AND a.indicator_id IS NULL AND t.indicator_id IS NULL
    AND NOT a.is_each AND NOT t.is_each AND a.value_high IS NULL AND t.value_high IS NULL
    AND a.measure_id NOT IN (SELECT measure_id FROM suspects) AND t.measure_id NOT IN (SELECT measure_id FROM suspects)
  QUALIFY count(*) OVER (PARTITION BY a.item_id, a.subject, a.unit) = 1
),
all_pairs AS (
  SELECT *, len(obstacles) = 0 AS is_comparable FROM pairs
  UNION ALL BY NAME
  SELECT * EXCLUDE (target_measure_id, actual_measure_id), unit AS target_unit, 'higher' AS direction,
    [target_measure_id] AS target_measure_ids, [actual_measure_id] AS actual_measure_ids, CAST([] AS VARCHAR[]) AS obstacles, true AS is_comparable
  FROM unlinked
),
places AS (
  SELECT u.actual_measure_ids, min(i.item_id) AS item_id, string_agg(DISTINCT i.status, '、' ORDER BY i.status) AS status
  FROM (SELECT DISTINCT actual_measure_ids, unnest(actual_measure_ids) AS measure_id FROM all_pairs) u
  JOIN measures m USING (measure_id) JOIN items i ON i.item_id = m.item_id
  GROUP BY u.actual_measure_ids
),
stated AS (
  SELECT p.*, l.status, l.item_id,
    -- Of %, 倍 and standards for each person there is no share of a year's work.
    p.unit IN ('%', '倍') OR contains(p.unit, '/') AS is_level,
    CASE
      WHEN NOT is_comparable OR actual_comparator IN ('<', '<=') THEN NULL
      -- 超3万份 may be more than 6万份, or not.
      WHEN actual_comparator IN ('>', '>=') AND actual_value < target_value THEN NULL
      WHEN direction = 'lower' AND target_comparator IN ('=', '~') THEN actual_value <= target_value
      WHEN target_comparator IN ('<', '<=') THEN actual_value < target_value OR (actual_value = target_value AND target_comparator = '<=' AND actual_comparator <> '>')
      WHEN target_comparator = '>' THEN actual_value > target_value OR (actual_value = target_value AND actual_comparator = '>')
      ELSE actual_value >= target_value
    END AS is_reached
  FROM all_pairs p JOIN places l USING (actual_measure_ids)
)
SELECT region, region_code, year, as_of, indicator_id, subject, basis, basis_name,
  target_value, target_comparator, target_unit, actual_value, actual_comparator, unit AS actual_unit,
  CASE WHEN is_comparable AND unit <> '%' AND direction <> 'lower' AND target_comparator NOT IN ('<', '<=') AND target_value > 0
    THEN round(actual_value::DOUBLE / target_value::DOUBLE, 6)::DECIMAL(24, 6) END AS completion,
  CASE WHEN is_comparable THEN actual_value - target_value END AS difference,
  CASE WHEN is_comparable THEN CASE WHEN unit = '%' THEN '个百分点' ELSE unit END END AS difference_unit,
  CASE WHEN NOT is_level THEN share_of_year(as_of) END AS year_share,
  is_reached, status,
  CASE
    WHEN is_reached AND status IS NOT NULL AND NOT regexp_matches(status, '^(已完成|完成|提前完成|超额完成)') THEN '数值已达到目标，状态为“' || status || '”'
    WHEN NOT is_reached AND regexp_matches(status, '^(已完成|完成|提前完成|超额完成)') THEN '数值未达到目标，状态为“' || status || '”'
  END AS disagreement,
  CASE WHEN is_comparable THEN 'comparable' ELSE 'not_comparable' END AS verdict,
  nullif(array_to_string(obstacles, '；'), '') AS reason,
  item_id, target_measure_ids, actual_measure_ids
FROM stated;
COMMENT ON VIEW completions IS '完成：同一地区、年份、指标、口径、单位的实际与目标，旁列年度已过去的份额和文字状态；不可比时不给完成率';
COMMENT ON COLUMN completions.region IS '地区全称';
COMMENT ON COLUMN completions.region_code IS '行政区划代码';
COMMENT ON COLUMN completions.year IS '年份';
COMMENT ON COLUMN completions.as_of IS '实际数的截至日';
COMMENT ON COLUMN completions.indicator_id IS '指标编号；无指标而在同一事项中名称、单位相同的两个数，此处为空';
COMMENT ON COLUMN completions.subject IS '指标名称；没有指标时为计量的对象';
COMMENT ON COLUMN completions.basis IS '实际数的口径';
COMMENT ON COLUMN completions.basis_name IS '口径名称';
COMMENT ON COLUMN completions.target_value IS '目标';
COMMENT ON COLUMN completions.target_comparator IS '目标的比较符';
COMMENT ON COLUMN completions.target_unit IS '目标的单位';
COMMENT ON COLUMN completions.actual_value IS '实际';
COMMENT ON COLUMN completions.actual_comparator IS '实际数的比较符';
COMMENT ON COLUMN completions.actual_unit IS '实际数的单位';
COMMENT ON COLUMN completions.completion IS '完成率，实际÷目标，如 0.5687；百分比和不可比的没有';
COMMENT ON COLUMN completions.difference IS '实际减目标';
COMMENT ON COLUMN completions.difference_unit IS '差额的单位，百分比之差为个百分点';
COMMENT ON COLUMN completions.year_share IS '截至日时年度已过去的份额，6月底为 0.5；标准、比例等不随时间累积的没有';
COMMENT ON COLUMN completions.is_reached IS '数值是否达到目标';
COMMENT ON COLUMN completions.status IS '文件中的文字状态，如 按进度完成';
COMMENT ON COLUMN completions.disagreement IS '数值与文字状态不一致之处';
COMMENT ON COLUMN completions.verdict IS 'comparable 可比，not_comparable 不可比';
COMMENT ON COLUMN completions.reason IS '不可比的理由';
COMMENT ON COLUMN completions.item_id IS '实际数所在的事项';
COMMENT ON COLUMN completions.target_measure_ids IS '目标的数值编号';
COMMENT ON COLUMN completions.actual_measure_ids IS '实际的数值编号';

-- Steps of a plan are cumulative, whether they say 累计 or not: the last of them counts, and they are never added.
CREATE VIEW plan_steps AS
SELECT o.region, o.region_code, o.year, o.document_id, o.item_id, o.seq, o.indicator_id, o.indicator, o.basis, o.basis_name,
  o.due, o.comparator, o.value, o.unit,
  last_value(o.value) OVER step AS final_value, last_value(o.unit) OVER step AS final_unit, last_value(o.due) OVER step AS final_due,
  row_number() OVER (PARTITION BY o.item_id, o.indicator_id, o.basis, o.unit ORDER BY o.due, o.ord) AS step_no,
  CASE WHEN o.value_high IS NULL AND NOT o.is_each AND final_value > 0 THEN round(o.value::DOUBLE / final_value::DOUBLE, 6)::DECIMAL(24, 6) END AS share_of_final,
  o.quote, o.measure_id
FROM observations o
WHERE o.role = 'milestone' AND o.due IS NOT NULL
WINDOW step AS (PARTITION BY o.item_id, o.indicator_id, o.basis, o.unit ORDER BY o.due, o.ord ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING);
COMMENT ON VIEW plan_steps IS '节点目标：有指标的节点数，均为累计数；取到某日为止的最后一个，不得相加';
COMMENT ON COLUMN plan_steps.region IS '地区全称';
COMMENT ON COLUMN plan_steps.region_code IS '行政区划代码';
COMMENT ON COLUMN plan_steps.year IS '年份';
COMMENT ON COLUMN plan_steps.document_id IS '文件编号';
COMMENT ON COLUMN plan_steps.item_id IS '事项编号';
COMMENT ON COLUMN plan_steps.seq IS '序号';
COMMENT ON COLUMN plan_steps.indicator_id IS '指标编号';
COMMENT ON COLUMN plan_steps.indicator IS '指标名称';
COMMENT ON COLUMN plan_steps.basis IS '口径';
COMMENT ON COLUMN plan_steps.basis_name IS '口径名称';
COMMENT ON COLUMN plan_steps.due IS '节点日期';
COMMENT ON COLUMN plan_steps.comparator IS '比较符';
COMMENT ON COLUMN plan_steps.value IS '到该日应累计达到的数';
COMMENT ON COLUMN plan_steps.unit IS '计量单位';
COMMENT ON COLUMN plan_steps.final_value IS '最后一个节点的数，即全年';
COMMENT ON COLUMN plan_steps.final_unit IS '最后一个节点的单位';
COMMENT ON COLUMN plan_steps.final_due IS '最后一个节点的日期';
COMMENT ON COLUMN plan_steps.step_no IS '第几个节点';
COMMENT ON COLUMN plan_steps.share_of_final IS '占最后一个节点的份额';
COMMENT ON COLUMN plan_steps.quote IS '原文摘录';
COMMENT ON COLUMN plan_steps.measure_id IS '数值编号';

-- What became of the items from one year to the next that has documents of the region. An item that lacks a link to the
-- year before, but has one to a year before that, was taken up again: calling it new would mislead.
CREATE VIEW item_continuity AS
WITH placed AS (
  SELECT i.item_id, i.year, d.region_code, d.region FROM items i JOIN documents d USING (document_id)
),
neighbours AS (
  SELECT region_code, any_value(region) AS region, year AS later_year,
    lag(year) OVER (PARTITION BY region_code ORDER BY year) AS earlier_year
  FROM placed GROUP BY region_code, year
  QUALIFY earlier_year IS NOT NULL
),
links AS (
  SELECT l.*, e.year AS earlier_item_year, i.region_code, i.year
  FROM item_links l JOIN placed i USING (item_id) JOIN placed e ON e.item_id = l.earlier_item_id
),
back AS (
  SELECT n.*, p.item_id, l.earlier_item_id, l.earlier_item_year, l.score, l.reason, l.corrected
  FROM neighbours n
  JOIN placed p ON p.region_code = n.region_code AND p.year = n.later_year
  LEFT JOIN links l USING (item_id)
  -- All links into the year before; where there is none, those into the latest year that has one.
  QUALIFY l.earlier_item_year IS NULL OR l.earlier_item_year = max(l.earlier_item_year) OVER (PARTITION BY p.item_id)
)
SELECT region, earlier_year, later_year,
  CASE WHEN earlier_item_id IS NULL THEN 'new' WHEN earlier_item_year = earlier_year THEN 'continued' ELSE 'resumed' END AS continuity,
  item_id, earlier_item_id, earlier_item_year, score, reason, corrected
FROM back
UNION ALL
SELECT n.region, n.earlier_year, n.later_year, 'dropped', NULL, p.item_id, p.year, NULL, NULL, NULL
FROM neighbours n
JOIN placed p ON p.region_code = n.region_code AND p.year = n.earlier_year
WHERE NOT EXISTS (FROM links l WHERE l.earlier_item_id = p.item_id AND l.year = n.later_year);
COMMENT ON VIEW item_continuity IS '事项变化：相邻两个有文件的年份之间，哪些事项延续 continued、恢复 resumed（上一年没有，更早年份有）、新增 new、退出 dropped';

-- The same in Chinese. Each view's columns are those of the table or view it renames.
CREATE VIEW 文件 AS SELECT document_id AS 文件编号, title AS 标题, region AS 地区, region_code AS 区划代码, region_level AS 地区级别,
  year AS 年份, kind AS 种类, as_of AS 截至日, issuer AS 发文机关, issued_on AS 成文日期, document_number AS 发文字号,
  declared_categories AS 自述件数, declared_items AS 自述项数, source_path AS 来源文件 FROM documents;
CREATE VIEW 事项 AS SELECT item_id AS 事项编号, document_id AS 文件编号, region AS 地区, year AS 年份, seq AS 序号, category_no AS 大类序号,
  category AS 大类, text AS 任务, lead_org AS 牵头单位, leader AS 分管领导, deadline AS 完成时限, deadline_text AS 完成时限原文,
  status AS 状态, progress AS 进展情况, source_ref AS 来源位置 FROM items;
CREATE VIEW 单位 AS SELECT item_id AS 事项编号, region AS 地区, year AS 年份, item_orgs.seq AS 次序, org AS 单位, agency_id AS 单位编号, is_lead AS 是否牵头
  FROM (SELECT item_id, ord AS seq, org, agency_id, is_lead FROM item_orgs) item_orgs JOIN items USING (item_id);
CREATE VIEW 责任人 AS SELECT item_id AS 事项编号, region AS 地区, year AS 年份, p.ord AS 次序, person AS 责任人, person_id AS 姓名
  FROM item_people p JOIN items USING (item_id);
CREATE VIEW 节点 AS SELECT item_id AS 事项编号, region AS 地区, year AS 年份, m.ord AS 次序, due AS 日期, m.text AS 节点任务
  FROM milestones m JOIN items USING (item_id);
CREATE VIEW 进展 AS SELECT i.item_id AS 事项编号, i.region AS 地区, i.year AS 年份, d.as_of AS 截至日, i.status AS 状态, i.progress AS 进展情况
  FROM items i JOIN documents d USING (document_id) WHERE i.progress IS NOT NULL;
CREATE VIEW 指标 AS SELECT indicator_id AS 指标编号, name AS 指标, name_en AS 英文名, unit AS 单位, direction AS 方向, theme AS 领域, definition AS 定义
  FROM indicators;
CREATE VIEW 数值 AS SELECT measure_id AS 数值编号, item_id AS 事项编号, region AS 地区, year AS 年份, context AS 所在文字, due AS 节点日期, role AS 性质,
  subject AS 对象, value AS 数值, value_high AS 上限, unit AS 单位, comparator AS 比较符, is_each AS 是否各数, quote AS 原文, indicator_id AS 指标编号,
  basis AS 口径, corrected AS 是否更正 FROM measures;
CREATE VIEW 观测值 AS SELECT region AS 地区, year AS 年份, indicator_id AS 指标编号, indicator AS 指标, role AS 性质, value AS 数值, value_high AS 上限,
  unit AS 单位, comparator AS 比较符, basis_name AS 口径, obs_status AS 状态, note AS 说明, document_id AS 文件编号, item_id AS 事项编号, quote AS 原文
  FROM observations;
CREATE VIEW 对比 AS SELECT region AS 地区, indicator_id AS 指标编号, indicator AS 指标, role AS 性质, earlier_year AS 较早年份, later_year AS 较晚年份,
  earlier_comparator AS 较早比较符, earlier_value AS 较早数值, earlier_unit AS 较早单位,
  later_comparator AS 较晚比较符, later_value AS 较晚数值, later_unit AS 较晚单位,
  difference AS 差额, difference_unit AS 差额单位, ratio AS 变化率, verdict AS 可比性, reason AS 理由 FROM comparisons;
CREATE VIEW 延续 AS SELECT l.item_id AS 事项编号, i.region AS 地区, i.year AS 年份, l.earlier_item_id AS 较早事项, e.year AS 较早年份, l.score AS 得分,
  l.reason AS 理由, l.corrected AS 是否人工认定
  FROM item_links l JOIN items i USING (item_id) JOIN items e ON e.item_id = l.earlier_item_id;
CREATE VIEW 事项变化 AS SELECT c.region AS 地区, c.earlier_year AS 较早年份, c.later_year AS 较晚年份,
  CASE c.continuity WHEN 'continued' THEN '延续' WHEN 'resumed' THEN '恢复' WHEN 'new' THEN '新增' ELSE '退出' END AS 情况,
  c.item_id AS 事项编号, i.text AS 任务, c.earlier_item_id AS 较早事项, c.earlier_item_year AS 较早事项年份, e.text AS 较早任务,
  c.score AS 得分, c.reason AS 理由
  FROM item_continuity c LEFT JOIN items i USING (item_id) LEFT JOIN items e ON e.item_id = c.earlier_item_id;
CREATE VIEW 年度数值 AS SELECT region AS 地区, year AS 年份, indicator_id AS 指标编号, indicator AS 指标, role AS 性质, basis_name AS 口径, comparator AS 比较符,
  value AS 数值, unit AS 单位, as_of AS 截至日, is_each AS 是否各数, is_sum AS 是否相加, is_range AS 是否范围, is_suspect AS 是否存疑,
  array_to_string(stated_values, '、') AS 原文数值 FROM yearly_figures;
CREATE VIEW 完成 AS SELECT region AS 地区, year AS 年份, as_of AS 截至日, indicator_id AS 指标编号, subject AS 指标, basis_name AS 口径,
  target_comparator AS 目标比较符, target_value AS 目标, target_unit AS 目标单位, actual_comparator AS 实际比较符, actual_value AS 实际, actual_unit AS 实际单位,
  completion AS 完成率, difference AS 差额, difference_unit AS 差额单位, year_share AS 时间份额, is_reached AS 是否达到, status AS 状态,
  disagreement AS 数值与状态不一致, verdict AS 可比性, reason AS 理由, item_id AS 事项编号 FROM completions;
CREATE VIEW 节点目标 AS SELECT region AS 地区, year AS 年份, item_id AS 事项编号, indicator_id AS 指标编号, indicator AS 指标, basis_name AS 口径, due AS 日期,
  comparator AS 比较符, value AS 累计数, unit AS 单位, final_value AS 全年数, final_due AS 最后日期, share_of_final AS 占全年份额, quote AS 原文 FROM plan_steps;
CREATE VIEW 存疑 AS SELECT code AS 规则, region AS 地区, year AS 年份, item_id AS 事项编号, measure_id AS 数值编号, context AS 所在文字, value AS 数值, unit AS 单位,
  quote AS 原文, reason AS 理由 FROM suspects;
CREATE VIEW 发现 AS SELECT document_id AS 文件编号, code AS 代码, severity AS 程度, place AS 位置, text AS 原文, message AS 说明 FROM findings;
