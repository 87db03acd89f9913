-- title: 按文字找事项
-- description: |
--   任务、节点或进展中有某些字的事项，各年各地。
-- params:
--   words: { label: 要找的字 }
--   region: { default: null, label: 地区；不填为全部 }
-- examples:
--   - item-search --words 老旧小区 --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region)
SELECT i.region AS 地区, i.year AS 年份, i.seq AS 序号, i.lead_org AS 牵头单位,
  concat_ws('、', CASE WHEN contains(i.text, $words) THEN '任务' END,
    CASE WHEN EXISTS (SELECT 1 FROM milestones m WHERE m.item_id = i.item_id AND contains(m.text, $words)) THEN '节点' END,
    CASE WHEN contains(i.progress, $words) THEN '进展' END) AS 所在, i.text AS 任务
FROM items i, p
WHERE (p.region IS NULL OR i.region = p.region)
  AND (contains(i.text, $words) OR contains(coalesce(i.progress, ''), $words)
    OR EXISTS (SELECT 1 FROM milestones m WHERE m.item_id = i.item_id AND contains(m.text, $words)))
ORDER BY i.region, i.year, i.seq
