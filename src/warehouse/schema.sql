-- The tables of the warehouse. Stable: people's SQL depends on them. Every table and column says what it means
-- (COMMENT ON), and the documentation of the tables is made from these comments.

CREATE TABLE documents (
  document_id VARCHAR PRIMARY KEY,
  title VARCHAR NOT NULL,
  region VARCHAR NOT NULL,
  region_code VARCHAR NOT NULL,
  region_level VARCHAR NOT NULL CHECK (region_level IN ('province', 'prefecture', 'county')),
  year INTEGER NOT NULL,
  kind VARCHAR NOT NULL CHECK (kind IN ('plan', 'progress', 'schedule')),
  as_of DATE,
  issuer VARCHAR,
  issued_on DATE,
  document_number VARCHAR,
  declared_categories INTEGER,
  declared_items INTEGER,
  source_path VARCHAR NOT NULL,
  source_sha256 VARCHAR NOT NULL,
  reader VARCHAR NOT NULL,
  origin VARCHAR
);
COMMENT ON TABLE documents IS '文件：一个地区一年的一份已公布的任务分解表、进展情况表或项目表'
  ' | Documents: one published table of tasks, progress or projects of one region and year';
COMMENT ON COLUMN documents.document_id IS '文件编号，地区拼音-年份，如 jiangmen-2020'
  ' | Document id: region in pinyin, hyphen, year';
COMMENT ON COLUMN documents.title IS '标题，如 2020年市十件民生实事任务分解表 | Title as printed';
COMMENT ON COLUMN documents.region IS '地区全称，如 江门市 | Full name of the region';
COMMENT ON COLUMN documents.region_code IS '行政区划代码（GB/T 2260），如 440700'
  ' | Code of the region by GB/T 2260';
COMMENT ON COLUMN documents.region_level IS '地区级别：province 省级，prefecture 地级，county 县级'
  ' | Level of the region: province, prefecture or county';
COMMENT ON COLUMN documents.year IS '年份 | Year';
COMMENT ON COLUMN documents.kind IS '文件种类：plan 任务分解，progress 进展情况，schedule 节点计划'
  ' | Kind: plan (list of tasks), progress (report), schedule (dated steps)';
COMMENT ON COLUMN documents.as_of IS '进展截至日；不是进展表时为空'
  ' | Day up to which progress is reported; null for other kinds';
COMMENT ON COLUMN documents.issuer IS '发文机关 | Issuing authority';
COMMENT ON COLUMN documents.issued_on IS '成文日期 | Date of issue';
COMMENT ON COLUMN documents.document_number IS '发文字号，如 开府办〔2024〕8号'
  ' | Number of the document';
COMMENT ON COLUMN documents.declared_categories IS '文件自述的件数（共10件）'
  ' | Number of categories the document itself declares';
COMMENT ON COLUMN documents.declared_items IS '文件自述的项数（共29项）'
  ' | Number of items the document itself declares';
COMMENT ON COLUMN documents.source_path IS '来源文件名 | Name of the source file';
COMMENT ON COLUMN documents.source_sha256 IS '来源文件的 SHA-256 | SHA-256 of the source file';
COMMENT ON COLUMN documents.reader IS '读取来源文件的读取器，如 text'
  ' | Reader that read the source file';
COMMENT ON COLUMN documents.origin IS '文件从哪里来（发布单位、网址），据 data/sources.csv'
  ' | Where the file comes from (publisher, web address), by data/sources.csv';

CREATE TABLE items (
  item_id VARCHAR PRIMARY KEY,
  document_id VARCHAR NOT NULL REFERENCES documents (document_id),
  region VARCHAR NOT NULL,
  year INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  category_no INTEGER,
  category VARCHAR,
  text VARCHAR NOT NULL,
  lead_org VARCHAR,
  leader VARCHAR,
  deadline DATE,
  deadline_text VARCHAR,
  status VARCHAR,
  progress VARCHAR,
  source_ref VARCHAR NOT NULL,
  corrected BOOLEAN NOT NULL,
  UNIQUE (document_id, seq)
);
COMMENT ON TABLE items IS '事项：文件中有序号的一行 | Items: the numbered rows of documents';
COMMENT ON COLUMN items.item_id IS '事项编号，文件编号/序号，如 jiangmen-2020/7'
  ' | Item id: document id, slash, number';
