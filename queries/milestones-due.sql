-- title: 到某日应完成多少
-- description: |
--   按节点计划，到某月某日为止每个指标应累计达到的数：取该日及以前的最后一个节点，不把各节点相加。
--   只列归入指标的数；没有归入指标的节点任务不在其内，原文见表“节点”。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
--   day: { default: '06-30', label: 月-日 }
-- examples:
--   - milestones-due --region 开平市 --year 2024 --day 06-30
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year)
SELECT s.region AS 地区, s.year AS 年份, s.seq AS 序号, s.indicator AS 指标, s.due AS 节点日期, s.comparator AS 比较符, s.value AS 应累计, s.unit AS 单位,
  s.final_value AS 全年, s.share_of_final AS 占全年份额, s.quote AS 原文
FROM plan_steps s, p
WHERE s.due <= (s.year || '-' || $day)::DATE AND (p.region IS NULL OR s.region = p.region) AND (p.year IS NULL OR s.year = p.year)
QUALIFY row_number() OVER (PARTITION BY s.item_id, s.indicator_id, s.basis, s.unit ORDER BY s.step_no DESC) = 1
ORDER BY s.region, s.year, s.seq, s.indicator_id, s.basis
