import { stringify } from "yaml";
import { loadDocumentReference } from "../../documents/reference.ts";
import { type Regions, shortName } from "../../documents/regions.ts";
import { type Catalogue, loadCatalogue } from "../../measures/catalogue.ts";
import { loadSetPhrases } from "../../measures/set-phrases.ts";
import type { Figure } from "../../measures/suggest/figure.ts";
import { type Proposal, propose } from "../../measures/suggest/propose.ts";
import { linkedBy, type MeasuredItem, type RuleDraft, ruleFor } from "../../measures/suggest/rule.ts";
import { commonWords, runsOf, wordsOf } from "../../measures/words.ts";
import type { Indicator } from "../../model.ts";
import type { Context } from "../command.ts";
import type { Translate } from "../messages.ts";
import { openContextWarehouse } from "../warehouse.ts";
import { readMeasured } from "./measured-items.ts";

/** A proposal with the rule that would carry it out and the measures which that would link. */
interface Suggestion extends Proposal {
  rule: RuleDraft | null;
  /** Without an indicator now. */
  links: string[];
  /** Of indicators that would stand after it: an earlier rule goes before theirs. */
  takes: string[];
  /** Common words of the nearest pairs, in the order of `near`. */
  words: string[][];
}

/**
 * Prints, as YAML that a person may paste into data/indicators.yaml after reading, what could be done about measures without
 * an indicator. Writes no file.
 *
 * @param all also measures of one document that no indicator is near to
 */
export async function writeSuggestions(context: Context, all: boolean): Promise<void> {
  const catalogue = loadCatalogue(context.workspace);
  const setPhrases = loadSetPhrases(context.workspace);
  const warehouse = await openContextWarehouse(context);
  try {
    const { items, figures, regionCodes } = await readMeasured(warehouse);
    const places = placeNames(regionCodes, loadDocumentReference(context.workspace).regions);
    const { proposals, rare } = propose(figures, setPhrases);
    const shown = proposals.filter(({ kind, near }) => all || kind !== "single" || near.length > 0);
    const suggestions = shown.map((proposal): Suggestion => {
      const rule = ruleFor(proposal.figures, setPhrases, rare, places);
      const words = proposal.near.map(({ figure, linked }) =>
        commonWords(wordsOf(runsOf(figure.clause, setPhrases)), runsOf(linked.clause, setPhrases), rare, 3),
      );
      return { ...proposal, rule, ...linksOf(rule, proposal, items, catalogue), words };
    });
    const hidden = proposals.length - shown.length;
    context.stdout.write(
      context.json
        ? `${JSON.stringify({ proposals: suggestions.map(asData), hidden })}\n`
        : asYaml(suggestions, hidden, figures, catalogue, context.t),
    );
  } finally {
    warehouse.close();
  }
}

function linksOf(
  rule: RuleDraft | null,
  { kind, near }: Proposal,
  items: readonly MeasuredItem[],
  catalogue: Catalogue,
): { links: string[]; takes: string[] } {
  if (rule === null) return { links: [], takes: [] };
  const order = catalogue.indicators.map(({ indicatorId }) => indicatorId);
  // Where a new indicator will stand is its author's choice: before all others, it takes from all.
  const place = kind === "new" || !near[0] ? -1 : order.indexOf(near[0].indicatorId);
  const linked = linkedBy(rule, items, catalogue);
  const ids = (rows: typeof linked) => rows.map(({ measureId }) => measureId);
  return {
    links: ids(linked.filter(({ indicatorId }) => indicatorId === null)),
    takes: ids(linked.filter(({ indicatorId }) => indicatorId !== null && order.indexOf(indicatorId) > place)),
  };
}

/** Names, full and short, of the divisions with documents, of those above and of those in them and beside them. */
function placeNames(codes: readonly string[], { byCode }: Regions): string[] {
  const above = new Set<string>();
  for (const code of codes)
    for (let at = byCode.get(code); at; at = at.parent === null ? undefined : byCode.get(at.parent)) above.add(at.code);
  const near = [...byCode.values()].filter(
    ({ code, parent }) => above.has(code) || (parent !== null && above.has(parent)),
  );
  return [...new Set(near.flatMap(({ name }) => [name, shortName(name)]))];
}

function asData({ kind, figures, cohesion, near, rule, links, takes, words }: Suggestion): object {
  return {
    kind,
    measures: figures.map(({ measureId }) => measureId),
    cohesion,
    near: near.map(({ indicatorId, score, figure, linked }, index) => ({
      indicator_id: indicatorId,
      score,
      measure: figure.measureId,
      nearest_measure: linked.measureId,
      common_words: words[index],
      same_unit: figure.unit === linked.unit,
      same_category: figure.category !== null && figure.category === linked.category,
      same_lead: figure.lead !== null && figure.lead === linked.lead,
    })),
    rule,
    rule_links: links,
    rule_takes: takes,
  };
}