COMMENT ON COLUMN items.document_id IS '所属文件编号 | Document the item belongs to';
COMMENT ON COLUMN items.region IS '地区全称 | Full name of the region';
COMMENT ON COLUMN items.year IS '年份 | Year';
COMMENT ON COLUMN items.seq IS '序号 | Number of the item in its document';
COMMENT ON COLUMN items.category_no IS '大类序号（一、二、… 记为 1、2、…）'
  ' | Number of the category (一, 二 … as 1, 2 …)';
COMMENT ON COLUMN items.category IS '大类，不含序号 | Category, without its number';
COMMENT ON COLUMN items.text IS '任务原文，不含牵头单位括注，不含汉字间的空白'
  ' | The task verbatim, without the bracket that names the lead and without blanks between Chinese characters';
COMMENT ON COLUMN items.lead_org IS '牵头单位 | Lead organisation';
COMMENT ON COLUMN items.leader IS '分管领导 | Leader in charge';
COMMENT ON COLUMN items.deadline IS '完成时限；12月底 记为当年 12 月 31 日'
  ' | Deadline; 12月底 is December 31 of the year';
COMMENT ON COLUMN items.deadline_text IS '完成时限原文 | Deadline as printed';
COMMENT ON COLUMN items.status IS '进展状态，如 已完成、按进度完成 | State of progress in words';
COMMENT ON COLUMN items.progress IS '进展情况原文 | Progress as reported, verbatim';
COMMENT ON COLUMN items.source_ref IS '在来源文件中的位置，如 line 12'
  ' | Where it stands in the source file';
COMMENT ON COLUMN items.corrected IS '是否有栏目经更正（数值的更正见 measures）'
  ' | Whether a field of the item was corrected (corrected figures: see measures)';

CREATE TABLE item_orgs (
  item_id VARCHAR NOT NULL REFERENCES items (item_id),
  ord INTEGER NOT NULL,
  org VARCHAR NOT NULL,
  agency_id VARCHAR NOT NULL,
  is_lead BOOLEAN NOT NULL,
  PRIMARY KEY (item_id, ord)
);
COMMENT ON TABLE item_orgs IS '事项的责任单位，按原文顺序 | Organisations of items, in printed order';
COMMENT ON COLUMN item_orgs.item_id IS '事项编号 | Item';
COMMENT ON COLUMN item_orgs.ord IS '在原文中的次序，从 1 起 | Place in the printed order, from 1';
COMMENT ON COLUMN item_orgs.org IS '单位名称，照原文 | Name of the organisation as printed';
COMMENT ON COLUMN item_orgs.agency_id IS '归一后的单位编号（同一单位的新旧名称相同，不同地区的同名单位不同）'
  ' | The organisation under one id: old and new names share it, organisations of other regions do not';
COMMENT ON COLUMN item_orgs.is_lead IS '是否牵头单位 | Whether it leads';

CREATE TABLE item_people (
  item_id VARCHAR NOT NULL REFERENCES items (item_id),
  ord INTEGER NOT NULL,
  person VARCHAR NOT NULL,
  person_id VARCHAR NOT NULL,
  PRIMARY KEY (item_id, ord)
);
COMMENT ON TABLE item_people IS '事项的责任人，按原文顺序；与责任单位不逐一配对'
  ' | Persons responsible for items, in printed order; not paired with organisations';
COMMENT ON COLUMN item_people.item_id IS '事项编号 | Item';
COMMENT ON COLUMN item_people.ord IS '在原文中的次序，从 1 起 | Place in the printed order, from 1';
COMMENT ON COLUMN item_people.person IS '责任人，照原文（姓名中的空白已去除）'
  ' | Name as printed, less the blanks in it';
