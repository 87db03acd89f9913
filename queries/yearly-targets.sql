-- title: 各年的目标值
-- description: |
--   一个地区各年每个指标的目标：一个口径一行，带印出来的样子、口径、所在文件和原句的编号。
--   为主 是表中一年只印一个数时取的那一行：用指标自己的单位，口径次序最靠前。几个数不能取舍时 数值 为空，显示 照原文列出。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - yearly-targets --region 江门市 --year 2025
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year)
SELECT f.region AS 地区, i.rowid AS 次序, f.indicator_id AS 指标编号, f.indicator AS 指标, i.theme AS 领域, i.unit AS 单位, f.year AS 年份,
  f.value AS 数值, f.unit AS 原单位, f.comparator AS 比较符, f.basis AS 口径编号, f.basis_name AS 口径, f.is_each AS 是否各数,
  coalesce(
    (CASE WHEN f.is_each THEN '各' ELSE '' END) || c.sign || wan_number(f.value),
    array_to_string(f.stated_values, '、')) || (CASE WHEN f.in_own_unit THEN '' ELSE f.unit END) AS 显示,
  coalesce(
    (CASE WHEN f.is_each THEN '各' ELSE '' END) || c.words || wan_number(f.value),
    array_to_string(f.stated_values, '、')) || f.unit AS 说法,
  row_number() OVER (PARTITION BY f.region_code, f.indicator_id, f.year ORDER BY f.in_own_unit DESC, f.basis_ord, f.unit) = 1 AS 为主,
  array_to_string(f.measure_ids, ' ') AS 来源
FROM yearly_figures f
JOIN indicators i ON i.indicator_id = f.indicator_id
LEFT JOIN comparators c ON c.comparator = f.comparator, p
WHERE f.role = 'target' AND (p.region IS NULL OR f.region = p.region) AND (p.year IS NULL OR f.year = p.year)
ORDER BY f.region, 次序, 年份, f.basis_ord, f.unit
