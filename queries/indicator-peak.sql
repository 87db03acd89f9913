-- title: 指标的最高和最低年份
-- description: |
--   一个指标各年目标中最高和最低的，并列的都列出。各年有不可比的，不给名次；附说明可比的，说明须一起印出。
-- params:
--   indicator: { label: 指标编号或名称，如 rural-road-length }
--   region: { default: null, label: 地区；不填为全部 }
-- examples:
--   - indicator-peak --indicator housekeeping-training --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_indicator($indicator) AS indicator),
figures AS (
  SELECT f.* FROM yearly_figures f, p
  WHERE f.indicator_id = p.indicator AND f.role = 'target' AND (p.region IS NULL OR f.region = p.region)
  QUALIFY row_number() OVER (PARTITION BY f.region_code, f.year ORDER BY f.in_own_unit DESC, f.basis_ord) = 1
),
-- Of the very figures that are ranked, not of others that would compare better.
pairs AS (
  SELECT c.* FROM figure_pairs c
  JOIN figures a ON a.measure_ids = c.earlier_measure_ids AND a.region_code = c.earlier_region_code AND a.indicator_id = c.indicator_id
  JOIN figures b ON b.measure_ids = c.later_measure_ids AND b.region_code = c.later_region_code AND b.region_code = a.region_code
  WHERE c.role = 'target'
),
judged AS (
  SELECT f.*, max(value) OVER own AS most, min(value) OVER own AS least, count(*) OVER own AS years,
    (SELECT string_agg(DISTINCT c.reason, '；' ORDER BY c.reason) FROM pairs c WHERE c.earlier_region_code = f.region_code AND c.verdict = 'not_comparable') AS obstacle,
    (SELECT string_agg(DISTINCT c.reason, '｜' ORDER BY c.reason) FROM pairs c WHERE c.earlier_region_code = f.region_code AND c.verdict = 'with_note') AS notes
  FROM figures f WINDOW own AS (PARTITION BY f.region_code)
)
SELECT region AS 地区, indicator AS 指标, year AS 年份, comparator AS 比较符, value AS 数值, unit AS 单位, basis_name AS 口径,
  CASE WHEN obstacle IS NOT NULL OR years < 2 OR most = least THEN NULL WHEN value = most THEN '最高' WHEN value = least THEN '最低' END AS 名次, obstacle AS 不可比的理由, notes AS 说明
FROM judged WHERE obstacle IS NOT NULL OR years < 2 OR value IN (most, least)
ORDER BY region, value DESC, year
