-- title: 各年目标合计
-- description: |
--   一个指标各年目标之和，只在能相加时给数：单位相同，是年内从零计起的时期数（不是时点数、累计数、比率、标准），口径相同或附说明可比。
--   合计的是目标，不是完成数；没有文件或没有该指标的年份不在内，见 年份。
-- params:
--   indicator: { label: 指标编号或名称，如 rural-road-length }
--   region: { default: null, label: 地区；不填为全部 }
--   from: { type: integer, default: null, label: 起始年份 }
--   to: { type: integer, default: null, label: 截止年份 }
-- examples:
--   - targets-total --indicator rural-bridges-rebuilt --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_indicator($indicator) AS indicator),
figures AS (
  SELECT f.* FROM yearly_figures f, p
  WHERE f.indicator_id = p.indicator AND f.role = 'target' AND (p.region IS NULL OR f.region = p.region)
    AND ($from IS NULL OR f.year >= $from) AND ($to IS NULL OR f.year <= $to)
  QUALIFY row_number() OVER (PARTITION BY f.region_code, f.year ORDER BY f.in_own_unit DESC, f.basis_ord) = 1
),
-- Of the very figures that are added, not of others that would compare better.
pairs AS (
  SELECT c.* FROM figure_pairs c
  JOIN figures a ON a.measure_ids = c.earlier_measure_ids AND a.region_code = c.earlier_region_code AND a.indicator_id = c.indicator_id
  JOIN figures b ON b.measure_ids = c.later_measure_ids AND b.region_code = c.later_region_code AND b.region_code = a.region_code
  WHERE c.role = 'target'
),
judged AS (
  SELECT f.region, f.indicator, any_value(f.unit) AS unit,
    CASE
      WHEN count(*) <> count(f.value) OR bool_or(f.is_each) OR bool_or(f.is_suspect) THEN '有的年份数值不能取舍、为各数或存疑'
      WHEN count(DISTINCT f.unit) > 1 THEN '计量单位不同'
      WHEN bool_or(f.unit IN ('%', '倍') OR contains(f.unit, '/')) THEN '比例、标准不能相加'
      WHEN NOT bool_and(f.kind = 'flow') THEN '时点数、累计数、标准或限额不能逐年相加'
      WHEN EXISTS (SELECT 1 FROM pairs c WHERE c.earlier_region_code = any_value(f.region_code) AND c.verdict = 'not_comparable') THEN '各年口径不可比'
    END AS obstacle,
    (SELECT string_agg(DISTINCT c.reason, '；' ORDER BY c.reason) FROM pairs c WHERE c.earlier_region_code = any_value(f.region_code) AND c.verdict = 'with_note') AS notes,
    sum(f.value) AS total, list(f.year ORDER BY f.year) AS years
  FROM figures f GROUP BY f.region, f.region_code, f.indicator
)
SELECT region AS 地区, indicator AS 指标, CASE WHEN obstacle IS NULL THEN total END AS 目标合计, unit AS 单位, array_to_string(years, '、') AS 年份,
  CASE WHEN obstacle IS NOT NULL THEN '不可比' WHEN notes IS NOT NULL THEN '附说明可比' ELSE '可比' END AS 可比性,
  coalesce(obstacle, notes) AS 理由
FROM judged ORDER BY region
