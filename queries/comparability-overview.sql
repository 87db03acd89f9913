-- title: 哪些指标能比较
-- description: |
--   一个地区每个多年出现的指标：哪几年有目标，几对年份可比、附说明可比、不可比，以及理由。
-- params:
--   region: { label: 地区 }
-- examples:
--   - comparability-overview --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region)
SELECT c.indicator_id AS 指标编号, c.indicator AS 指标,
  array_to_string(list_sort(list_distinct(flatten(list([c.earlier_year, c.later_year])))), '、') AS 年份,
  count(*) FILTER (c.verdict = 'comparable') AS 可比, count(*) FILTER (c.verdict = 'with_note') AS 附说明可比, count(*) FILTER (c.verdict = 'not_comparable') AS 不可比,
  string_agg(DISTINCT c.reason, '｜' ORDER BY c.reason) AS 理由
FROM comparisons c, p WHERE c.region = p.region AND c.role = 'target'
GROUP BY c.indicator_id, c.indicator ORDER BY c.indicator_id
