-- How the views and reports write numbers and names, and what a query is asked for.

-- A decimal as one writes it: 27370.500000 is 27370.5.
CREATE MACRO plain_number(v) AS rtrim(rtrim(v::DECIMAL(28, 10)::VARCHAR, '0'), '.');

-- The same with 万 from ten thousand and 亿 from a hundred million on, where four decimals hold it: 27370 is 2.737万. Never rounded.
CREATE MACRO wan_number(v) AS CASE
  WHEN abs(v) >= 100000000 AND v::DECIMAL(24, 6) = trunc(v::DECIMAL(24, 6) / 10000) * 10000 THEN plain_number(v::DECIMAL(24, 6) / 100000000) || '亿'
  WHEN abs(v) >= 10000 AND v::DECIMAL(24, 6) = trunc(v::DECIMAL(24, 6)) THEN plain_number(v::DECIMAL(24, 6) * 0.0001) || '万'
  ELSE plain_number(v) END;

-- A share as percent of one decimal or none, halves rounded away from zero as people do: 0.5125 is 51.3%.
CREATE MACRO percent_number(r) AS replace(round(r::DECIMAL(24, 6) * 100, 1)::DECIMAL(24, 1)::VARCHAR, '-', '−');
CREATE MACRO whole_percent(r) AS replace(round(r::DECIMAL(24, 6) * 100)::DECIMAL(24, 0)::VARCHAR, '-', '−') || '%';

-- A name of a division without its ending, where two characters are left: 云和县 is 云和, 赵县 is 赵县.
CREATE MACRO short_region(name) AS coalesce(
  nullif(regexp_extract(name, '^(.{2,}?)(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|省|市|区|县|盟|旗)$', 1), ''), name);

-- A region, year or indicator that a query is asked for, or an error where the warehouse has none of that name: an empty
-- answer would read as "nothing of the kind". Null stands for all. A region may be given by its code or short name if just
-- one is called so, an indicator by its name. The error is JSON that connection.ts turns into a failure with that code.
CREATE MACRO the_region(r) AS CASE
  WHEN r IS NULL OR EXISTS (SELECT 1 FROM documents AS d0 WHERE d0.region = r) THEN r
  WHEN (SELECT count(DISTINCT d0.region_code) FROM documents AS d0 WHERE r IN (d0.region_code, short_region(d0.region))) = 1
    AND (SELECT count(DISTINCT d1.region_code) FROM documents AS d1 WHERE d1.region IN
      (SELECT d0.region FROM documents AS d0 WHERE r IN (d0.region_code, short_region(d0.region)))) = 1
    THEN (SELECT min(d0.region) FROM documents AS d0 WHERE r IN (d0.region_code, short_region(d0.region)))
  ELSE error(json_object('code', 'region-not-loaded', 'region', r,
    'known', (SELECT string_agg(DISTINCT d0.region, '、' ORDER BY d0.region) FROM documents AS d0))::VARCHAR) END;
CREATE MACRO the_year(r, y) AS CASE
  WHEN y IS NULL OR EXISTS (SELECT 1 FROM documents AS d0 WHERE d0.year = y AND (r IS NULL OR d0.region = the_region(r))) THEN y::INTEGER
  ELSE error(json_object('code', 'year-not-loaded', 'year', y,
    'known', (SELECT string_agg(DISTINCT d0.year, '、' ORDER BY d0.year) FROM documents AS d0 WHERE r IS NULL OR d0.region = the_region(r)))::VARCHAR) END;
CREATE MACRO the_indicator(x) AS CASE
  WHEN x IS NULL THEN NULL
  WHEN EXISTS (SELECT 1 FROM indicators AS i0 WHERE x IN (i0.indicator_id, i0.name))
    THEN (SELECT min(i0.indicator_id) FROM indicators AS i0 WHERE x IN (i0.indicator_id, i0.name))
  ELSE error(json_object('code', 'indicator-not-in-catalogue', 'indicator', x,
    'near', (SELECT string_agg(i0.indicator_id || ' ' || i0.name, '、' ORDER BY i0.place) FROM (
      SELECT indicator_id, name, row_number() OVER (ORDER BY greatest(jaro_similarity(indicator_id, x), jaro_similarity(name, x)) DESC, indicator_id) AS place
      FROM indicators) AS i0 WHERE i0.place <= 3))::VARCHAR) END;

CREATE MACRO the_organisation(x) AS CASE
  WHEN EXISTS (SELECT 1 FROM item_orgs AS o0 WHERE x IN (o0.org, o0.agency_id)) THEN x
  ELSE error(json_object('code', 'organisation-not-loaded', 'organisation', x,
    'near', (SELECT string_agg(o0.org, '、' ORDER BY o0.place) FROM (
      SELECT org, row_number() OVER (ORDER BY jaro_similarity(org, x) DESC, org) AS place FROM (SELECT DISTINCT org FROM item_orgs)) AS o0 WHERE o0.place <= 3))::VARCHAR) END;
