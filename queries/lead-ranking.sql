-- title: 牵头事项最多的单位
-- description: |
--   每份文件中各牵头单位的事项数和名次，并列的同名次。同一单位的不同写法合计；不同地区的同名单位分开。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
--   top: { type: integer, default: 1, label: 名次到第几 }
-- examples:
--   - lead-ranking --region 江门市
--   - lead-ranking --region 江门市 --year 2025 --top 3
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year),
counts AS (
  SELECT i.region, i.year, i.document_id, coalesce(o.agency_id, i.lead_org) AS agency, min(i.lead_org) AS lead_org, count(DISTINCT i.item_id) AS n,
    list(DISTINCT i.seq ORDER BY i.seq) AS seqs
  FROM items i LEFT JOIN item_orgs o ON o.item_id = i.item_id AND o.is_lead, p
  WHERE i.lead_org IS NOT NULL AND (p.region IS NULL OR i.region = p.region) AND (p.year IS NULL OR i.year = p.year)
  GROUP BY ALL
)
SELECT region AS 地区, year AS 年份, rank() OVER (PARTITION BY document_id ORDER BY n DESC)::INTEGER AS 名次, lead_org AS 牵头单位, n AS 事项数, array_to_string(seqs, '、') AS 序号
FROM counts
QUALIFY rank() OVER (PARTITION BY document_id ORDER BY n DESC) <= $top
ORDER BY region, year, document_id, 名次, lead_org
