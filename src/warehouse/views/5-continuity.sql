-- What became of the items from one year to the next that has documents of the region. An item that lacks a link to the
-- year before, but has one to a year before that, was taken up again: calling it new would mislead.
CREATE VIEW item_continuity AS
WITH placed AS (
  SELECT i.item_id, i.year, d.region_code, d.region FROM items i JOIN documents d USING (document_id)
),
neighbours AS (
  SELECT region_code, any_value(region) AS region, year AS later_year,
    lag(year) OVER (PARTITION BY region_code ORDER BY year) AS earlier_year
  FROM placed GROUP BY region_code, year
  QUALIFY earlier_year IS NOT NULL
),
links AS (
  SELECT l.*, e.year AS earlier_item_year, i.region_code, i.year
  FROM item_links l JOIN placed i USING (item_id) JOIN placed e ON e.item_id = l.earlier_item_id
),
back AS (
  SELECT n.*, p.item_id, l.earlier_item_id, l.earlier_item_year, l.score, l.reason, l.corrected
  FROM neighbours n
  JOIN placed p ON p.region_code = n.region_code AND p.year = n.later_year
  LEFT JOIN links l USING (item_id)
  -- All links into the year before; where there is none, those into the latest year that has one.
  QUALIFY l.earlier_item_year IS NULL OR l.earlier_item_year = max(l.earlier_item_year) OVER (PARTITION BY p.item_id)
)
SELECT region, earlier_year, later_year,
  CASE WHEN earlier_item_id IS NULL THEN 'new' WHEN earlier_item_year = earlier_year THEN 'continued' ELSE 'resumed' END AS continuity,
  item_id, earlier_item_id, earlier_item_year, score, reason, corrected
FROM back
UNION ALL
SELECT n.region, n.earlier_year, n.later_year, 'dropped', NULL, p.item_id, p.year, NULL, NULL, NULL
FROM neighbours n
JOIN placed p ON p.region_code = n.region_code AND p.year = n.earlier_year
WHERE NOT EXISTS (FROM links l WHERE l.earlier_item_id = p.item_id AND l.year = n.later_year);
COMMENT ON VIEW item_continuity IS '事项变化：相邻两个有文件的年份之间，哪些事项延续 continued、恢复 resumed（上一年没有，更早年份有）、新增 new、退出 dropped'
  ' | What became of items between two neighbouring years with documents: continued, resumed (not in the year before, but earlier), new, dropped';
COMMENT ON COLUMN item_continuity.region IS '地区全称 | Full name of the region';
COMMENT ON COLUMN item_continuity.earlier_year IS '较早年份 | Earlier year';
COMMENT ON COLUMN item_continuity.later_year IS '较晚年份，即下一个有文件的年份'
  ' | Later year, the next with documents';
COMMENT ON COLUMN item_continuity.continuity IS '情况：continued 延续，resumed 恢复，new 新增，dropped 退出'
  ' | What became of it: continued, resumed, new, dropped';
COMMENT ON COLUMN item_continuity.item_id IS '较晚年份的事项；退出的没有'
  ' | Item of the later year; null for dropped ones';
COMMENT ON COLUMN item_continuity.earlier_item_id IS '所延续的较早事项；新增的没有'
  ' | Earlier item it continues; null for new ones';
COMMENT ON COLUMN item_continuity.earlier_item_year IS '较早事项的年份'
  ' | Year of the earlier item';
COMMENT ON COLUMN item_continuity.score IS '相近程度，0 至 1 | Nearness, 0 to 1 | 0–1';
COMMENT ON COLUMN item_continuity.reason IS '依据 | Why';
COMMENT ON COLUMN item_continuity.corrected IS '是否经人认定（data/item-links.csv）'
  ' | Whether a person decided it (data/item-links.csv)';
