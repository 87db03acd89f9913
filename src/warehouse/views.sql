-- Views over the tables: observations, what may be compared with what, and everything again in Chinese.

-- A decimal as one writes it: 27370.500000 is 27370.5.
CREATE MACRO plain_number(v) AS rtrim(rtrim(v::DECIMAL(28, 10)::VARCHAR, '0'), '.');

-- The same with 万 from ten thousand on, where four decimals hold it: 27370 is 2.737万. Never rounded.
CREATE MACRO wan_number(v) AS CASE
  WHEN abs(v) >= 10000 AND v::DECIMAL(24, 6) = trunc(v::DECIMAL(24, 6)) THEN plain_number(v::DECIMAL(24, 6) * 0.0001) || '万'
  ELSE plain_number(v) END;

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
    m.measure_id, m.region, m.year, m.indicator_id, i.name AS indicator, m.role, m.context, m.due,
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
  SELECT region, indicator_id, role, year, arg_min(basis, basis_ord) AS basis
  FROM linked GROUP BY ALL
),
breaks AS (
  SELECT s.region, s.indicator_id, s.role, s.year, s.basis, s.earlier,
    s.earlier IS NOT NULL AND s.earlier <> s.basis AND r.verdict IS NULL AS is_break
  FROM (
    SELECT *, lag(basis) OVER (PARTITION BY region, indicator_id, role ORDER BY year) AS earlier FROM series
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
  l.context, l.due, l.document_id, l.item_id, l.seq, l.ord, l.subject, l.quote, l.corrected
FROM linked l
LEFT JOIN breaks k
  ON k.region = l.region AND k.indicator_id = l.indicator_id AND k.role = l.role AND k.year = l.year;
COMMENT ON VIEW observations IS '观测值：有指标的数值，一行一个；能精确换算的已换算为指标单位';

-- One figure for each region, year, indicator, role, basis and unit. `value` is null where the texts give several
-- figures of which none can be preferred; then nothing is compared.
CREATE VIEW yearly_figures AS
WITH stated AS (
  SELECT o.*, b.additive, b.ord AS basis_ord, o.unit = i.unit AS in_own_unit
  FROM observations o
  JOIN indicators i USING (indicator_id)
  JOIN indicator_bases b USING (indicator_id, basis)
  WHERE o.role IN ('target', 'actual')
),
by_document AS (
  SELECT
    region, year, indicator_id, indicator, role, basis, basis_name, basis_ord, unit, in_own_unit, document_id,
    CASE
      WHEN bool_or(value_high IS NOT NULL) OR count(DISTINCT comparator) > 1 OR count(DISTINCT is_each) > 1 THEN NULL
      WHEN count(*) > 1 AND any_value(additive) AND NOT bool_or(is_each) THEN sum(value)::DECIMAL(24, 6)
      WHEN count(DISTINCT value) = 1 THEN any_value(value)
    END AS value,
    CASE WHEN count(DISTINCT comparator) = 1 THEN any_value(comparator) END AS comparator,
    bool_or(is_each) AS is_each,
    count(*) > 1 AND any_value(additive) AND NOT bool_or(is_each) AS is_sum,
    list(plain_number(value) || coalesce('—' || plain_number(value_high), '') ORDER BY seq, ord) AS stated_values,
    list(measure_id ORDER BY seq, ord) AS measure_ids
  FROM stated GROUP BY ALL
)
SELECT
  region, year, indicator_id, indicator, role, basis, basis_name, basis_ord, unit, in_own_unit,
  CASE WHEN count(DISTINCT value) = 1 AND count(*) = count(value) THEN any_value(value) END AS value,
  CASE WHEN count(DISTINCT comparator) = 1 THEN any_value(comparator) END AS comparator,
  bool_or(is_each) AS is_each,
  bool_or(is_sum) AS is_sum,
  flatten(list(stated_values ORDER BY document_id)) AS stated_values,
  flatten(list(measure_ids ORDER BY document_id)) AS measure_ids
FROM by_document GROUP BY ALL;
COMMENT ON VIEW yearly_figures IS '年度数值：每个地区、年份、指标、性质、口径、单位一个数；原文有多个数而不能取舍时 value 为空';

-- Each pair of years of a region's indicator, with what may be said about it. The pair of figures chosen is the most
-- comparable one, then the one of the catalogue's main basis. Where the verdict is not_comparable, difference and
-- ratio are null, in every output.
CREATE VIEW comparisons AS
WITH pairs AS (
  SELECT
    a.region, a.indicator_id, a.indicator, a.role, a.unit AS earlier_unit, b.unit AS later_unit,
    a.year AS earlier_year, b.year AS later_year,
    a.value AS earlier_value, b.value AS later_value,
    a.comparator AS earlier_comparator, b.comparator AS later_comparator,
    a.basis AS earlier_basis, b.basis AS later_basis,
    a.measure_ids AS earlier_measure_ids, b.measure_ids AS later_measure_ids,
    (CASE WHEN a.in_own_unit THEN 0 ELSE 100 END) + (CASE WHEN b.in_own_unit THEN 0 ELSE 100 END)
      + a.basis_ord + b.basis_ord AS distance_from_main,
    a.basis_ord AS earlier_basis_ord,
    list_filter([
      CASE WHEN a.value IS NULL THEN a.year || '年有几个数值（' || array_to_string(a.stated_values, '、') || '），不能取舍' END,
      CASE WHEN b.value IS NULL THEN b.year || '年有几个数值（' || array_to_string(b.stated_values, '、') || '），不能取舍' END,
      CASE WHEN a.basis <> b.basis AND r.verdict IS NULL THEN '口径不同：' || a.year || '年为' || a.basis_name || '，' || b.year || '年为' || b.basis_name END,
      CASE WHEN a.unit <> b.unit THEN '计量单位不同：' || a.year || '年为' || a.unit || '，' || b.year || '年为' || b.unit END,
      CASE WHEN a.is_each <> b.is_each THEN '一为各数，一为合计' END
    ], lambda reason: reason IS NOT NULL) AS obstacles,
    list_filter([
      CASE WHEN a.basis <> b.basis THEN r.note END,
      CASE WHEN a.is_sum THEN a.year || '年为' || len(a.measure_ids) || '个数相加' END,
      CASE WHEN b.is_sum THEN b.year || '年为' || len(b.measure_ids) || '个数相加' END,
      CASE WHEN a.comparator <> b.comparator THEN '表述不同：' || a.year || '年为' || coalesce('“' || nullif(ca.words, '') || '”', '确数') || '，' || b.year || '年为' || coalesce('“' || nullif(cb.words, '') || '”', '确数') END
    ], lambda note: note IS NOT NULL) AS notes
  FROM yearly_figures a
  JOIN yearly_figures b
    ON b.region = a.region AND b.indicator_id = a.indicator_id AND b.role = a.role AND b.year > a.year
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
  region, indicator_id, indicator, role, earlier_year, later_year,
  earlier_value, earlier_unit, earlier_comparator, earlier_basis,
  later_value, later_unit, later_comparator, later_basis,
  CASE WHEN verdict <> 'not_comparable' THEN later_value - earlier_value END AS difference,
  CASE WHEN verdict = 'not_comparable' THEN NULL WHEN later_unit = '%' THEN '个百分点' ELSE later_unit END AS difference_unit,
  CASE WHEN verdict <> 'not_comparable' AND later_unit <> '%' AND earlier_value <> 0
    THEN round((later_value - earlier_value)::DOUBLE / earlier_value::DOUBLE, 6)::DECIMAL(24, 6) END AS ratio,
  verdict,
  nullif(array_to_string(CASE WHEN verdict = 'not_comparable' THEN obstacles ELSE notes END, '；'), '') AS reason,
  earlier_measure_ids, later_measure_ids
FROM judged
QUALIFY row_number() OVER (
  PARTITION BY region, indicator_id, role, earlier_year, later_year
  ORDER BY CASE verdict WHEN 'comparable' THEN 1 WHEN 'with_note' THEN 2 ELSE 3 END, distance_from_main, earlier_basis_ord,
    earlier_basis, later_basis, earlier_unit, later_unit
) = 1;
COMMENT ON VIEW comparisons IS '对比：同一地区同一指标两个年份的数值，能否比较及理由；不可比时不给差额和变化率';

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
CREATE VIEW 发现 AS SELECT document_id AS 文件编号, code AS 代码, severity AS 程度, place AS 位置, text AS 原文, message AS 说明 FROM findings;
