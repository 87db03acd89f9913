-- title: 历年都有的指标
-- description: |
--   一个地区每个有文件的年份都有目标的指标。各年口径不一定相同，能否比较见 indicator-change。
-- params:
--   region: { label: 地区 }
-- examples:
--   - indicators-in-all-years --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region),
years AS (SELECT count(DISTINCT d.year) AS n FROM documents d, p WHERE d.region = p.region)
SELECT o.indicator_id AS 指标编号, o.indicator AS 指标, list(DISTINCT o.year ORDER BY o.year)::VARCHAR AS 年份, count(DISTINCT o.basis) AS 口径数
FROM observations o, p, years
WHERE o.region = p.region AND o.role = 'target'
GROUP BY o.indicator_id, o.indicator, years.n HAVING count(DISTINCT o.year) = years.n
ORDER BY o.indicator_id
