import { loadDocumentReference } from "../../documents/reference.ts";
import { type Regions, shortName } from "../../documents/regions.ts";
import { type Catalogue, loadCatalogue } from "../../measures/catalogue.ts";
import { loadSetPhrases } from "../../measures/set-phrases.ts";
import { type Proposal, propose } from "../../measures/suggest/propose.ts";
import { linkedBy, type MeasuredItem, type RuleDraft, ruleFor } from "../../measures/suggest/rule.ts";
import { commonWords, runsOf, wordsOf } from "../../measures/words.ts";
import type { Context } from "../command.ts";
import { openContextWarehouse } from "../warehouse.ts";
import { readMeasured } from "./measured-items.ts";
import { asYaml, type Suggestion } from "./suggestion-yaml.ts";

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
    const suggestions = shown.flatMap((proposal): Suggestion[] => {
      const rule = ruleFor(proposal.figures, setPhrases, rare, places);
      const words = proposal.near.map(({ figure, linked }) =>
        commonWords(wordsOf(runsOf(figure.clause, setPhrases)), runsOf(linked.clause, setPhrases), rare, 3),
      );
      const effect = linksOf(rule, proposal, items, catalogue);
      const reached = proposal.figures.some(({ measureId }) => effect.links.includes(measureId));
      // A part of a whole and what was only begun join nothing, whatever the rule.
      if (!all && proposal.kind === "join" && rule !== null && !reached) return [];
      return [{ ...proposal, rule, ...effect, words }];
    });
    const hidden = proposals.length - suggestions.length;
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
