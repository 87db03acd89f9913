-- title: 文件的其他栏
-- description: |
--   任务、单位、时限、进展之外，各文件还有哪些栏目（总投资、建设地点、备注 等），各有几项写了内容，并举一项为例。
--   种类 是按栏目名称判断的：资金、地点、其他；没有其他栏目的文件为 无。内容照原文保存，没有折算和汇总。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - other-columns --region 江门市
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year)
SELECT d.region AS 地区, d.year AS 年份, d.title AS 文件, coalesce(n.name, '—') AS 栏目,
  CASE WHEN n.name IS NULL THEN '无' WHEN regexp_matches(n.name, '资金|投资|经费|预算|金额') THEN '资金' WHEN regexp_matches(n.name, '地点|地址|位置|选址') THEN '地点' ELSE '其他' END AS 种类,
  count(n.name)::INTEGER AS 项数, coalesce('第' || min(n.seq) || '项：' || shortened(arg_min(n.text, n.seq), 40), '—') AS 例
FROM documents d LEFT JOIN (SELECT i.document_id, i.seq, n.name, n.text FROM item_notes n JOIN items i USING (item_id)) n USING (document_id), p
WHERE (p.region IS NULL OR d.region = p.region) AND (p.year IS NULL OR d.year = p.year)
GROUP BY d.region, d.year, d.document_id, d.title, n.name
ORDER BY d.region, d.year, d.document_id, n.name
