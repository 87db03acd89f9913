-- title: 一个单位参与的事项
-- description: |
--   各文件中一个单位作为责任单位的项数，其中牵头几项。单位的新旧名称和简称按单位表归一；另一地区的同名单位分开列。
-- params:
--   org: { label: 单位名称 }
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - organisation-items --org 市财政局 --region 江门市
--   - organisation-items --org 市残联
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year, the_organisation($org) AS org),
agencies AS (SELECT DISTINCT o.agency_id FROM item_orgs o, p WHERE o.org = p.org OR o.agency_id = p.org),
found AS (
  SELECT i.region, i.year, i.document_id, i.seq, o.org, o.is_lead
  FROM items i JOIN item_orgs o USING (item_id) JOIN agencies USING (agency_id), p
  WHERE (p.region IS NULL OR i.region = p.region) AND (p.year IS NULL OR i.year = p.year)
)
SELECT region AS 地区, year AS 年份, string_agg(DISTINCT org, '、' ORDER BY org) AS 单位, count(DISTINCT seq) AS 参与项数, count(DISTINCT seq) FILTER (is_lead) AS 牵头项数,
  array_to_string(list(DISTINCT seq ORDER BY seq), '、') AS 序号
FROM found GROUP BY region, year, document_id ORDER BY region, year, document_id
