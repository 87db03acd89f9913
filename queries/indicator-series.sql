-- title: 指标历年数值
-- description: |
--   一个指标在一个地区各年的目标、实际和原有数值，带比较符、口径、状态、说明、事项和原文。
--   口径、单位或时段不同的数不得相减；能否比较见 indicator-change。
-- params:
--   indicator: { label: 指标编号或名称，如 rural-road-length }
--   region: { default: 江门市, label: 地区 }
-- examples: [indicator-series --indicator food-sampling-per-thousand]
SELECT o.year, o.indicator, o.role, o.comparator, o.value, o.value_high, o.unit, o.is_each, o.basis_name, o.obs_status,
  o.note, o.item_id, o.quote
FROM observations o
WHERE (o.indicator_id = $indicator OR o.indicator = $indicator) AND o.region = $region
  AND o.role IN ('target', 'actual', 'baseline')
ORDER BY o.year, o.seq, o.ord
