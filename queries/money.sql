-- title: 资金从哪里来、花了多少
-- description: |
--   民生实事的任务表没有资金栏，答案只能是“无资料”。文中提到的金额是补贴标准、限额、贷款等，不是项目的投资或支出，不得相加。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - money --region 江门市 --year 2025
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year)
SELECT d.region AS 地区, d.year AS 年份, '无资料' AS 结论,
  '文件没有资金来源和支出的栏目，无资料' || CASE WHEN n > 0 THEN '；文中有' || n || '处提到金额，是补贴标准、限额、贷款等，不是投资或支出' ELSE '' END AS 理由
FROM (SELECT d.*, (SELECT count(*) FROM measures m WHERE m.document_id = d.document_id AND m.unit LIKE '%元%') AS n FROM documents d) d, p
WHERE (p.region IS NULL OR d.region = p.region) AND (p.year IS NULL OR d.year = p.year)
ORDER BY d.region, d.year
