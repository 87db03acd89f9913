-- title: 没有量化目标的事项
-- description: |
--   任务中没有一个量化目标的事项。表中应写“未定量”，不是0。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - unquantified-items --region 江门市
--   - unquantified-items --region 开平市 --year 2024
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year)
SELECT i.region AS 地区, i.year AS 年份, i.seq AS 序号, '未定量' AS 目标, i.lead_org AS 牵头单位, i.text AS 任务
FROM items i, p
WHERE NOT EXISTS (SELECT 1 FROM measures m WHERE m.item_id = i.item_id AND m.context = 'task' AND m.role = 'target')
  AND (p.region IS NULL OR i.region = p.region) AND (p.year IS NULL OR i.year = p.year)
ORDER BY i.region, i.year, i.seq