COMMENT ON COLUMN item_people.person_id IS '归一后的姓名（异体写法相同者相同）'
  ' | Name under one spelling (variant characters share it)';

CREATE TABLE milestones (
  item_id VARCHAR NOT NULL REFERENCES items (item_id),
  ord INTEGER NOT NULL,
  due DATE NOT NULL,
  text VARCHAR NOT NULL,
  PRIMARY KEY (item_id, ord)
);
COMMENT ON TABLE milestones IS '节点计划：事项的分步时限 | Milestones: the dated steps of items';
COMMENT ON COLUMN milestones.item_id IS '事项编号 | Item';
COMMENT ON COLUMN milestones.ord IS '次序，从 1 起 | Order, from 1';
COMMENT ON COLUMN milestones.due IS '节点日期 | Day by which it is due';
COMMENT ON COLUMN milestones.text IS '节点任务原文 | The step verbatim';

CREATE TABLE item_notes (
  item_id VARCHAR NOT NULL REFERENCES items (item_id),
  ord INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  PRIMARY KEY (item_id, ord)
);
COMMENT ON TABLE item_notes IS '事项的其他栏：原表中没有对应字段的栏目，如总投资、建设地点、存在问题、备注，照原文'
  ' | Notes: what columns of the document say of items that no field holds (investment, place, problems, remarks), verbatim';
COMMENT ON COLUMN item_notes.item_id IS '事项编号 | Item';
COMMENT ON COLUMN item_notes.ord IS '在原文中的次序，从 1 起 | Place in the printed order, from 1';
COMMENT ON COLUMN item_notes.name IS '栏名，照原文，如 总投资（万元） | Name of the column as printed';
COMMENT ON COLUMN item_notes.text IS '内容原文；合并单元格的内容记在第一项 | The cell verbatim; a merged cell is the first item''s';

CREATE TABLE indicators (
  indicator_id VARCHAR PRIMARY KEY,
  name VARCHAR NOT NULL,
  name_en VARCHAR NOT NULL,
  unit VARCHAR NOT NULL,
  direction VARCHAR NOT NULL CHECK (direction IN ('higher', 'lower', 'neutral')),
  theme VARCHAR NOT NULL,
  definition VARCHAR NOT NULL
);
COMMENT ON TABLE indicators IS '指标目录：跨文件重复出现的量'
  ' | Catalogue of indicators: quantities that recur across documents';
COMMENT ON COLUMN indicators.indicator_id IS '指标编号，如 food-sampling-batches'
  ' | Indicator id';
COMMENT ON COLUMN indicators.name IS '指标名称 | Name in Chinese';
COMMENT ON COLUMN indicators.name_en IS '指标英文名称 | Name in English';
COMMENT ON COLUMN indicators.unit IS '计量单位 | Unit of measure';
COMMENT ON COLUMN indicators.direction IS '方向：higher 越高越好，lower 越低越好，neutral 中性'
  ' | Direction: higher (more is better), lower (less is better), neutral';
COMMENT ON COLUMN indicators.theme IS '领域，如 医疗卫生 | Theme';
COMMENT ON COLUMN indicators.definition IS '定义 | Definition';

CREATE TABLE indicator_bases (
  indicator_id VARCHAR NOT NULL REFERENCES indicators (indicator_id),
  basis VARCHAR NOT NULL,
  ord INTEGER NOT NULL,
  kind VARCHAR NOT NULL CHECK (kind IN ('flow', 'stock', 'cumulative', 'rate', 'standard')),
  name VARCHAR NOT NULL,
  additive BOOLEAN NOT NULL,
  comparable_with VARCHAR[] NOT NULL,
  PRIMARY KEY (indicator_id, basis)
);
COMMENT ON TABLE indicator_bases IS '口径：指标的一个数值可能涵盖的范围'
  ' | Bases: what a figure of an indicator may cover';
