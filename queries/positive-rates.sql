-- title: 各类产品的阳性率
-- description: |
--   同一段进展中，检出阳性的批次除以同类产品的检测批次。阳性数的对象要写明类别（蔬菜阳性样品），检测数的对象是该类别（快检蔬菜）。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - positive-rates --region 江门市 --year 2021
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year),
classes AS (
  SELECT m.*, regexp_replace(m.subject, '^.*?(快检|快速检测|检测|抽检)', '') AS class
  FROM measures m WHERE m.context = 'progress' AND NOT contains(m.subject, '阳性') AND m.value > 0 AND m.value_high IS NULL AND NOT m.is_each
    AND m.measure_id NOT IN (SELECT s.measure_id FROM suspects s)
)
SELECT n.region AS 地区, n.year AS 年份, d.as_of AS 截至日, c.class AS 类别, n.value AS 阳性, c.value AS 检测, c.unit AS 单位,
  round(n.value::DOUBLE / c.value::DOUBLE, 6)::DECIMAL(10, 6) AS 阳性率, n.item_id AS 事项编号
FROM measures n
JOIN documents d USING (document_id)
JOIN classes c ON c.item_id = n.item_id AND c.unit = n.unit AND c.class <> '' AND contains(n.subject, c.class || '阳性'), p
WHERE n.context = 'progress' AND contains(n.subject, '阳性') AND n.value_high IS NULL AND NOT n.is_each AND n.value <= c.value
  AND n.measure_id NOT IN (SELECT s.measure_id FROM suspects s) AND (p.region IS NULL OR n.region = p.region) AND (p.year IS NULL OR n.year = p.year)
ORDER BY 地区, 年份, 阳性率 DESC
