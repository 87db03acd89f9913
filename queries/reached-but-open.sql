-- title: 数值已达标而状态不是已完成的事项
-- description: |
--   一个事项的量化目标凡有实际数可比的都已达到，文字状态却还不是“已完成”。状态与数值是两回事，两者都要印出。
--   未有实际数 是该事项没有可比实际数的量化目标，须另行核对；其中为0的才是全部达到。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - reached-but-open --region 江门市 --year 2021
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year),
judged AS (
  SELECT c.item_id, count(*) AS compared, count(*) FILTER (c.is_reached) AS reached,
    string_agg(c.subject || ' ' || plain_number(c.actual_value) || '/' || plain_number(c.target_value) || c.actual_unit, '；' ORDER BY c.subject) AS told,
    flatten(list(c.target_measure_ids)) AS ids
  FROM completions c WHERE c.verdict = 'comparable' GROUP BY c.item_id
)
SELECT i.region AS 地区, i.year AS 年份, i.seq AS 序号, i.status AS 状态, j.reached AS 已达到, 
  (SELECT count(*) FROM measures m WHERE m.item_id = i.item_id AND m.role = 'target' AND m.context = 'task' AND NOT list_contains(j.ids, m.measure_id)) AS 未有实际数,
  j.told AS 实际与目标, i.text AS 任务
FROM judged j JOIN items i USING (item_id), p
WHERE j.reached = j.compared AND NOT regexp_matches(i.status, '^(已完成|完成|提前完成|超额完成)')
  AND (p.region IS NULL OR i.region = p.region) AND (p.year IS NULL OR i.year = p.year)
ORDER BY i.region, i.year, i.seq