COMMENT ON COLUMN indicator_bases.indicator_id IS '指标编号 | Indicator';
COMMENT ON COLUMN indicator_bases.basis IS '口径编号，如 supervisory | Basis id';
COMMENT ON COLUMN indicator_bases.ord IS '次序；1 为主要口径 | Order; 1 is the main basis';
COMMENT ON COLUMN indicator_bases.kind IS '类型：flow 时期数（年内从零计起，各年可以相加，可与年度进度比），stock 时点数（某日有多少），cumulative 累计数（历年完成的总和），rate 比率，standard 标准或限额'
  ' | What its figures are: flow (from zero within a year: years may be added, and the share of the year is a yardstick), stock (in place on a day), cumulative (over several years), rate, standard';
COMMENT ON COLUMN indicator_bases.name IS '口径名称 | Name of the basis';
COMMENT ON COLUMN indicator_bases.additive IS '同一文件中同口径的几个数是否为一个总数的各部分，可以相加'
  ' | Whether several figures of this basis in one document are parts of one total and may be added';
COMMENT ON COLUMN indicator_bases.comparable_with IS '可以（直接或附说明）与之比较的其他口径'
  ' | Other bases it may be compared with, outright or with a note';

CREATE TABLE basis_relations (
  indicator_id VARCHAR NOT NULL,
  basis VARCHAR NOT NULL,
  other_basis VARCHAR NOT NULL,
  verdict VARCHAR NOT NULL CHECK (verdict IN ('comparable', 'with_note')),
  note VARCHAR NOT NULL,
  PRIMARY KEY (indicator_id, basis, other_basis),
  FOREIGN KEY (indicator_id, basis) REFERENCES indicator_bases (indicator_id, basis)
);
COMMENT ON TABLE basis_relations IS '不同口径之间的可比关系；没有列出的两种口径不可比'
  ' | Which bases of an indicator may be compared; two that are not listed may not';
COMMENT ON COLUMN basis_relations.indicator_id IS '指标编号 | Indicator';
COMMENT ON COLUMN basis_relations.basis IS '口径 | Basis';
COMMENT ON COLUMN basis_relations.other_basis IS '另一口径 | Other basis';
COMMENT ON COLUMN basis_relations.verdict IS 'comparable 可比，with_note 附说明可比'
  ' | comparable, or with_note: comparable with the note beside it';
COMMENT ON COLUMN basis_relations.note IS '说明 | Note, as it is printed';

CREATE TABLE shared_bases (
  indicator_id VARCHAR NOT NULL,
  basis VARCHAR NOT NULL,
  also_indicator_id VARCHAR NOT NULL,
  also_basis VARCHAR NOT NULL,
  PRIMARY KEY (indicator_id, basis, also_indicator_id),
  FOREIGN KEY (indicator_id, basis) REFERENCES indicator_bases (indicator_id, basis),
  FOREIGN KEY (also_indicator_id, also_basis) REFERENCES indicator_bases (indicator_id, basis)
);
COMMENT ON TABLE shared_bases IS '共用数值：一个数同时是另一指标的数值（如两类孤儿统一的标准）'
  ' | Shared figures: one number that is also a figure of another indicator';
COMMENT ON COLUMN shared_bases.indicator_id IS '指标编号 | Indicator';
COMMENT ON COLUMN shared_bases.basis IS '口径 | Basis';
COMMENT ON COLUMN shared_bases.also_indicator_id IS '同时所属的另一指标 | The other indicator';
COMMENT ON COLUMN shared_bases.also_basis IS '在另一指标中的口径'
  ' | Basis within the other indicator';

