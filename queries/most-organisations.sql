-- title: 责任单位最多的事项
-- description: |
--   每份文件中责任单位最多的事项，并列的都列出。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
--   top: { type: integer, default: 1, label: 名次到第几 }
-- examples:
--   - most-organisations --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year),
counts AS (
  SELECT i.*, (SELECT count(*) FROM item_orgs o WHERE o.item_id = i.item_id) AS n
  FROM items i, p WHERE (p.region IS NULL OR i.region = p.region) AND (p.year IS NULL OR i.year = p.year)
)
SELECT region AS 地区, year AS 年份, rank() OVER (PARTITION BY document_id ORDER BY n DESC)::INTEGER AS 名次, seq AS 序号, n AS 责任单位数, lead_org AS 牵头单位, text AS 任务
FROM counts
QUALIFY rank() OVER (PARTITION BY document_id ORDER BY n DESC) <= $top
ORDER BY region, year, document_id, 名次, seq
