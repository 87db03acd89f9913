-- title: 存疑的数值
-- description: |
--   与同处其他数相比明显不合的数值。只提示，不更改，也不参加任何计算；核对来源后可写进更正表。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - suspect-values --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year)
SELECT s.region AS 地区, s.year AS 年份, s.seq AS 序号, s.quote AS 原文, s.value AS 数值, s.unit AS 单位, s.reason AS 理由, s.measure_id AS 数值编号
FROM suspects s, p
WHERE (p.region IS NULL OR s.region = p.region) AND (p.year IS NULL OR s.year = p.year)
ORDER BY s.region, s.year, s.seq, s.measure_id
