-- The same in Chinese: columns renamed, codes in words. A column that only renames one of the table it reads takes over
-- that one's comment (rename-comments.ts); all others have their own here.
CREATE VIEW 文件 AS SELECT document_id AS 文件编号, title AS 标题, region AS 地区, region_code AS 区划代码, level_name(region_level) AS 地区级别,
  year AS 年份, kind_name(kind) AS 种类, as_of AS 截至日, issuer AS 发文机关, issued_on AS 成文日期, document_number AS 发文字号,
  declared_categories AS 自述件数, declared_items AS 自述项数, source_path AS 来源文件, origin AS 来源 FROM documents;
COMMENT ON VIEW 文件 IS '文件：同 documents | Documents, as the table documents';
COMMENT ON COLUMN 文件.地区级别 IS '地区级别：省级、地级、县级 | Level of the region';
COMMENT ON COLUMN 文件.种类 IS '文件种类：任务分解、进展情况、节点计划 | Kind of document';

CREATE VIEW 事项 AS SELECT item_id AS 事项编号, document_id AS 文件编号, region AS 地区, year AS 年份, seq AS 序号, category_no AS 大类序号,
  category AS 大类, text AS 任务, lead_org AS 牵头单位, leader AS 分管领导, deadline AS 完成时限, deadline_text AS 完成时限原文,
  status AS 状态, progress AS 进展情况, source_ref AS 来源位置, corrected AS 是否更正 FROM items;
COMMENT ON VIEW 事项 IS '事项：文件中有序号的一行，同 items | Items, as the table items';

CREATE VIEW 单位 AS SELECT o.item_id AS 事项编号, i.region AS 地区, i.year AS 年份, o.ord AS 次序, o.org AS 单位, o.agency_id AS 单位编号,
  o.is_lead AS 是否牵头 FROM item_orgs o JOIN items i USING (item_id);
COMMENT ON VIEW 单位 IS '单位：事项的责任单位，按原文顺序，同 item_orgs | Organisations of items, as the table item_orgs';

CREATE VIEW 责任人 AS SELECT p.item_id AS 事项编号, i.region AS 地区, i.year AS 年份, p.ord AS 次序, p.person AS 责任人, p.person_id AS 姓名
  FROM item_people p JOIN items i USING (item_id);
COMMENT ON VIEW 责任人 IS '责任人：事项的责任人，按原文顺序，同 item_people | Persons responsible, as the table item_people';

CREATE VIEW 节点 AS SELECT m.item_id AS 事项编号, i.region AS 地区, i.year AS 年份, m.ord AS 次序, m.due AS 日期, m.text AS 节点任务
  FROM milestones m JOIN items i USING (item_id);
COMMENT ON VIEW 节点 IS '节点：事项的分步时限，同 milestones | Milestones, as the table milestones';

CREATE VIEW 其他栏 AS SELECT n.item_id AS 事项编号, i.region AS 地区, i.year AS 年份, n.ord AS 次序, n.name AS 栏名, n.text AS 内容
  FROM item_notes n JOIN items i USING (item_id);
COMMENT ON VIEW 其他栏 IS '其他栏：事项在原表中没有对应字段的栏目，同 item_notes | Notes of items, as the table item_notes';

CREATE VIEW 进展 AS SELECT i.item_id AS 事项编号, i.region AS 地区, i.year AS 年份, d.as_of AS 截至日, i.status AS 状态, i.progress AS 进展情况
  FROM items i JOIN documents d USING (document_id) WHERE i.progress IS NOT NULL;
COMMENT ON VIEW 进展 IS '进展：有进展情况的事项 | Items with reported progress';

CREATE VIEW 指标 AS SELECT indicator_id AS 指标编号, name AS 指标, name_en AS 英文名, unit AS 单位, direction_name(direction) AS 方向,
  theme AS 领域, definition AS 定义 FROM indicators;
COMMENT ON VIEW 指标 IS '指标：指标目录，同 indicators | Indicators, as the table indicators';
COMMENT ON COLUMN 指标.方向 IS '方向：越高越好、越低越好、中性 | Direction';

CREATE VIEW 口径 AS SELECT b.indicator_id AS 指标编号, i.name AS 指标, b.basis AS 口径编号, b.ord AS 次序, b.name AS 口径, figure_kind_name(b.kind) AS 类型,
  b.additive AS 是否可加 FROM indicator_bases b JOIN indicators i USING (indicator_id);
COMMENT ON VIEW 口径 IS '口径：指标的一个数值可能涵盖的范围，同 indicator_bases | Bases, as the table indicator_bases';
COMMENT ON COLUMN 口径.类型 IS '类型：时期数（年内从零计起）、时点数（某日有多少）、累计数（历年总和）、比率、标准'
  ' | What it is: flow, stock, cumulative, rate, standard';

