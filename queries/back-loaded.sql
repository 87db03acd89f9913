-- title: 压在最后的事项
-- description: |
--   节点计划中到某一节点为止尚未安排的份额：（全年 − 该节点）/ 全年。节点数是累计数。
--   只有年内从零计起的时期数有份额；时点数、历年累计数、比率在年初就不是零，份额为空。该节点没有写明数值的不算。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
--   node: { default: '09-30', label: 月-日，节点日期 }
-- examples:
--   - back-loaded --region 开平市 --year 2024
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year)
SELECT s.region AS 地区, s.year AS 年份, s.seq AS 序号, s.indicator AS 指标, s.value AS 该节点, s.final_value AS 全年, s.unit AS 单位,
  round(1 - s.share_of_final, 4)::DECIMAL(8, 4) AS 尚未安排份额
FROM plan_steps s, p
WHERE s.due = (s.year || '-' || $node)::DATE AND s.final_due > s.due AND s.final_unit = s.unit
  AND (p.region IS NULL OR s.region = p.region) AND (p.year IS NULL OR s.year = p.year)
ORDER BY s.region, s.year, 尚未安排份额 DESC, s.seq, s.indicator_id