CREATE TABLE measures (
  measure_id VARCHAR PRIMARY KEY,
  item_id VARCHAR NOT NULL REFERENCES items (item_id),
  document_id VARCHAR NOT NULL REFERENCES documents (document_id),
  region VARCHAR NOT NULL,
  year INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  ord INTEGER NOT NULL,
  context VARCHAR NOT NULL CHECK (context IN ('task', 'milestone', 'progress')),
  due DATE,
  role VARCHAR NOT NULL CHECK (role IN ('target', 'milestone', 'actual', 'baseline')),
  subject VARCHAR NOT NULL,
  value DECIMAL(24, 6) NOT NULL,
  value_high DECIMAL(24, 6),
  unit VARCHAR NOT NULL,
  comparator VARCHAR NOT NULL CHECK (comparator IN ('>=', '>', '=', '~', '<=', '<')),
  is_each BOOLEAN NOT NULL,
  quote VARCHAR NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  indicator_id VARCHAR,
  basis VARCHAR,
  corrected BOOLEAN NOT NULL,
  UNIQUE (item_id, ord),
  FOREIGN KEY (indicator_id, basis) REFERENCES indicator_bases (indicator_id, basis),
  CHECK ((indicator_id IS NULL) = (basis IS NULL)),
  CHECK (span_start < span_end)
);
COMMENT ON TABLE measures IS '数值：事项原文、节点或进展中的一个量，可追溯到原句'
  ' | Measures: each quantity of an item''s text, milestones or progress, traceable to its sentence';
COMMENT ON COLUMN measures.measure_id IS '数值编号，事项编号#次序，如 jiangmen-2020/7#1'
  ' | Measure id: item id, #, order';
COMMENT ON COLUMN measures.item_id IS '事项编号 | Item';
COMMENT ON COLUMN measures.document_id IS '文件编号 | Document';
COMMENT ON COLUMN measures.region IS '地区全称 | Full name of the region';
COMMENT ON COLUMN measures.year IS '年份 | Year';
COMMENT ON COLUMN measures.seq IS '所属事项的序号 | Number of the item';
COMMENT ON COLUMN measures.ord IS '在事项中的次序：任务、各节点、进展'
  ' | Order within the item: task, milestones, progress';
COMMENT ON COLUMN measures.context IS '所在文字：task 任务，milestone 节点，progress 进展'
  ' | Text it stands in: task, milestone or progress';
COMMENT ON COLUMN measures.due IS '所在节点的日期 | Day of the milestone it stands in';
COMMENT ON COLUMN measures.role IS '性质：target 目标，milestone 节点目标，actual 实际，baseline 原有'
  ' | Role: target, milestone, actual or baseline';
COMMENT ON COLUMN measures.subject IS '对象：计量的是什么 | What is counted';
COMMENT ON COLUMN measures.value IS '数值，照原文（万、亿已乘开），从不调整'
  ' | Value as the text says (万 and 亿 multiplied out), never adjusted | unit';
COMMENT ON COLUMN measures.value_high IS '范围的上限（3-5人 的 5）'
  ' | Upper end of a range (the 5 of 3-5人) | unit';
COMMENT ON COLUMN measures.unit IS '计量单位，照原文归一，如 批次、元/人/月'
  ' | Unit, normalised from the text';
COMMENT ON COLUMN measures.comparator IS '比较符：>= 不少于，> 超过，= 等于，~ 约，<= 不超过，< 低于'
  ' | Comparator: >= at least, > more than, = exactly, ~ about, <= at most, < less than';
COMMENT ON COLUMN measures.is_each IS '是否“各”：对几个对象中的每一个成立'
  ' | Whether the value holds for each of several (各)';
COMMENT ON COLUMN measures.quote IS '原文摘录，含比较词、数和单位'
  ' | Verbatim stretch with comparator, number and unit';
COMMENT ON COLUMN measures.span_start IS '摘录在所在文字中的起点（UTF-16 单元，从 0 起）'
  ' | Where the quote begins in its text, from 0 | UTF-16';
COMMENT ON COLUMN measures.span_end IS '摘录在所在文字中的终点（不含）'
  ' | Where the quote ends in its text, exclusive | UTF-16';
COMMENT ON COLUMN measures.indicator_id IS '指标编号；没有对应指标时为空'
  ' | Indicator; null if the catalogue has none for it';
