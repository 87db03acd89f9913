-- What was attained against what was promised for the year, where indicator, basis and unit are the same; beside it the
-- share of the year gone by then, and the status in words, which may say something else than the numbers.
CREATE VIEW completions AS
WITH figures AS MATERIALIZED (FROM yearly_figures),
pairs AS (
  SELECT a.region, a.region_code, a.year, a.as_of, a.indicator_id, a.indicator AS subject, a.unit, a.basis, a.basis_name,
    t.value AS target_value, t.comparator AS target_comparator, t.unit AS target_unit, a.value AS actual_value, a.comparator AS actual_comparator,
    t.measure_ids AS target_measure_ids, a.measure_ids AS actual_measure_ids, i.direction, a.kind,
    list_filter([
      CASE WHEN t.basis <> a.basis AND coalesce(r.verdict, '') <> 'comparable' THEN '口径不同：目标为' || t.basis_name || '，实际为' || a.basis_name END,
      CASE WHEN t.unit <> a.unit THEN '计量单位不同：目标为' || t.unit || '，实际为' || a.unit END,
      CASE WHEN t.is_each <> a.is_each THEN '一为各数，一为合计' END,
      -- What was done since 2019 is no share of a year's target. Of two bases their own names say it already.
      CASE WHEN t.kind <> a.kind AND t.basis = a.basis THEN '类型不同：目标为' || figure_kind_name(t.kind) || '，实际为' || figure_kind_name(a.kind) END,
      CASE WHEN t.is_suspect THEN '目标的数值存疑（' || array_to_string(t.stated_values, '、') || t.unit || '）' END,
      CASE WHEN a.is_suspect THEN '实际的数值存疑（' || array_to_string(a.stated_values, '、') || a.unit || '）' END,
      CASE WHEN t.is_range OR a.is_range THEN '为一个范围' WHEN t.value IS NULL THEN '目标有几个数值（' || array_to_string(t.stated_values, '、') || '），不能取舍'
           WHEN a.value IS NULL THEN '实际有几个数值（' || array_to_string(a.stated_values, '、') || '），不能取舍' END
    ], lambda reason: reason IS NOT NULL) AS obstacles,
    (t.basis <> a.basis)::INTEGER + (t.unit <> a.unit)::INTEGER AS distance, t.basis_ord + a.basis_ord AS distance_from_main
  FROM figures a
  JOIN figures t USING (region_code, year, indicator_id)
  JOIN indicators i USING (indicator_id)
  LEFT JOIN basis_relations r ON r.indicator_id = a.indicator_id AND r.basis = t.basis AND r.other_basis = a.basis
  WHERE a.role = 'actual' AND t.role = 'target'
  QUALIFY row_number() OVER (
    PARTITION BY a.region_code, a.year, a.indicator_id, a.basis, a.unit, a.as_of
    ORDER BY len(obstacles), distance, distance_from_main, t.basis, t.unit) = 1
),
-- Quantities without an indicator: those of one item that count the same thing in one unit, if there is one of each. Verbs do
-- not matter (新建口袋公园, 建成口袋公园), but what is only begun is no completion.
named AS (
  SELECT m.*, coalesce(w.counted, m.subject) AS counted, coalesce(w.is_begun, false) AS is_begun, w.kind,
    m.value_high IS NOT NULL AS is_range, m.measure_id IN (SELECT s.measure_id FROM suspects s) AS is_suspect
  FROM measures m LEFT JOIN measure_words w USING (measure_id)
  WHERE m.indicator_id IS NULL AND (m.role = 'actual' OR (m.role = 'target' AND m.context = 'task')) AND m.subject <> ''
),
unlinked AS (
  SELECT a.region, d.region_code, a.year, d.as_of, a.subject, a.unit,
    t.value AS target_value, t.comparator AS target_comparator, a.value AS actual_value, a.comparator AS actual_comparator,
    [t.measure_id] AS target_measure_ids, [a.measure_id] AS actual_measure_ids, t.unit AS target_unit, 'higher' AS direction,
    -- Either sentence may say what both are; what only one of them calls a flow is one.
    coalesce(nullif(a.kind, 'flow'), nullif(t.kind, 'flow'), a.kind, t.kind) AS kind,
    list_filter([
      CASE WHEN count(*) OVER same > 1 THEN '同一事项中同名的数不止一个，不能配对' END,
      CASE WHEN a.is_begun AND NOT t.is_begun THEN '实际为开工、招标等，不是完成' END,
      CASE WHEN t.is_each <> a.is_each THEN '一为各数，一为合计' END,
      CASE WHEN t.kind <> a.kind THEN '类型不同：目标为' || figure_kind_name(t.kind) || '，实际为' || figure_kind_name(a.kind) END,
      CASE WHEN t.is_range OR a.is_range THEN '为一个范围' END,
      CASE WHEN t.is_suspect THEN '目标的数值存疑（' || plain_number(t.value) || t.unit || '）' END,
      CASE WHEN a.is_suspect THEN '实际的数值存疑（' || plain_number(a.value) || a.unit || '）' END
    ], lambda reason: reason IS NOT NULL) AS obstacles
  FROM named a JOIN documents d USING (document_id)
  JOIN named t ON t.item_id = a.item_id AND t.counted = a.counted AND t.unit = a.unit AND t.role = 'target'
  WHERE a.role = 'actual'
  WINDOW same AS (PARTITION BY a.item_id, a.counted, a.unit)
),
all_pairs AS (
  SELECT *, len(obstacles) = 0 AS is_comparable FROM pairs
  UNION ALL BY NAME
  SELECT *, len(obstacles) = 0 AS is_comparable FROM unlinked
),
places AS (
  SELECT u.actual_measure_ids, min(i.item_id) AS item_id, string_agg(DISTINCT i.status, '、' ORDER BY i.status) AS status
  FROM (SELECT DISTINCT actual_measure_ids, unnest(actual_measure_ids) AS measure_id FROM all_pairs) u
  JOIN measures m USING (measure_id) JOIN items i ON i.item_id = m.item_id
  GROUP BY u.actual_measure_ids
),
stated AS (
  SELECT p.*, l.status, l.item_id,
    no_year_share(p.kind, p.as_of, p.year) AS year_share_reason,
    CASE
      WHEN NOT is_comparable OR actual_comparator IN ('<', '<=') THEN NULL
      -- 超3万份 may be more than 6万份, or not.
      WHEN actual_comparator IN ('>', '>=') AND actual_value < target_value THEN NULL
      WHEN direction = 'lower' AND target_comparator IN ('=', '~') THEN actual_value <= target_value
      WHEN target_comparator IN ('<', '<=') THEN actual_value < target_value OR (actual_value = target_value AND target_comparator = '<=' AND actual_comparator <> '>')
      WHEN target_comparator = '>' THEN actual_value > target_value OR (actual_value = target_value AND actual_comparator = '>')
      ELSE actual_value >= target_value
    END AS is_reached
  FROM all_pairs p JOIN places l USING (actual_measure_ids)
)
SELECT region, region_code, year, as_of, indicator_id, subject, basis, basis_name,
  target_value, target_comparator, target_unit, actual_value, actual_comparator, unit AS actual_unit,
  CASE WHEN is_comparable AND unit <> '%' AND direction <> 'lower' AND target_comparator NOT IN ('<', '<=') AND target_value > 0
    THEN TRY_CAST(round(actual_value::DOUBLE / target_value::DOUBLE, 6) AS DECIMAL(24, 6)) END AS completion,
  CASE WHEN is_comparable THEN actual_value - target_value END AS difference,
  CASE WHEN is_comparable THEN CASE WHEN unit = '%' THEN '个百分点' ELSE unit END END AS difference_unit,
  CASE WHEN year_share_reason IS NULL THEN share_of_year(reported_until(as_of, year)) END AS year_share,
  is_reached, status,
  CASE
    WHEN is_reached AND status IS NOT NULL AND NOT regexp_matches(status, '^(已完成|完成|提前完成|超额完成)') THEN '数值已达到目标，状态为“' || status || '”'
    WHEN NOT is_reached AND regexp_matches(status, '^(已完成|完成|提前完成|超额完成)') THEN '数值未达到目标，状态为“' || status || '”'
  END AS disagreement,
  CASE WHEN is_comparable THEN 'comparable' ELSE 'not_comparable' END AS verdict,
  nullif(array_to_string(obstacles, '；'), '') AS reason,
  item_id, target_measure_ids, actual_measure_ids, kind, year_share_reason
