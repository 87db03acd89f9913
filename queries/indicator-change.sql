-- title: 指标变化及能否比较
-- description: |
--   一个指标在同一地区两个年份之间的变化：双方数值、差额、变化率、能否比较和理由。
--   不可比的没有差额和变化率；附说明可比的，说明须与数字一起印出。
-- params:
--   indicator: { label: 指标编号或名称，如 rural-road-length }
--   region: { default: null, label: 地区；不填为全部 }
--   role: { default: target, values: [target, actual], label: 性质：target 目标，actual 实际 }
--   from: { type: integer, default: null, label: 较早年份；不填为全部 }
--   to: { type: integer, default: null, label: 较晚年份；不填为全部 }
-- examples:
--   - indicator-change --indicator rural-road-length --from 2020 --to 2025
--   - indicator-change --indicator elderly-meal-points
WITH p AS MATERIALIZED (SELECT the_indicator($indicator) AS indicator, the_region($region) AS region)
SELECT c.region AS 地区, c.indicator AS 指标, c.earlier_year AS 较早年份, c.later_year AS 较晚年份,
  c.earlier_comparator AS 较早比较符, c.earlier_value AS 较早数值, c.earlier_unit AS 较早单位, c.earlier_basis_name AS 较早口径,
  c.later_comparator AS 较晚比较符, c.later_value AS 较晚数值, c.later_unit AS 较晚单位, c.later_basis_name AS 较晚口径,
  c.difference AS 差额, c.difference_unit AS 差额单位, c.ratio AS 变化率, verdict_name(c.verdict) AS 可比性, c.reason AS 理由
FROM comparisons c, p
WHERE c.indicator_id = p.indicator AND c.role = $role AND (p.region IS NULL OR c.region = p.region)
  AND ($from IS NULL OR c.earlier_year = $from) AND ($to IS NULL OR c.later_year = $to)
ORDER BY c.region, c.earlier_year, c.later_year
