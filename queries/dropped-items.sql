-- title: 后来没有了的事项
-- description: |
--   某年的事项中，所涉指标在该地区以后年份的文件里都不再出现的。这是按指标目录作的判断：指标相同即视为延续。
--   没有指标的事项无从按指标判断，列为 无法判断，须人工核对；逐项的延续关系见视图 事项变化。
-- params:
--   region: { label: 地区 }
--   year: { type: integer, label: 年份 }
-- examples:
--   - dropped-items --region 江门市 --year 2020
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year),
later AS (SELECT DISTINCT o.indicator_id FROM observations o, p WHERE o.region = p.region AND o.year > p.year),
judged AS (
  SELECT i.*, (SELECT string_agg(DISTINCT o.indicator, '、' ORDER BY o.indicator) FROM observations o WHERE o.item_id = i.item_id) AS indicators,
    EXISTS (SELECT 1 FROM observations o JOIN later USING (indicator_id) WHERE o.item_id = i.item_id) AS continues
  FROM items i, p WHERE i.region = p.region AND i.year = p.year
    AND EXISTS (SELECT 1 FROM documents d WHERE d.region = p.region AND d.year > p.year)
)
SELECT region AS 地区, year AS 年份, seq AS 序号, CASE WHEN indicators IS NULL THEN '无法判断' ELSE '后来没有' END AS 判断, indicators AS 指标, lead_org AS 牵头单位, text AS 任务
FROM judged WHERE NOT continues ORDER BY 判断, seq
