-- title: 资金从哪里来、花了多少
-- description: |
--   有资金栏（总投资、资金来源 等）的文件，指出是哪一栏、几项写了；没有的，答案只能是“无资料”。
--   文中提到的金额是补贴标准、限额、贷款等，不是项目的投资或支出，不得相加。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - money --region 江门市 --year 2025
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year),
told AS (
  SELECT 地区, 年份, 文件, string_agg('“' || 栏目 || '”' || 项数 || '项', '、' ORDER BY 栏目) AS 栏
  FROM other_columns(region := $region, year := $year) WHERE 种类 = '资金' GROUP BY ALL
)
SELECT d.region AS 地区, d.year AS 年份, CASE WHEN t.栏 IS NULL THEN '无资料' ELSE '见原文' END AS 结论,
  CASE WHEN t.栏 IS NULL THEN '文件没有资金来源和支出的栏目，无资料' ELSE '文件有资金的栏目：' || t.栏 || '，照原文保存，没有折算和汇总' END
  || CASE WHEN n > 0 THEN '；文中有' || n || '处提到金额，是补贴标准、限额、贷款等，不是投资或支出' ELSE '' END AS 理由
FROM (SELECT d.*, (SELECT count(*) FROM measures m WHERE m.document_id = d.document_id AND m.unit LIKE '%元%') AS n FROM documents d) d
LEFT JOIN told t ON t.地区 = d.region AND t.年份 = d.year AND t.文件 = d.title, p
WHERE (p.region IS NULL OR d.region = p.region) AND (p.year IS NULL OR d.year = p.year)
ORDER BY d.region, d.year