CREATE VIEW 数值 AS SELECT measure_id AS 数值编号, item_id AS 事项编号, document_id AS 文件编号, region AS 地区, year AS 年份,
  context_name(context) AS 所在文字, due AS 节点日期, role_name(role) AS 性质, subject AS 对象, value AS 数值, value_high AS 上限, unit AS 单位,
  comparator AS 比较符, is_each AS 是否各数, quote AS 原文, indicator_id AS 指标编号, basis AS 口径编号, corrected AS 是否更正 FROM measures;
COMMENT ON VIEW 数值 IS '数值：文件中的每一个量，可追溯到原句，同 measures | Measures, as the table measures';
COMMENT ON COLUMN 数值.所在文字 IS '所在文字：任务、节点、进展 | Text it stands in';
COMMENT ON COLUMN 数值.性质 IS '性质：目标、节点目标、实际、原有 | Role: target, milestone, actual, baseline';

CREATE VIEW 观测值 AS SELECT region AS 地区, year AS 年份, indicator_id AS 指标编号, indicator AS 指标, role_name(role) AS 性质, value AS 数值,
  value_high AS 上限, unit AS 单位, comparator AS 比较符, basis_name AS 口径, obs_status_name(obs_status) AS 状态, note AS 说明, is_each AS 是否各数,
  due AS 节点日期, as_of AS 截至日, subject AS 对象, quote AS 原文, document_id AS 文件编号, item_id AS 事项编号, measure_id AS 数值编号
  FROM observations;
COMMENT ON VIEW 观测值 IS '观测值：有指标的数值，能精确换算的已换算为指标单位，同 observations | Observations, as the view observations';
COMMENT ON COLUMN 观测值.性质 IS '性质：目标、节点目标、实际、原有 | Role: target, milestone, actual, baseline';
COMMENT ON COLUMN 观测值.状态 IS '状态：正常、年度未满、口径不同（不是主要口径）、序列中断'
  ' | Status: normal, part of the year, another basis, break in series';

CREATE VIEW 对比 AS SELECT c.region AS 地区, c.indicator_id AS 指标编号, c.indicator AS 指标, role_name(c.role) AS 性质,
  c.earlier_year AS 较早年份, c.later_year AS 较晚年份,
  c.earlier_comparator AS 较早比较符, c.earlier_value AS 较早数值, c.earlier_unit AS 较早单位, e.name AS 较早口径,
  c.later_comparator AS 较晚比较符, c.later_value AS 较晚数值, c.later_unit AS 较晚单位, l.name AS 较晚口径,
  c.difference AS 差额, c.difference_unit AS 差额单位, c.ratio AS 变化率, verdict_name(c.verdict) AS 可比性, c.reason AS 理由
  FROM comparisons c
  JOIN indicator_bases e ON e.indicator_id = c.indicator_id AND e.basis = c.earlier_basis
  JOIN indicator_bases l ON l.indicator_id = c.indicator_id AND l.basis = c.later_basis;
COMMENT ON VIEW 对比 IS '对比：同一地区同一指标两个年份的数值，能否比较及理由，同 comparisons | Comparisons, as the view comparisons';
COMMENT ON COLUMN 对比.性质 IS '性质：目标、实际 | Role: target, actual';
COMMENT ON COLUMN 对比.可比性 IS '可比性：可比、附说明可比（说明须一并列出）、不可比'
  ' | Verdict: comparable, comparable with the note beside it, not comparable';

CREATE VIEW 延续 AS SELECT l.item_id AS 事项编号, i.region AS 地区, i.year AS 年份, l.earlier_item_id AS 较早事项, e.year AS 较早年份, l.score AS 得分,
  l.reason AS 理由, l.corrected AS 是否人工认定
  FROM item_links l JOIN items i USING (item_id) JOIN items e ON e.item_id = l.earlier_item_id;
COMMENT ON VIEW 延续 IS '延续：某年事项延续哪些较早事项，同 item_links | Continuity, as the table item_links';

CREATE VIEW 事项变化 AS SELECT c.region AS 地区, c.earlier_year AS 较早年份, c.later_year AS 较晚年份,
  CASE c.continuity WHEN 'continued' THEN '延续' WHEN 'resumed' THEN '恢复' WHEN 'new' THEN '新增' ELSE '退出' END AS 情况,
  c.item_id AS 事项编号, i.text AS 任务, c.earlier_item_id AS 较早事项, c.earlier_item_year AS 较早事项年份, e.text AS 较早任务,
  c.score AS 得分, c.reason AS 理由
  FROM item_continuity c LEFT JOIN items i USING (item_id) LEFT JOIN items e ON e.item_id = c.earlier_item_id;
COMMENT ON VIEW 事项变化 IS '事项变化：相邻两个有文件的年份之间事项的去留，同 item_continuity | What became of items, as the view item_continuity';
COMMENT ON COLUMN 事项变化.情况 IS '情况：延续、恢复（上一年没有，更早年份有）、新增、退出'
  ' | What became of it: continued, resumed, new, dropped';

