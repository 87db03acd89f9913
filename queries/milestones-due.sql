-- title: 到某日应完成多少
-- description: |
--   按节点计划，到某月某日为止每一事项应达到的数，连同该节点的原文。
--   归入指标的数是累计数，取该日及以前的最后一个节点，不把各节点相加。没有归入指标的数（指标一栏为空）照节点原文，
--   取同一对象的最后一个，是否累计须看原文；各数不同对象，不得相加。到该日为止节点没有写明数值的事项只列节点原文，数为空，不是0。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
--   day: { default: '06-30', label: 月-日 }
-- examples:
--   - milestones-due --region 开平市 --year 2024 --day 06-30
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year),
nodes AS (
  SELECT i.region, i.year, i.item_id, i.seq, n.ord AS node, n.due, n.text
  FROM milestones n JOIN items i USING (item_id), p
  WHERE n.due <= (i.year || '-' || $day)::DATE AND (p.region IS NULL OR i.region = p.region) AND (p.year IS NULL OR i.year = p.year)
),
linked AS (
  SELECT s.item_id, s.indicator, NULL AS subject, s.due, s.comparator, s.value, s.value_high, s.is_each, s.unit, s.final_value, s.share_of_final,
    s.quote, s.indicator_id, s.basis, s.measure_id
  FROM plan_steps s WHERE (s.item_id, s.due) IN (SELECT (n.item_id, n.due) FROM nodes n)
  QUALIFY row_number() OVER (PARTITION BY s.item_id, s.indicator_id, s.basis, s.unit ORDER BY s.step_no DESC) = 1
),
others AS (
  SELECT m.item_id, m.subject, m.due, m.comparator, m.value, m.value_high, m.is_each, m.unit, m.quote, m.measure_id, m.ord
  FROM measures m
  WHERE m.context = 'milestone' AND m.role = 'milestone' AND m.indicator_id IS NULL AND (m.item_id, m.due) IN (SELECT (n.item_id, n.due) FROM nodes n)
),
-- 小区完成招标1个 in March is taken up by 小区完成招标工作6个 in June.
latest AS (
  SELECT o.* FROM others o
  WHERE NOT EXISTS (SELECT 1 FROM others l WHERE l.item_id = o.item_id AND l.unit = o.unit AND l.due > o.due AND (contains(l.subject, o.subject) OR contains(o.subject, l.subject)))
),
told AS (
  FROM linked
  UNION ALL BY NAME
  SELECT * EXCLUDE (ord), ord AS place FROM latest
),
numbered AS (
  SELECT n.region, n.year, n.seq, n.due, n.text, t.* EXCLUDE (item_id, due, measure_id)
  FROM told t JOIN measures m USING (measure_id)
  JOIN nodes n ON n.item_id = t.item_id AND n.due = t.due AND contains(n.text, t.quote)
  QUALIFY row_number() OVER (PARTITION BY t.measure_id, t.indicator_id ORDER BY n.node) = 1
),
without_number AS (
  SELECT region, year, seq, due, text FROM nodes n
  WHERE n.item_id NOT IN (SELECT t.item_id FROM told t)
  QUALIFY row_number() OVER (PARTITION BY n.item_id ORDER BY n.due DESC, n.node DESC) = 1
)
SELECT region AS 地区, year AS 年份, seq AS 序号, indicator AS 指标, subject AS 对象, due AS 节点日期, comparator AS 比较符, value AS 应达到, value_high AS 上限, is_each AS 是否各数, unit AS 单位,
  final_value AS 全年, share_of_final AS 占全年份额, quote AS 原文, text AS 节点原文
FROM (FROM numbered UNION ALL BY NAME FROM without_number)
ORDER BY region, year, seq, indicator_id NULLS LAST, basis, due, place