FROM stated;
COMMENT ON VIEW completions IS '完成：同一地区、年份、指标、口径、单位的实际与目标，旁列年度已过去的份额和文字状态；不可比时不给完成率'
  ' | Completions: actual against target of one region, year, indicator, basis and unit, beside the share of the year gone and the state in words';
COMMENT ON COLUMN completions.region IS '地区全称 | Full name of the region';
COMMENT ON COLUMN completions.region_code IS '行政区划代码 | Code of the region by GB/T 2260';
COMMENT ON COLUMN completions.year IS '年份 | Year';
COMMENT ON COLUMN completions.as_of IS '实际数的截至日 | Day up to which the actual is reported';
COMMENT ON COLUMN completions.indicator_id IS '指标编号；无指标而在同一事项中所数之物、单位相同的两个数，此处为空'
  ' | Indicator; null for two quantities of one item that share name and unit without one';
COMMENT ON COLUMN completions.subject IS '指标名称；没有指标时为计量的对象'
  ' | Name of the indicator, or what is counted';
COMMENT ON COLUMN completions.basis IS '实际数的口径 | Basis of the actual';
COMMENT ON COLUMN completions.basis_name IS '口径名称 | Name of the basis';
COMMENT ON COLUMN completions.target_value IS '目标 | Target | target_unit';
COMMENT ON COLUMN completions.target_comparator IS '目标的比较符 | Comparator of the target';
COMMENT ON COLUMN completions.target_unit IS '目标的单位 | Unit of the target';
COMMENT ON COLUMN completions.actual_value IS '实际 | Actual | actual_unit';
COMMENT ON COLUMN completions.actual_comparator IS '实际数的比较符 | Comparator of the actual';
COMMENT ON COLUMN completions.actual_unit IS '实际数的单位 | Unit of the actual';
COMMENT ON COLUMN completions.completion IS '完成率，实际÷目标，如 0.5687；百分比和不可比的没有'
  ' | Actual over target; none for percentages and what cannot be compared | 1 = 100%';