COMMENT ON COLUMN measures.basis IS '口径 | Basis';
COMMENT ON COLUMN measures.corrected IS '是否经更正 | Whether it was corrected';

CREATE TABLE measure_conversions (
  measure_id VARCHAR PRIMARY KEY REFERENCES measures (measure_id),
  value DECIMAL(24, 6) NOT NULL,
  value_high DECIMAL(24, 6),
  unit VARCHAR NOT NULL
);
COMMENT ON TABLE measure_conversions IS '换算：单位与指标单位不同而能精确换算的数值（如 元/人/年 换为 元/人/月）'
  ' | Measures whose unit differs from the indicator''s and converts exactly';
COMMENT ON COLUMN measure_conversions.measure_id IS '数值编号 | Measure';
COMMENT ON COLUMN measure_conversions.value IS '换算后的数值 | Value after conversion | unit';
COMMENT ON COLUMN measure_conversions.value_high IS '换算后的上限'
  ' | Upper end after conversion | unit';
COMMENT ON COLUMN measure_conversions.unit IS '换算后的单位，即指标的单位'
  ' | Unit after conversion, the indicator''s';

CREATE TABLE measure_words (
  measure_id VARCHAR PRIMARY KEY REFERENCES measures (measure_id),
  counted VARCHAR NOT NULL,
  is_begun BOOLEAN NOT NULL,
  kind VARCHAR CHECK (kind IN ('flow', 'stock', 'cumulative', 'rate', 'standard'))
);
COMMENT ON TABLE measure_words IS '句中用词：数字周围的词说明什么（data/lexicon/pairing.yaml、kinds.yaml）'
  ' | What the words around a number say of it (data/lexicon/pairing.yaml, kinds.yaml)';
COMMENT ON COLUMN measure_words.measure_id IS '数值编号 | Measure';
COMMENT ON COLUMN measure_words.counted IS '所数之物，不带前面的动词：新建口袋公园 为 口袋公园 | What is counted, without the verbs before it';
COMMENT ON COLUMN measure_words.is_begun IS '是否只是开工、招标等，不是完成 | Whether it is only begun or put out to tender, and not done';
COMMENT ON COLUMN measure_words.kind IS '句中说明的类型：flow 时期数，stock 时点数，cumulative 累计数，rate 比率，standard 标准；没有说明时为空'
  ' | What the sentence says it is: flow, stock, cumulative, rate, standard; null where it does not say';

CREATE TABLE corrections (
  item_id VARCHAR NOT NULL REFERENCES items (item_id),
  measure_id VARCHAR REFERENCES measures (measure_id),
  field VARCHAR NOT NULL,
  original VARCHAR,
  corrected VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  corrected_by VARCHAR NOT NULL,
  corrected_on DATE NOT NULL
);
COMMENT ON TABLE corrections IS '更正：人对已公布文件的更正；原读数保留在 original'
  ' | Corrections a person made to published documents; the first reading is kept';
COMMENT ON COLUMN corrections.item_id IS '事项编号 | Item';
COMMENT ON COLUMN corrections.measure_id IS '数值编号；更正的是事项栏目时为空'
  ' | Measure; null where a field of the item is corrected';
COMMENT ON COLUMN corrections.field IS '更正的栏目，如 value、deadline | Field corrected';
COMMENT ON COLUMN corrections.original IS '原读数 | First reading';
COMMENT ON COLUMN corrections.corrected IS '更正后的值 | Value after correction';
COMMENT ON COLUMN corrections.reason IS '理由 | Reason';
COMMENT ON COLUMN corrections.source IS '依据 | Evidence';
COMMENT ON COLUMN corrections.corrected_by IS '更正人 | Who corrected it';
COMMENT ON COLUMN corrections.corrected_on IS '更正日期 | When it was corrected';

CREATE TABLE findings (
  document_id VARCHAR NOT NULL REFERENCES documents (document_id),
  ord INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning')),
  place VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  message VARCHAR NOT NULL,
  PRIMARY KEY (document_id, ord)
);
COMMENT ON TABLE findings IS '发现：读取文件时需要人知道的问题'
  ' | Findings: what a person must know of how a document was read';
