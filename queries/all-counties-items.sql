-- title: 要各县（市、区）落实的事项
-- description: |
--   责任单位中有“各县（市、区）政府”（旧称各市（区）政府）的项数和序号。只点名几个县的不在内。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - all-counties-items --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year)
SELECT i.region AS 地区, i.year AS 年份, count(*) FILTER (every) AS 各县落实项数, count(*) AS 总项数, array_to_string(list(i.seq ORDER BY i.seq) FILTER (every), '、') AS 序号
FROM (SELECT i.*, EXISTS (SELECT 1 FROM item_orgs o WHERE o.item_id = i.item_id AND regexp_matches(o.org, '^各.*[县市区].*政府$')) AS every FROM items i) i, p
WHERE (p.region IS NULL OR i.region = p.region) AND (p.year IS NULL OR i.year = p.year)
GROUP BY i.region, i.year, i.document_id ORDER BY i.region, i.year, i.document_id