COMMENT ON COLUMN completions.difference IS '实际减目标'
  ' | Actual less target | difference_unit';
COMMENT ON COLUMN completions.difference_unit IS '差额的单位，百分比之差为个百分点'
  ' | Unit of the difference; percentage points for percentages';
COMMENT ON COLUMN completions.year_share IS '截至日时年度已过去的份额，6月底为 0.5；只有年内从零计起的时期数才有，其他的见 year_share_reason'
  ' | Share of the year gone on that day, June 30 is 0.5; for flows only, which begin at zero in January; of others year_share_reason says why not | 1 = 100%';
COMMENT ON COLUMN completions.is_reached IS '数值是否达到目标'
  ' | Whether the target is reached by the numbers';
COMMENT ON COLUMN completions.status IS '文件中的文字状态，如 按进度完成'
  ' | State in words in the document';
COMMENT ON COLUMN completions.disagreement IS '数值与文字状态不一致之处'
  ' | Where numbers and words disagree';
COMMENT ON COLUMN completions.verdict IS 'comparable 可比，not_comparable 不可比'
  ' | comparable or not_comparable';
COMMENT ON COLUMN completions.reason IS '不可比的理由 | Why they cannot be compared';
COMMENT ON COLUMN completions.item_id IS '实际数所在的事项 | Item the actual stands in';
COMMENT ON COLUMN completions.target_measure_ids IS '目标的数值编号 | Measures of the target';
COMMENT ON COLUMN completions.actual_measure_ids IS '实际的数值编号 | Measures of the actual';
COMMENT ON COLUMN completions.kind IS '类型：flow 时期数，stock 时点数，cumulative 累计数，rate 比率，standard 标准；没有指标而句中也没有说明的为空'
  ' | What they are: flow, stock, cumulative, rate or standard; null where neither an indicator nor the sentence tells';
COMMENT ON COLUMN completions.year_share_reason IS '为什么不与年度进度比，如 是累计数，不与年度进度比；有时间份额的为空'
  ' | Why there is no share of the year to set it beside; null where there is one';