CREATE VIEW 年度数值 AS SELECT region AS 地区, year AS 年份, indicator_id AS 指标编号, indicator AS 指标, role_name(role) AS 性质, basis_name AS 口径,
  comparator AS 比较符, value AS 数值, unit AS 单位, as_of AS 截至日, is_each AS 是否各数, is_sum AS 是否相加, is_range AS 是否范围,
  is_suspect AS 是否存疑, figure_kind_name(kind) AS 类型, array_to_string(stated_values, '、') AS 原文数值 FROM yearly_figures;
COMMENT ON VIEW 年度数值 IS '年度数值：每个地区、年份、指标、性质、口径、单位一个数，同 yearly_figures | Yearly figures, as the view yearly_figures';
COMMENT ON COLUMN 年度数值.性质 IS '性质：目标、实际 | Role: target, actual';
COMMENT ON COLUMN 年度数值.类型 IS '类型：时期数（年内从零计起）、时点数（某日有多少）、累计数（历年总和）、比率、标准'
  ' | What it is: flow, stock, cumulative, rate, standard';
COMMENT ON COLUMN 年度数值.原文数值 IS '原文的各个数 | The figures as stated | 单位';

CREATE VIEW 完成 AS SELECT region AS 地区, year AS 年份, as_of AS 截至日, indicator_id AS 指标编号, subject AS 指标, basis_name AS 口径,
  target_comparator AS 目标比较符, target_value AS 目标, target_unit AS 目标单位, actual_comparator AS 实际比较符, actual_value AS 实际, actual_unit AS 实际单位,
  completion AS 完成率, difference AS 差额, difference_unit AS 差额单位, year_share AS 时间份额, year_share_reason AS 无时间份额的理由, figure_kind_name(kind) AS 类型, is_reached AS 是否达到, status AS 状态,
  disagreement AS 数值与状态不一致, verdict_name(verdict) AS 可比性, reason AS 理由, item_id AS 事项编号 FROM completions;
COMMENT ON VIEW 完成 IS '完成：实际与目标，旁列年度已过去的份额和文字状态，同 completions | Completions, as the view completions';
COMMENT ON COLUMN 完成.类型 IS '类型：时期数（年内从零计起）、时点数（某日有多少）、累计数（历年总和）、比率、标准；没有说明的为空'
  ' | What it is: flow, stock, cumulative, rate, standard; null where nothing tells';
COMMENT ON COLUMN 完成.可比性 IS '可比性：可比、不可比 | Verdict: comparable, not comparable';

CREATE VIEW 节点目标 AS SELECT region AS 地区, year AS 年份, item_id AS 事项编号, indicator_id AS 指标编号, indicator AS 指标, basis_name AS 口径, due AS 日期,
  comparator AS 比较符, value AS 累计数, unit AS 单位, final_value AS 全年数, final_unit AS 全年单位, final_due AS 最后日期, share_of_final AS 占全年份额, quote AS 原文 FROM plan_steps;
COMMENT ON VIEW 节点目标 IS '节点目标：有指标的节点数，均为累计数，不得相加，同 plan_steps | Milestone targets, as the view plan_steps';

CREATE VIEW 更正 AS SELECT c.item_id AS 事项编号, i.region AS 地区, i.year AS 年份, c.measure_id AS 数值编号, c.field AS 栏目, c.original AS 原读数,
  c.corrected AS 更正后, c.reason AS 理由, c.source AS 依据, c.corrected_by AS 更正人, c.corrected_on AS 更正日期
  FROM corrections c JOIN items i USING (item_id);
COMMENT ON VIEW 更正 IS '更正：人对已公布文件的更正，同 corrections | Corrections, as the table corrections';

CREATE VIEW 存疑 AS SELECT code AS 规则, region AS 地区, year AS 年份, item_id AS 事项编号, measure_id AS 数值编号, context_name(context) AS 所在文字,
  value AS 数值, unit AS 单位, quote AS 原文, reason AS 理由 FROM suspects;
COMMENT ON VIEW 存疑 IS '存疑：与同处的其他数明显不合的数值，只提示，不更改，同 suspects | Suspects, as the view suspects';
COMMENT ON COLUMN 存疑.所在文字 IS '所在文字：任务、节点、进展 | Text it stands in';

CREATE VIEW 发现 AS SELECT document_id AS 文件编号, code AS 代码, CASE severity WHEN 'error' THEN '错误' ELSE '提醒' END AS 程度, place AS 位置,
  text AS 原文, message AS 说明 FROM findings;
COMMENT ON VIEW 发现 IS '发现：读取文件时需要人知道的问题，同 findings | Findings, as the table findings';
COMMENT ON COLUMN 发现.程度 IS '程度：错误、提醒 | Severity: error or warning';