COMMENT ON COLUMN findings.document_id IS '文件编号 | Document';
COMMENT ON COLUMN findings.ord IS '次序，从 1 起 | Order, from 1';
COMMENT ON COLUMN findings.code IS '代码，如 declared-items-differ | Code';
COMMENT ON COLUMN findings.severity IS '程度：error 错误，warning 提醒'
  ' | Severity: error or warning';
COMMENT ON COLUMN findings.place IS '在来源文件中的位置 | Where it stands in the source file';
COMMENT ON COLUMN findings.text IS '有关原文 | Text concerned';
COMMENT ON COLUMN findings.message IS '说明 | Message, in Chinese';

CREATE TABLE item_links (
  item_id VARCHAR NOT NULL REFERENCES items (item_id),
  earlier_item_id VARCHAR NOT NULL REFERENCES items (item_id),
  score DECIMAL(5, 4) NOT NULL,
  reason VARCHAR NOT NULL,
  corrected BOOLEAN NOT NULL,
  PRIMARY KEY (item_id, earlier_item_id)
);
COMMENT ON TABLE item_links IS '延续：某年事项延续的是同一地区较早各年的哪些事项'
  ' | Continuity: which earlier items of the region an item continues';
COMMENT ON COLUMN item_links.item_id IS '事项编号 | Item';
COMMENT ON COLUMN item_links.earlier_item_id IS '较早年份的事项编号 | Earlier item';
COMMENT ON COLUMN item_links.score IS '相近程度，0 至 1 | Nearness, 0 to 1 | 0–1';
COMMENT ON COLUMN item_links.reason IS '依据：共同指标、共同词、牵头单位是否相同'
  ' | Why: shared indicators, shared words, lead organisation';
COMMENT ON COLUMN item_links.corrected IS '是否经人认定（data/item-links.csv）'
  ' | Whether a person decided it (data/item-links.csv)';

CREATE TABLE source_files (
  document_id VARCHAR PRIMARY KEY REFERENCES documents (document_id),
  file_name VARCHAR NOT NULL,
  read_options JSON NOT NULL,
  content BLOB NOT NULL
);
COMMENT ON TABLE source_files IS '由 ingest 读入的来源文件本身，供目录或词表改变后重新抽取'
  ' | Source files read by ingest, kept so that they can be read again when catalogue or lexicon change';
COMMENT ON COLUMN source_files.document_id IS '文件编号 | Document';
COMMENT ON COLUMN source_files.file_name IS '来源文件名 | Name of the source file';
COMMENT ON COLUMN source_files.read_options IS '读入时给定的地区、年份、编号等'
  ' | Region, year, id and so on that were given with it';
COMMENT ON COLUMN source_files.content IS '文件内容 | The file''s bytes';

CREATE TABLE warehouse_info (
  key VARCHAR PRIMARY KEY,
  value VARCHAR NOT NULL
);
COMMENT ON TABLE warehouse_info IS '库的说明：表结构版本、生成依据'
  ' | About this warehouse: what it was made from';
COMMENT ON COLUMN warehouse_info.key IS '名称 | Name';
COMMENT ON COLUMN warehouse_info.value IS '值 | Value';

CREATE TABLE comparators (
  comparator VARCHAR PRIMARY KEY,
  words VARCHAR NOT NULL,
  sign VARCHAR NOT NULL
);
COMMENT ON TABLE comparators IS '比较符的说法和印法 | How comparators are said and printed';
COMMENT ON COLUMN comparators.comparator IS '比较符，如 >= | Comparator';
COMMENT ON COLUMN comparators.words IS '说法，如 不少于；等于时为空 | In words; empty for exactly';
COMMENT ON COLUMN comparators.sign IS '表中印法，如 ≥；等于时为空'
  ' | As tables print it; empty for exactly';
