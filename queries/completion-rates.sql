-- title: 实际与目标
-- description: |
--   进展情况中的实际数与当年目标：完成率、差额、年度已过去的份额、是否达到、文字状态。
--   只有指标、口径、单位都相同的才有完成率；百分比没有完成率，只有相差的百分点。上半年的数要与时间份额（6月底为0.5）一起看；
--   时点数、累计数、比率、标准在年初就不是零，没有时间份额，列出理由。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
--   indicator: { default: null, label: 指标编号或名称；不填为全部 }
--   below: { type: decimal, default: null, label: 只看完成率低于此数的，如 0.5 }
-- examples:
--   - completion-rates --region 江门市 --year 2021 --below 0.5
--   - completion-rates --indicator cantonese-chef-training
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year, the_indicator($indicator) AS indicator)
SELECT c.region AS 地区, c.year AS 年份, c.as_of AS 截至日, c.subject AS 指标, c.basis_name AS 口径, c.target_comparator AS 目标比较符, c.target_value AS 目标, c.target_unit AS 目标单位,
  c.actual_value AS 实际, c.actual_unit AS 实际单位, c.completion AS 完成率, c.year_share AS 时间份额, c.year_share_reason AS 无时间份额的理由, c.difference AS 差额, c.difference_unit AS 差额单位,
  c.is_reached AS 是否达到, c.status AS 状态, c.disagreement AS 数值与状态不一致, verdict_name(c.verdict) AS 可比性, c.reason AS 理由, c.item_id AS 事项编号
FROM completions c, p
WHERE (p.region IS NULL OR c.region = p.region) AND (p.year IS NULL OR c.year = p.year)
  AND (p.indicator IS NULL OR c.indicator_id = p.indicator) AND ($below IS NULL OR c.completion < $below)
ORDER BY c.region, c.year, c.as_of, string_split(c.item_id, '/')[2]::INTEGER, c.subject
