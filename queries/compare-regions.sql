-- title: 两个地区能否比较
-- description: |
--   两个地区同一指标的目标能否比较。级别不同（市与县）、年份不同、口径或单位不同的一律不可比，不给差额和份额：县的数不是市的数的一部分，除非文件这样写。
--   只有年份、级别、口径都相同的才给差额。
-- params:
--   region: { label: 地区 }
--   other: { label: 另一地区 }
--   indicator: { default: null, label: 指标编号或名称；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为两地最近的一对 }
-- examples:
--   - compare-regions --region 开平市 --other 江门市
--   - compare-regions --region 开平市 --other 江门市 --indicator food-sampling-per-thousand
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_region($other) AS other, the_indicator($indicator) AS indicator, the_year(NULL, $year) AS year),
pairs AS (
  -- Which of two regions comes first in figure_pairs is the order of their years and codes; here it is the one asked for.
  SELECT f.*, f.earlier_region = p.region AS is_first
  FROM figure_pairs f, p
  WHERE f.role = 'target' AND (p.indicator IS NULL OR f.indicator_id = p.indicator)
    AND ((f.earlier_region = p.region AND f.later_region = p.other) OR (f.earlier_region = p.other AND f.later_region = p.region))
    AND (p.year IS NULL OR (f.earlier_year = p.year AND f.later_year = p.year))
),
judged AS (
  SELECT indicator_id, indicator,
    CASE WHEN is_first THEN earlier_year ELSE later_year END AS year, CASE WHEN is_first THEN later_year ELSE earlier_year END AS other_year,
    CASE WHEN is_first THEN earlier_comparator ELSE later_comparator END AS comparator, CASE WHEN is_first THEN later_comparator ELSE earlier_comparator END AS other_comparator,
    CASE WHEN is_first THEN earlier_value ELSE later_value END AS value, CASE WHEN is_first THEN later_value ELSE earlier_value END AS other_value,
    CASE WHEN is_first THEN earlier_basis_name ELSE later_basis_name END AS basis_name, CASE WHEN is_first THEN later_basis_name ELSE earlier_basis_name END AS other_basis_name,
    CASE WHEN is_first THEN earlier_unit ELSE later_unit END AS unit, CASE WHEN is_first THEN later_unit ELSE earlier_unit END AS other_unit,
    CASE WHEN earlier_year <> later_year THEN 'not_comparable' ELSE verdict END AS verdict,
    nullif(concat_ws('；', CASE WHEN earlier_year <> later_year THEN '年份不同' END,
      CASE WHEN verdict = 'not_comparable' OR earlier_year = later_year THEN reason END), '') AS reason,
    CASE WHEN earlier_year = later_year AND verdict <> 'not_comparable' THEN CASE WHEN is_first THEN -difference ELSE difference END END AS difference
  FROM pairs
  QUALIFY row_number() OVER (PARTITION BY indicator_id
    ORDER BY abs(earlier_year - later_year), CASE verdict WHEN 'comparable' THEN 1 WHEN 'with_note' THEN 2 ELSE 3 END,
      greatest(earlier_year, later_year) DESC, distance_from_main, earlier_basis, later_basis, earlier_unit, later_unit) = 1
)
SELECT j.indicator AS 指标, p.region AS 地区, j.year AS 年份, j.comparator AS 比较符, j.value AS 数值, j.unit AS 单位, j.basis_name AS 口径,
  p.other AS 另一地区, j.other_year AS 另一年份, j.other_comparator AS 另一比较符, j.other_value AS 另一数值, j.other_unit AS 另一单位, j.other_basis_name AS 另一口径,
  j.difference AS 差额, verdict_name(j.verdict) AS 可比性, j.reason AS 理由
FROM judged j, p ORDER BY j.indicator_id
