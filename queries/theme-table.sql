-- title: 一个领域的指标一览
-- description: |
--   一个领域（或全部领域）的指标在一个地区各年的目标，一行一个指标；首末年份之间能比较的给出差额。
--   口径不同的年份在 各年目标 中注明口径，不给差额。
-- params:
--   theme: { default: null, label: 领域，如 底线民生；不填为全部 }
--   region: { default: null, label: 地区；不填为全部 }
-- examples:
--   - theme-table --theme 底线民生 --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_theme($theme) AS theme),
figures AS (
  SELECT f.*, (SELECT count(*) FROM indicator_bases b WHERE b.indicator_id = f.indicator_id) AS n_bases, i.theme, i.unit AS own_unit, c.sign
  FROM yearly_figures f JOIN indicators i USING (indicator_id) LEFT JOIN comparators c USING (comparator), p
  WHERE f.role = 'target' AND (p.region IS NULL OR f.region = p.region) AND (p.theme IS NULL OR i.theme = p.theme)
),
series AS (
  SELECT region, theme, indicator_id, indicator, own_unit, min(year) AS first_year, max(year) AS last_year,
    string_agg(year || '年' || coalesce(figure_text(sign, value, NULL, is_each), array_to_string(stated_values, '、')) || CASE WHEN in_own_unit THEN '' ELSE unit END
      || CASE WHEN n_bases > 1 THEN '（' || basis_name || '）' ELSE '' END, '；' ORDER BY year, basis_ord) AS told
  FROM figures GROUP BY ALL
)
SELECT s.region AS 地区, s.theme AS 领域, s.indicator AS 指标, s.own_unit AS 单位, s.told AS 各年目标,
  CASE WHEN c.difference IS NOT NULL THEN concat_ws('→', c.earlier_basis_name, nullif(c.later_basis_name, c.earlier_basis_name)) END AS 差额口径, c.difference AS 首末年差额, c.difference_unit AS 差额单位, verdict_name(c.verdict) AS 可比性, c.reason AS 理由
FROM series s
LEFT JOIN comparisons c ON c.region = s.region AND c.indicator_id = s.indicator_id AND c.role = 'target'
  AND c.earlier_year = s.first_year AND c.later_year = s.last_year
ORDER BY s.region, s.theme, s.indicator_id
