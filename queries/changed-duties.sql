-- title: 职务有变化的人
-- description: |
--   同一地区各年文件中，同一姓名所对应的单位（或分管领导）有变化的。责任单位与责任人个数相同的事项才按次序配对，其余不配；同名不一定是同一人，须核对。
-- params:
--   region: { label: 地区 }
-- examples:
--   - changed-duties --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region),
sized AS (
  SELECT i.item_id, i.year, d.region_code || '/' || i.leader AS leader, (SELECT count(*) FROM item_orgs o WHERE o.item_id = i.item_id) AS orgs, (SELECT count(*) FROM item_people h WHERE h.item_id = i.item_id) AS people
  FROM items i JOIN documents d USING (document_id), p WHERE i.region = p.region
),
duties AS (
  SELECT h.person_id AS person, s.year, regexp_replace(o.agency_id, '^\d+/', '') AS duty
  FROM sized s JOIN item_people h USING (item_id) JOIN item_orgs o ON o.item_id = h.item_id AND o.ord = h.ord
  WHERE s.orgs = s.people AND NOT starts_with(h.person, '各')
  UNION SELECT s.leader, s.year, '分管领导' FROM sized s WHERE s.leader IS NOT NULL
),
yearly AS (SELECT person, year, list(DISTINCT duty ORDER BY duty) AS held FROM duties GROUP BY ALL),
moved AS (SELECT *, lag(held) OVER (PARTITION BY person ORDER BY year) AS before FROM yearly)
SELECT regexp_replace(person, '^\d+/', '') AS 姓名, string_agg(year || '年' || array_to_string(held, '、'), '；' ORDER BY year) AS 各年职务
FROM moved WHERE person IN (SELECT m.person FROM moved m WHERE m.before IS NOT NULL AND m.before <> m.held)
GROUP BY person ORDER BY 姓名
