-- title: 离目标还差多少
-- description: |
--   目标减去截至某日的实际；已达到的为0，不可比的不给数。目标为“不少于”“超过”时，差的是到下限为止的数。
-- params:
--   indicator: { label: 指标编号或名称，如 rural-road-length }
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - remaining --indicator food-sampling-batches --region 江门市 --year 2021
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year, the_indicator($indicator) AS indicator)
SELECT c.region AS 地区, c.year AS 年份, c.as_of AS 截至日, c.subject AS 指标, c.basis_name AS 口径, c.target_comparator AS 目标比较符, c.target_value AS 目标,
  c.actual_value AS 实际, -- greatest() would make 0 of a difference that is not known.
  CASE WHEN c.verdict = 'comparable' AND c.target_comparator NOT IN ('<', '<=') AND (c.is_reached OR c.actual_comparator IN ('=', '~')) THEN greatest(-c.difference, 0) END AS 还差, c.difference_unit AS 单位,
  verdict_name(c.verdict) AS 可比性, c.reason AS 理由, c.item_id AS 事项编号
FROM completions c, p
WHERE c.indicator_id = p.indicator AND (p.region IS NULL OR c.region = p.region) AND (p.year IS NULL OR c.year = p.year)
ORDER BY c.region, c.year, c.as_of, c.verdict, c.basis
