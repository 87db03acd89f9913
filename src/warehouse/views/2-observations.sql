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
    WHEN l.role = 'actual' AND reported_until(l.as_of, l.year) < make_date(l.year, 12, 31) THEN 'P'
    WHEN k.is_break AND k.basis = l.basis THEN 'B'
    WHEN l.basis_ord > 1 THEN 'D'
    ELSE 'A'
  END AS obs_status,
  nullif(concat_ws('；',
    CASE WHEN l.role = 'actual' AND reported_until(l.as_of, l.year) < make_date(l.year, 12, 31)
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
COMMENT ON VIEW observations IS '观测值：有指标的数值，一行一个；能精确换算的已换算为指标单位'
  ' | Observations: one row for each measure with an indicator, in the indicator''s unit where that conversion is exact';
COMMENT ON COLUMN observations.measure_id IS '数值编号 | Measure';
COMMENT ON COLUMN observations.region IS '地区全称 | Full name of the region';
COMMENT ON COLUMN observations.year IS '年份 | Year';
COMMENT ON COLUMN observations.indicator_id IS '指标编号 | Indicator id';
COMMENT ON COLUMN observations.indicator IS '指标名称 | Name of the indicator';
COMMENT ON COLUMN observations.role IS '性质：target 目标，milestone 节点目标，actual 实际，baseline 原有'
  ' | Role: target, milestone, actual or baseline';
COMMENT ON COLUMN observations.value IS '数值；能精确换算的已换算为指标单位'
  ' | Value, in the indicator''s unit where that conversion is exact | unit';
COMMENT ON COLUMN observations.value_high IS '范围的上限 | Upper end of a range | unit';
COMMENT ON COLUMN observations.unit IS '计量单位 | Unit';
COMMENT ON COLUMN observations.comparator IS '比较符：>= 不少于，> 超过，= 等于，~ 约，<= 不超过，< 低于'
  ' | Comparator: >= at least, > more than, = exactly, ~ about, <= at most, < less than';
COMMENT ON COLUMN observations.is_each IS '是否“各”：对几个对象中的每一个成立，不是合计'
  ' | Whether the value holds for each of several, and is no total';
COMMENT ON COLUMN observations.basis IS '口径编号 | Basis id';
COMMENT ON COLUMN observations.basis_name IS '口径名称 | Name of the basis';
COMMENT ON COLUMN observations.obs_status IS '状态（SDMX）：A 正常，P 年度未满，D 不是主要口径，B 序列在此中断'
  ' | Status as in SDMX: A normal, P part of the year, D another than the main basis, B break in series';
COMMENT ON COLUMN observations.note IS '说明：截至日、口径、换算、更正等'
  ' | Note: day, basis, conversion, correction';
COMMENT ON COLUMN observations.context IS '所在文字：task 任务，milestone 节点，progress 进展'
  ' | Text it stands in: task, milestone or progress';
COMMENT ON COLUMN observations.due IS '所在节点的日期 | Day of the milestone it stands in';
COMMENT ON COLUMN observations.as_of IS '文件的进展截至日'
  ' | Day up to which its document reports progress';
COMMENT ON COLUMN observations.region_code IS '行政区划代码（GB/T 2260）'
  ' | Code of the region by GB/T 2260';
COMMENT ON COLUMN observations.region_level IS '地区级别：province 省级，prefecture 地级，county 县级'
  ' | Level of the region: province, prefecture or county';
COMMENT ON COLUMN observations.document_id IS '文件编号 | Document';
COMMENT ON COLUMN observations.item_id IS '事项编号 | Item';
COMMENT ON COLUMN observations.seq IS '所属事项的序号 | Number of the item';
COMMENT ON COLUMN observations.ord IS '在事项中的次序 | Order within the item';
COMMENT ON COLUMN observations.subject IS '对象：计量的是什么 | What is counted';
COMMENT ON COLUMN observations.quote IS '原文摘录，含比较词、数和单位'
  ' | Verbatim stretch with comparator, number and unit';
COMMENT ON COLUMN observations.corrected IS '是否经更正 | Whether it was corrected';

-- Values that cannot stand as they were printed, found by comparing them with their siblings. Nothing is changed: a person
-- looks at the source. Figures that are not there are in no comparison, completion or sum. Each reason is a sentence that can
-- be read alone: which number of which document and item, beside which others, and what to do.
CREATE VIEW suspects AS
WITH siblings AS (
  -- Three figures or more beside it, of one unit and of one size: 22350例、14270例、15495例、13628例.
  SELECT m.measure_id, m.value, min(s.value) AS least, max(s.value) AS most, count(*) AS n,
    array_to_string(list(s.subject || plain_number(s.value) || s.unit ORDER BY s.ord)[:6], '、') || CASE WHEN n > 6 THEN '等' ELSE '' END AS others
  FROM measures m
  JOIN items i ON i.item_id = m.item_id
  JOIN measures s ON s.item_id = m.item_id AND s.context = m.context AND s.due IS NOT DISTINCT FROM m.due
    AND s.unit = m.unit AND s.role = m.role AND s.measure_id <> m.measure_id
  -- Counts only, and no round or small ones: standards of 280元 and 2375元 stand side by side, and so do 3个 and 30个.
  WHERE m.value % 100 <> 0 AND m.value_high IS NULL AND s.value >= 1000 AND NOT contains(m.unit, '/') AND NOT contains(m.unit, '元')
    -- A whole is as large as its parts together, and may tell only some of them: 13571例（其中甲县1421例、…）.
    AND NOT regexp_matches(substr(coalesce(CASE m.context WHEN 'task' THEN i.text WHEN 'progress' THEN i.progress END, ''), m.span_end + 1, 6), '其中|包括|含')
  GROUP BY m.measure_id, m.value
  HAVING count(*) >= 3 AND max(s.value) <= 2 * min(s.value) AND sum(s.value) <> m.value
),
-- A digit too many or too few: ten times out, and back in their range (give or take a fifth) without it.
digits AS (
  SELECT measure_id, 'digit' AS code,
    '约为同一段中其他' || n || '个数（' || others || '）的' || CASE WHEN value > most THEN '10倍，疑多写一位数字' ELSE '十分之一，疑漏写一位数字' END AS what
  FROM siblings
  WHERE (value > 5 * most AND value / 10 BETWEEN least * 0.8 AND most * 1.2)
     OR (value * 5 < least AND value * 10 BETWEEN least * 0.8 AND most * 1.2)
),
-- Steps of a plan are cumulative: a later one is not below an earlier one.
steps AS (
  SELECT m.measure_id, m.value, m.unit, m.due, lag(m.value) OVER step AS earlier_value, lag(m.due) OVER step AS earlier_due
  FROM measures m
  WHERE m.indicator_id IS NOT NULL AND m.role = 'milestone' AND m.due IS NOT NULL AND m.value_high IS NULL AND NOT m.is_each
  WINDOW step AS (PARTITION BY m.item_id, m.indicator_id, m.basis, m.unit ORDER BY m.due, m.ord)
),
falling AS (
  SELECT measure_id, 'step' AS code,
    '小于前一个节点（' || day_words(earlier_due) || '）的' || plain_number(earlier_value) || unit || '，后一个节点的目标不应变小' AS what
  FROM steps WHERE value < earlier_value AND due > earlier_due
),
shares AS (
  SELECT m.measure_id, 'share' AS code, '超过100%，而' || i.name || '不会超过100%' AS what
  FROM measures m JOIN indicators i USING (indicator_id)
  WHERE m.unit = '%' AND i.unit = '%' AND m.value > 100 AND regexp_matches(i.name, '占比|覆盖率|合格率|处置率|签约|建档率|服务率')
)
SELECT f.code, m.region, m.year, m.document_id, m.item_id, m.seq, m.measure_id, m.context, m.indicator_id, m.value, m.unit, m.quote,
  m.region || m.year || '年第' || m.seq || '项' || CASE m.context WHEN 'milestone' THEN day_words(m.due) || '节点' ELSE context_name(m.context) END
    || '中' || coalesce('“' || nullif(m.subject, '') || '”', '') || '的' || plain_number(m.value) || m.unit || f.what || '；请核对《' || d.title || '》的原件。' AS reason
FROM (FROM digits UNION ALL FROM falling UNION ALL FROM shares) f JOIN measures m USING (measure_id) JOIN documents d USING (document_id);
COMMENT ON VIEW suspects IS '存疑：与同处的其他数相比明显不合的数值，只提示，不更改；核对后可在更正表中更正'
  ' | Suspects: values that do not fit the others beside them; flagged, never changed';
COMMENT ON COLUMN suspects.code IS '规则：digit 疑多写或漏写一位数字，step 累计节点变小，share 比例超过100%'
  ' | Rule: digit (one too many or too few), step (a cumulative milestone falls), share (more than 100%)';
COMMENT ON COLUMN suspects.region IS '地区全称 | Full name of the region';
COMMENT ON COLUMN suspects.year IS '年份 | Year';
COMMENT ON COLUMN suspects.document_id IS '文件编号 | Document';
COMMENT ON COLUMN suspects.item_id IS '事项编号 | Item';
COMMENT ON COLUMN suspects.seq IS '所属事项的序号 | Number of the item';
COMMENT ON COLUMN suspects.measure_id IS '数值编号 | Measure';
COMMENT ON COLUMN suspects.context IS '所在文字：task 任务，milestone 节点，progress 进展'
  ' | Text it stands in: task, milestone or progress';
COMMENT ON COLUMN suspects.indicator_id IS '指标编号 | Indicator';
COMMENT ON COLUMN suspects.value IS '数值，照原文 | Value as the text says | unit';
COMMENT ON COLUMN suspects.unit IS '计量单位 | Unit';
COMMENT ON COLUMN suspects.quote IS '原文摘录 | Verbatim stretch';
COMMENT ON COLUMN suspects.reason IS '存疑的理由：一句完整的话，写明哪个数、与哪些数不合、核对什么'
  ' | Why it is suspect: a whole sentence with the number, those it does not fit, and what to look at';
