-- title: 分管领导的项数
-- description: |
--   各文件中每位分管领导负责的项数和序号。没有这一栏的文件不在内。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - leader-load --region 江门市 --year 2025
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year)
SELECT i.region AS 地区, i.year AS 年份, i.leader AS 分管领导, count(*) AS 项数, array_to_string(list(i.seq ORDER BY i.seq), '、') AS 序号
FROM items i, p
WHERE i.leader IS NOT NULL AND (p.region IS NULL OR i.region = p.region) AND (p.year IS NULL OR i.year = p.year)
GROUP BY i.region, i.year, i.document_id, i.leader ORDER BY i.region, i.year, i.document_id, 项数 DESC, i.leader
