-- title: 后来没有了的事项
-- description: |
--   某年的事项中，所涉指标在该地区以后年份的文件里都不再出现的；没有指标的事项也在内。
--   以后年份有文字相近的事项的（item_links，附相近程度和依据），列为 只有文字相近，是否延续由人判断；其余为 后来没有。
--   延续与否是按指标目录和文字作的判断，不是文件自己说的。
-- params:
--   region: { label: 地区 }
--   year: { type: integer, label: 年份 }
-- examples:
--   - dropped-items --region 江门市 --year 2020
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year),
others AS (SELECT DISTINCT o.indicator_id FROM observations o, p WHERE o.region = p.region AND o.year > p.year),
judged AS (
  SELECT i.*, (SELECT string_agg(DISTINCT o.indicator, '、' ORDER BY o.indicator) FROM observations o WHERE o.item_id = i.item_id) AS indicators,
    EXISTS (SELECT 1 FROM observations o JOIN others USING (indicator_id) WHERE o.item_id = i.item_id) AS continues,
    (SELECT string_agg(l.item_id || '（' || plain_number(round(l.score, 2)) || '，' || l.reason || '）', '；' ORDER BY l.score DESC, l.item_id)
      FROM item_links l JOIN items e ON e.item_id = l.item_id WHERE l.earlier_item_id = i.item_id AND e.year > p.year) AS alike
  FROM items i, p WHERE i.region = p.region AND i.year = p.year
    AND EXISTS (SELECT 1 FROM documents d WHERE d.region = p.region AND d.year > p.year)
)
SELECT region AS 地区, year AS 年份, seq AS 序号, CASE WHEN alike IS NULL THEN '后来没有' ELSE '只有文字相近' END AS 判断,
  indicators AS 指标, alike AS 相近的事项, lead_org AS 牵头单位, text AS 任务
FROM judged WHERE NOT continues ORDER BY alike IS NOT NULL, seq
