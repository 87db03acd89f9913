-- The same in Chinese. Each view's columns are those of the table or view it renames.
CREATE VIEW 文件 AS SELECT document_id AS 文件编号, title AS 标题, region AS 地区, region_code AS 区划代码, region_level AS 地区级别,
  year AS 年份, kind AS 种类, as_of AS 截至日, issuer AS 发文机关, issued_on AS 成文日期, document_number AS 发文字号,
  declared_categories AS 自述件数, declared_items AS 自述项数, source_path AS 来源文件 FROM documents;
CREATE VIEW 事项 AS SELECT item_id AS 事项编号, document_id AS 文件编号, region AS 地区, year AS 年份, seq AS 序号, category_no AS 大类序号,
  category AS 大类, text AS 任务, lead_org AS 牵头单位, leader AS 分管领导, deadline AS 完成时限, deadline_text AS 完成时限原文,
  status AS 状态, progress AS 进展情况, source_ref AS 来源位置 FROM items;
CREATE VIEW 单位 AS SELECT item_id AS 事项编号, region AS 地区, year AS 年份, item_orgs.seq AS 次序, org AS 单位, agency_id AS 单位编号, is_lead AS 是否牵头
  FROM (SELECT item_id, ord AS seq, org, agency_id, is_lead FROM item_orgs) item_orgs JOIN items USING (item_id);
CREATE VIEW 责任人 AS SELECT item_id AS 事项编号, region AS 地区, year AS 年份, p.ord AS 次序, person AS 责任人, person_id AS 姓名
  FROM item_people p JOIN items USING (item_id);
CREATE VIEW 节点 AS SELECT item_id AS 事项编号, region AS 地区, year AS 年份, m.ord AS 次序, due AS 日期, m.text AS 节点任务
  FROM milestones m JOIN items USING (item_id);
CREATE VIEW 进展 AS SELECT i.item_id AS 事项编号, i.region AS 地区, i.year AS 年份, d.as_of AS 截至日, i.status AS 状态, i.progress AS 进展情况
  FROM items i JOIN documents d USING (document_id) WHERE i.progress IS NOT NULL;
CREATE VIEW 指标 AS SELECT indicator_id AS 指标编号, name AS 指标, name_en AS 英文名, unit AS 单位, direction AS 方向, theme AS 领域, definition AS 定义
  FROM indicators;
CREATE VIEW 数值 AS SELECT measure_id AS 数值编号, item_id AS 事项编号, region AS 地区, year AS 年份, context AS 所在文字, due AS 节点日期, role AS 性质,
  subject AS 对象, value AS 数值, value_high AS 上限, unit AS 单位, comparator AS 比较符, is_each AS 是否各数, quote AS 原文, indicator_id AS 指标编号,
  basis AS 口径, corrected AS 是否更正 FROM measures;
CREATE VIEW 观测值 AS SELECT region AS 地区, year AS 年份, indicator_id AS 指标编号, indicator AS 指标, role AS 性质, value AS 数值, value_high AS 上限,
  unit AS 单位, comparator AS 比较符, basis_name AS 口径, obs_status AS 状态, note AS 说明, document_id AS 文件编号, item_id AS 事项编号, quote AS 原文
  FROM observations;
CREATE VIEW 对比 AS SELECT region AS 地区, indicator_id AS 指标编号, indicator AS 指标, role AS 性质, earlier_year AS 较早年份, later_year AS 较晚年份,
  earlier_comparator AS 较早比较符, earlier_value AS 较早数值, earlier_unit AS 较早单位,
  later_comparator AS 较晚比较符, later_value AS 较晚数值, later_unit AS 较晚单位,
  difference AS 差额, difference_unit AS 差额单位, ratio AS 变化率, verdict AS 可比性, reason AS 理由 FROM comparisons;
CREATE VIEW 延续 AS SELECT l.item_id AS 事项编号, i.region AS 地区, i.year AS 年份, l.earlier_item_id AS 较早事项, e.year AS 较早年份, l.score AS 得分,
  l.reason AS 理由, l.corrected AS 是否人工认定
  FROM item_links l JOIN items i USING (item_id) JOIN items e ON e.item_id = l.earlier_item_id;
CREATE VIEW 事项变化 AS SELECT c.region AS 地区, c.earlier_year AS 较早年份, c.later_year AS 较晚年份,
  CASE c.continuity WHEN 'continued' THEN '延续' WHEN 'resumed' THEN '恢复' WHEN 'new' THEN '新增' ELSE '退出' END AS 情况,
  c.item_id AS 事项编号, i.text AS 任务, c.earlier_item_id AS 较早事项, c.earlier_item_year AS 较早事项年份, e.text AS 较早任务,
  c.score AS 得分, c.reason AS 理由
  FROM item_continuity c LEFT JOIN items i USING (item_id) LEFT JOIN items e ON e.item_id = c.earlier_item_id;
CREATE VIEW 年度数值 AS SELECT region AS 地区, year AS 年份, indicator_id AS 指标编号, indicator AS 指标, role AS 性质, basis_name AS 口径, comparator AS 比较符,
  value AS 数值, unit AS 单位, as_of AS 截至日, is_each AS 是否各数, is_sum AS 是否相加, is_range AS 是否范围, is_suspect AS 是否存疑,
  array_to_string(stated_values, '、') AS 原文数值 FROM yearly_figures;
CREATE VIEW 完成 AS SELECT region AS 地区, year AS 年份, as_of AS 截至日, indicator_id AS 指标编号, subject AS 指标, basis_name AS 口径,
  target_comparator AS 目标比较符, target_value AS 目标, target_unit AS 目标单位, actual_comparator AS 实际比较符, actual_value AS 实际, actual_unit AS 实际单位,
  completion AS 完成率, difference AS 差额, difference_unit AS 差额单位, year_share AS 时间份额, is_reached AS 是否达到, status AS 状态,
  disagreement AS 数值与状态不一致, verdict AS 可比性, reason AS 理由, item_id AS 事项编号 FROM completions;
CREATE VIEW 节点目标 AS SELECT region AS 地区, year AS 年份, item_id AS 事项编号, indicator_id AS 指标编号, indicator AS 指标, basis_name AS 口径, due AS 日期,
  comparator AS 比较符, value AS 累计数, unit AS 单位, final_value AS 全年数, final_due AS 最后日期, share_of_final AS 占全年份额, quote AS 原文 FROM plan_steps;
CREATE VIEW 存疑 AS SELECT code AS 规则, region AS 地区, year AS 年份, item_id AS 事项编号, measure_id AS 数值编号, context AS 所在文字, value AS 数值, unit AS 单位,
  quote AS 原文, reason AS 理由 FROM suspects;
CREATE VIEW 发现 AS SELECT document_id AS 文件编号, code AS 代码, severity AS 程度, place AS 位置, text AS 原文, message AS 说明 FROM findings;
