-- title: 指标历年数值
-- description: |
--   一个指标各年的目标、实际和原有数值，带比较符、口径、状态、说明和原文。
--   口径、单位或时段不同的数不得相减；能否比较见 indicator-change。
-- params:
--   indicator: { label: 指标编号或名称，如 rural-road-length }
--   region: { default: null, label: 地区；不填为全部 }
-- examples:
--   - indicator-series --indicator food-sampling-per-thousand
--   - indicator-series --indicator elderly-integrated-care-rate --region 江门市
WITH p AS MATERIALIZED (SELECT the_indicator($indicator) AS indicator, the_region($region) AS region)
SELECT o.region AS 地区, o.year AS 年份, o.indicator AS 指标, role_name(o.role) AS 性质, o.comparator AS 比较符, o.value AS 数值, o.value_high AS 上限,
  o.unit AS 单位, o.is_each AS 是否各数, o.basis_name AS 口径, obs_status_name(o.obs_status) AS 状态, o.note AS 说明, o.as_of AS 截至日, o.item_id AS 事项编号, o.quote AS 原文
FROM observations o, p
WHERE o.indicator_id = p.indicator AND (p.region IS NULL OR o.region = p.region) AND o.role <> 'milestone'
ORDER BY o.region, o.year, o.seq, o.ord