-- Steps of a plan are cumulative, whether they say 累计 or not: the last of them counts, and they are never added.
CREATE VIEW plan_steps AS
SELECT o.region, o.region_code, o.year, o.document_id, o.item_id, o.seq, o.indicator_id, o.indicator, o.basis, o.basis_name,
  o.due, o.comparator, o.value, o.value_high, o.is_each, o.unit,
  last_value(o.value) OVER step AS final_value, last_value(o.unit) OVER step AS final_unit, last_value(o.due) OVER step AS final_due,
  row_number() OVER (PARTITION BY o.item_id, o.indicator_id, o.basis, o.unit ORDER BY o.due, o.ord) AS step_no,
  -- Of what was there in January a step says nothing of the year's work: 8000 of 8290 may be none of it.
  CASE WHEN figure_kind(b.kind, w.kind) = 'flow' AND o.value_high IS NULL AND NOT o.is_each AND final_value >= o.value AND final_value > 0 AND o.unit = final_unit
    AND o.measure_id NOT IN (SELECT s.measure_id FROM suspects s) THEN TRY_CAST(round(o.value::DOUBLE / final_value::DOUBLE, 6) AS DECIMAL(24, 6)) END AS share_of_final,
  o.quote, o.measure_id
FROM observations o
JOIN indicator_bases b USING (indicator_id, basis)
LEFT JOIN measure_words w ON w.measure_id = o.measure_id
WHERE o.role = 'milestone' AND o.due IS NOT NULL
WINDOW step AS (PARTITION BY o.item_id, o.indicator_id, o.basis, o.unit ORDER BY o.due, o.ord ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING);
COMMENT ON VIEW plan_steps IS '节点目标：有指标的节点数，均为累计数；取到某日为止的最后一个，不得相加'
  ' | Milestone targets with an indicator, all cumulative: take the last up to a day, never add them';
COMMENT ON COLUMN plan_steps.region IS '地区全称 | Full name of the region';
COMMENT ON COLUMN plan_steps.region_code IS '行政区划代码 | Code of the region by GB/T 2260';
COMMENT ON COLUMN plan_steps.year IS '年份 | Year';
COMMENT ON COLUMN plan_steps.document_id IS '文件编号 | Document';
COMMENT ON COLUMN plan_steps.item_id IS '事项编号 | Item';
COMMENT ON COLUMN plan_steps.seq IS '序号 | Number of the item';
COMMENT ON COLUMN plan_steps.indicator_id IS '指标编号 | Indicator';
COMMENT ON COLUMN plan_steps.indicator IS '指标名称 | Name of the indicator';
COMMENT ON COLUMN plan_steps.basis IS '口径 | Basis';
COMMENT ON COLUMN plan_steps.basis_name IS '口径名称 | Name of the basis';
COMMENT ON COLUMN plan_steps.due IS '节点日期 | Day by which it is due';
COMMENT ON COLUMN plan_steps.comparator IS '比较符 | Comparator';
COMMENT ON COLUMN plan_steps.value IS '到该日应累计达到的数'
  ' | What is to be reached by that day in all | unit';
COMMENT ON COLUMN plan_steps.value_high IS '范围的上限 | Upper end of a range | unit';
COMMENT ON COLUMN plan_steps.is_each IS '是否“各”：对几个对象中的每一个成立 | Whether it holds for each of several';
COMMENT ON COLUMN plan_steps.unit IS '计量单位 | Unit';
COMMENT ON COLUMN plan_steps.final_value IS '最后一个节点的数，即全年'
  ' | Value of the last milestone, the whole year''s | final_unit';
COMMENT ON COLUMN plan_steps.final_unit IS '最后一个节点的单位 | Unit of the last milestone';
COMMENT ON COLUMN plan_steps.final_due IS '最后一个节点的日期 | Day of the last milestone';
COMMENT ON COLUMN plan_steps.step_no IS '第几个节点 | Number of the milestone';
COMMENT ON COLUMN plan_steps.share_of_final IS '占最后一个节点的份额；只有年内从零计起的时期数才有'
  ' | Share of the last milestone; for flows only, which begin at zero in January | 1 = 100%';
COMMENT ON COLUMN plan_steps.quote IS '原文摘录 | Verbatim stretch';
COMMENT ON COLUMN plan_steps.measure_id IS '数值编号 | Measure';