CREATE MACRO the_theme(x) AS CASE
  WHEN x IS NULL OR EXISTS (SELECT 1 FROM indicators AS i0 WHERE i0.theme = x) THEN x
  ELSE error(json_object('code', 'theme-unknown', 'theme', x,
    'known', (SELECT string_agg(DISTINCT i0.theme, '、' ORDER BY i0.theme) FROM indicators AS i0))::VARCHAR) END;

-- How a figure is printed in a table: ≥27370, 3—5, 各42400. A value that cannot be chosen shows as stated.
CREATE MACRO figure_text(sign, v, high, each) AS (CASE WHEN each THEN '各' ELSE '' END) || coalesce(sign, '') || plain_number(v) || coalesce('—' || plain_number(high), '');

-- The beginning of a text of more than n characters, never cut inside a number: 新增就业12000人 is not 新增就业120……, nor is
-- 培训5万人 培训5……
CREATE MACRO shortened(t, n) AS CASE WHEN length(t) <= n + 2 THEN t
  ELSE regexp_replace(left(t, n), '\s*[0-9０-９一二两三四五六七八九十百千万亿][0-9０-９.．,/%％\s一二两三四五六七八九十百千万亿]*$', '') || '……' END;

-- prefecture is 地级.
CREATE MACRO level_name(level) AS CASE level WHEN 'province' THEN '省级' WHEN 'prefecture' THEN '地级' ELSE '县级' END;

-- 2021-06-30 is 2021年6月30日.
CREATE MACRO day_words(d) AS year(d) || '年' || month(d) || '月' || day(d) || '日';

-- 2021-06-30 in a paper of 2021 is 截至6月30日.
CREATE MACRO as_of_words(d, y) AS CASE WHEN d IS NULL THEN '未注明截至日' ELSE '截至' || CASE WHEN year(d) = y THEN '' ELSE year(d) || '年' END || month(d) || '月' || day(d) || '日' END;

-- Where a finding stands, as the tables keep it: table 1, row 2, column 3 is 表1，第2行，第3列.
CREATE MACRO place_words(p) AS replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(p,
  '\bsheet "([^"]*)"', '工作表“\1”'), '\bpage (\d+)', '第\1页'), '\btable (\d+)', '表\1'), '\brow (\d+)', '第\1行'), '\bline (\d+)', '第\1行'),
  '\bcolumn (\d+)', '第\1列'), ', ', '，');

-- Up to which day of its year a report speaks: one of January 15 of the next year tells the whole year. Null where that is not
-- told, or lies before the year.
CREATE MACRO reported_until(d, y) AS CASE WHEN d >= make_date(y::BIGINT, 1, 1) THEN least(d, make_date(y::BIGINT, 12, 31)) END;

-- How much of its year is over at a day's end: by months at a month's end (June 30 is one half, as people reckon), else by days.
CREATE MACRO share_of_year(d) AS round(CASE
  WHEN d = last_day(d) THEN month(d) / 12
  ELSE dayofyear(d) / dayofyear(make_date(year(d), 12, 31)) END, 4)::DECIMAL(5, 4);

-- What a figure of a basis is: what the catalogue says of the basis, unless that is a flow and the sentence says otherwise.
CREATE MACRO figure_kind(of_basis, told) AS CASE WHEN of_basis = 'flow' AND told IS NOT NULL THEN told ELSE of_basis END;

-- Why a figure is set beside no share of the year, as a paper prints it; null for one that is. June 30 says nothing of a
-- number that was there in January.
CREATE MACRO no_year_share(kind, d, y) AS CASE
  WHEN kind IS NULL THEN '原文没有说明是不是年内从零计起的数，不与年度进度比'
  WHEN kind <> 'flow' THEN '是' || figure_kind_name(kind) || '，不与年度进度比'
  WHEN reported_until(d, y) IS NULL THEN '没有可用的截至日，无从与年度进度比' END;

-- The words of the Chinese views for what the tables write as codes; each is said in the comment of its column.
CREATE MACRO kind_name(k) AS CASE k WHEN 'plan' THEN '任务分解' WHEN 'progress' THEN '进展情况' ELSE '节点计划' END;
CREATE MACRO context_name(c) AS CASE c WHEN 'task' THEN '任务' WHEN 'milestone' THEN '节点' ELSE '进展' END;
CREATE MACRO role_name(r) AS CASE r WHEN 'target' THEN '目标' WHEN 'milestone' THEN '节点目标' WHEN 'actual' THEN '实际' ELSE '原有' END;
CREATE MACRO verdict_name(v) AS CASE v WHEN 'comparable' THEN '可比' WHEN 'with_note' THEN '附说明可比' WHEN 'not_comparable' THEN '不可比' END;
CREATE MACRO direction_name(d) AS CASE d WHEN 'higher' THEN '越高越好' WHEN 'lower' THEN '越低越好' ELSE '中性' END;
CREATE MACRO figure_kind_name(k) AS CASE k WHEN 'flow' THEN '时期数' WHEN 'stock' THEN '时点数' WHEN 'cumulative' THEN '累计数' WHEN 'rate' THEN '比率' WHEN 'standard' THEN '标准' END;
CREATE MACRO obs_status_name(s) AS CASE s WHEN 'A' THEN '正常' WHEN 'P' THEN '年度未满' WHEN 'D' THEN '口径不同' ELSE '序列中断' END;
