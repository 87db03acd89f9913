-- title: 各状态的项数
-- description: |
--   进展情况表中各种文字状态的项数，带截至日。没有状态的文件（任务分解表）不在内。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - status-counts --region 江门市 --year 2021
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year)
SELECT i.region AS 地区, i.year AS 年份, d.as_of AS 截至日, i.status AS 状态, count(*) AS 项数, array_to_string(list(i.seq ORDER BY i.seq), '、') AS 序号
FROM items i JOIN documents d USING (document_id), p
WHERE i.status IS NOT NULL AND (p.region IS NULL OR i.region = p.region) AND (p.year IS NULL OR i.year = p.year)
GROUP BY ALL ORDER BY 地区, 年份, 截至日, 项数 DESC, 状态
