-- title: 某日之前完成的事项数
-- description: |
--   各文件中完成时限早于某月某日的项数和序号。12月底按12月31日算，不早于12月1日；没有时限的另计，不算在内。节点计划的时限是最后一个节点。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
--   before: { default: '12-01', label: 月-日 }
-- examples:
--   - deadlines-before --region 江门市
--   - deadlines-before --year 2025 --before 09-01
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year)
SELECT i.region AS 地区, i.year AS 年份, count(*) AS 总项数,
  count(*) FILTER (i.deadline < (i.year || '-' || $before)::DATE) AS 之前完成,
  array_to_string(list(i.seq ORDER BY i.seq) FILTER (i.deadline < (i.year || '-' || $before)::DATE), '、') AS 序号,
  count(*) FILTER (i.deadline IS NULL) AS 没有时限
FROM items i, p
WHERE (p.region IS NULL OR i.region = p.region) AND (p.year IS NULL OR i.year = p.year)
GROUP BY i.region, i.year, i.document_id ORDER BY i.region, i.year, i.document_id
