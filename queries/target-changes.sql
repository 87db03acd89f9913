-- title: 相邻两次目标的变化
-- description: |
--   一个地区每个指标相邻两次目标之间的变化：两次的说法、差额、变化率、能否比较、理由。中间的年份没有该指标的目标。
--   不可比的没有差额和变化率；附说明可比的，理由须与数字一起印出。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
-- examples:
--   - target-changes --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region),
targets AS MATERIALIZED (FROM yearly_targets(region := $region))
SELECT c.region AS 地区, a.次序, c.indicator_id AS 指标编号, c.indicator AS 指标, a.领域, c.earlier_year AS 较早年份, c.later_year AS 较晚年份,
  a.说法 AS 较早, b.说法 AS 较晚, a.显示 AS 较早显示, b.显示 AS 较晚显示, c.later_unit AS 单位,
  c.difference AS 差额, c.ratio AS 变化率, verdict_name(c.verdict) AS 可比性, c.reason AS 理由,
  array_to_string(c.earlier_measure_ids, ' ') AS 较早来源, array_to_string(c.later_measure_ids, ' ') AS 较晚来源
FROM comparisons c
JOIN targets a ON a.地区 = c.region AND a.指标编号 = c.indicator_id AND a.年份 = c.earlier_year AND a.口径编号 = c.earlier_basis AND a.原单位 = c.earlier_unit
JOIN targets b ON b.地区 = c.region AND b.指标编号 = c.indicator_id AND b.年份 = c.later_year AND b.口径编号 = c.later_basis AND b.原单位 = c.later_unit, p
WHERE c.role = 'target' AND (p.region IS NULL OR c.region = p.region)
  AND NOT EXISTS (
    SELECT 1 FROM targets t
    WHERE t.地区 = c.region AND t.指标编号 = c.indicator_id AND t.年份 > c.earlier_year AND t.年份 < c.later_year)
ORDER BY c.region, a.次序, c.earlier_year