function asYaml(
  suggestions: readonly Suggestion[],
  hidden: number,
  figures: readonly Figure[],
  catalogue: Catalogue,
  t: Translate,
): string {
  const say = (name: string, params = {}) => t(`cli.indicators.suggest.${name}`, params);
  const without = figures.filter(({ indicatorId }) => indicatorId === null).length;
  const ids = new Set(catalogue.indicators.map(({ indicatorId }) => indicatorId));
  const head = [
    say("head", { without, all: figures.length, proposals: suggestions.length }),
    say("read"),
    ...(hidden > 0 ? [say("hidden", { n: hidden })] : []),
  ];
  let number = 0;
  const parts = suggestions.map((suggestion, index) => {
    const lines = [
      `${index + 1}. ${title(suggestion, catalogue, say)}`,
      ...(suggestion.kind === "new" ? [`   ${because(suggestion, say)}`] : []),
      ...suggestion.near.map((near, at) => {
        const { figure, linked } = near;
        const common = suggestion.words[at]!;
        const reasons = [
          ...(common.length > 0 ? [say("words", { words: common.join("、") })] : []),
          figure.unit === linked.unit ? say("sameUnit") : say("otherUnit", { unit: figure.unit, other: linked.unit }),
          ...(figure.category !== null && figure.category === linked.category ? [say("sameCategory")] : []),
          ...(figure.lead !== null && figure.lead === linked.lead ? [say("sameLead")] : []),
        ].join("；");
        const name = nameOf(near.indicatorId, catalogue);
        const params = { id: near.indicatorId, name, score: near.score.toFixed(2), reasons };
        return `   ${say("near", { ...params, measure: linked.measureId, quote: oneLine(linked.clause) })}`;
      }),
      ...suggestion.figures.map(
        ({ measureId, quote, clause }) => `   ${measureId}  ${oneLine(quote)}  “${oneLine(clause)}”`,
      ),
      ...ruleLines(suggestion, say),
    ];
    const comment = lines.map(line => `# ${line}\n`).join("");
    if (suggestion.kind !== "new" || suggestion.rule === null) return comment;
    do number++;
    while (ids.has(`new-indicator-${number}`));
    return comment + newIndicator(suggestion, suggestion.rule, `new-indicator-${number}`, catalogue, say);
  });
  return [head.map(line => `# ${line}\n`).join(""), ...parts].join("\n");
}

/** What the figures of a new indicator have in common. */
function because({ figures, rule }: Suggestion, say: Translate): string {
  const common = (rule?.clause ?? []).filter(({ length }) => length === 1).flat();
  const isOne = (value: (figure: Figure) => string | null) =>
    value(figures[0]!) !== null && new Set(figures.map(value)).size === 1;
  return [
    ...(common.length > 0 ? [say("words", { words: common.join("、") })] : []),
    say("sameUnit"),
    ...(isOne(({ category }) => category) ? [say("sameCategory")] : []),
    say(isOne(({ lead }) => lead) ? "sameLead" : "otherLeads"),
  ].join("；");
}

function title({ kind, figures, cohesion, near }: Suggestion, catalogue: Catalogue, say: Translate): string {
  const documents = new Set(figures.map(({ documentId }) => documentId)).size;
  const params = { n: figures.length, documents, cohesion: (cohesion ?? 1).toFixed(2) };
  switch (kind) {
    case "join":
      return say("join", { ...params, id: near[0]!.indicatorId, name: nameOf(near[0]!.indicatorId, catalogue) });
    case "new":
      return say("new", params);
    case "single":
      return say("single", params);
    default:
      return kind satisfies never;
  }
}

/** The rule as a line of the file, with what it would link besides and what it would not. */
function ruleLines({ kind, figures, near, rule, links, takes }: Suggestion, say: Translate): string[] {
  // What is counted in another unit cannot join.
  if (kind === "single" && near[0]?.linked.unit !== figures[0]!.unit) return [];
  if (rule === null) return [`   ${say("noRule")}`];
  const own = new Set(figures.map(({ measureId }) => measureId));
  const missed = [...own].filter(id => !links.includes(id));
  const besides = links.filter(id => !own.has(id));
  return [
    ...(kind === "new"
      ? []
      : [`   ${say("rule")}`, `     - ${flow(ruleEntry(rule, near[0]?.linked.basis ?? "main"))}`]),
    ...(besides.length > 0 ? [`   ${say("besides", { measures: besides.join("、") })}`] : []),
    ...(takes.length > 0 ? [`   ${say("takes", { measures: takes.join("、") })}`] : []),
    ...(missed.length > 0 ? [`   ${say("missed", { measures: missed.join("、") })}`] : []),
  ];
}

function ruleEntry({ units, clause }: RuleDraft, basis: string): object {
  return { basis, units, clause: clause.map(alternatives => alternatives.join("|")) };
}

/** A block of data/indicators.yaml that loads as it stands; what a person must write says so. */
function newIndicator(
  { figures, near }: Suggestion,
  rule: RuleDraft,
  id: string,
  catalogue: Catalogue,
  say: Translate,
): string {
  const entry = {
    id,
    name: rule.clause[0]![0]!,
    name_en: "TODO",
    unit: figures[0]!.unit,
    direction: "higher",
    theme: near[0] ? indicatorOf(near[0].indicatorId, catalogue).theme : "TODO",
    definition: `TODO ${say("definition")}`,
  };
  const lines = [
    ...stringify(entry, { lineWidth: 0 }).trimEnd().split("\n"),
    "rules:",
    `  - ${flow(ruleEntry(rule, "main"))}`,
    `bases: ${flow({ main: { name: "TODO" } })}`,
  ];
  return lines.map((line, index) => `${index === 0 ? "  - " : "    "}${line}\n`).join("");
}

/** `{ basis: main, units: [家], clause: [助餐点] }`, as the catalogue is written: no blanks inside brackets. */
function flow(value: object): string {
  const text = stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();
  return text.replaceAll("[ ", "[").replaceAll(" ]", "]");
}

function nameOf(id: string, catalogue: Catalogue): string {
  return indicatorOf(id, catalogue).name;
}

function indicatorOf(id: string, { indicators }: Catalogue): Indicator {
  return indicators.find(({ indicatorId }) => indicatorId === id)!;
}

/** Text of a document must not end a comment. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u0085]+/gu, " ").trim();
}
