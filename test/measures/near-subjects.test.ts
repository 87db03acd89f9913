import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/measures/catalogue.ts";
import { extractMeasures } from "../../src/measures/extract.ts";
import { loadLexicon } from "../../src/measures/lexicon.ts";
import { linkIndicators } from "../../src/measures/link.ts";
import type { Item, Measure, MeasureContext } from "../../src/model.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { itemOf } from "./samples.ts";
import { workOf } from "./work.ts";

/** A sentence with its figures in the order of the text, each with the indicators and bases that are right; null is none. */
interface NearCase {
  context: MeasureContext;
  /** The task beside a progress or milestone text. */
  task?: string;
  text: string;
  figures: { value: string; links: (string | null)[] }[];
}

const workspace = openWorkspace(null);
const lexicon = loadLexicon(workspace);
const catalogue = loadCatalogue(workspace);
const folder = new URL("../fixtures/indicators/", import.meta.url);
const document = { documentId: "x-2024", region: "某市", regionLevel: "prefecture", year: 2024, kind: "plan" } as const;

function linked({ context, task = "", text }: NearCase): Measure[] {
  const item = { category: null, ...itemOf(text, context) } as Item;
  if (context !== "task") item.text = task;
  return linkIndicators(extractMeasures(item, lexicon), item, document, catalogue).filter(
    measure => measure.context === context,
  );
}

const name = ({ indicatorId, basis }: Measure) => indicatorId && `${indicatorId}/${basis}`;

describe.each(readdirSync(folder))("sentences of other cities: %s", file => {
  const cases = readFileSync(new URL(file, folder), "utf8").trim().split("\n");
  test.each(cases.map(line => JSON.parse(line) as NearCase))("$text", one => {
    const found = linked(one);
    expect(found.map(({ value }) => value)).toEqual(one.figures.map(({ value }) => value));
    for (const [index, { links }] of one.figures.entries())
      expect(links, one.figures[index]!.value).toContain(name(found[index]!));
  });
});

test("linking is work in proportion to the members of a list", () => {
  const work = (members: number) => {
    const text = `新建口袋公园1个${"、改造老旧小区2个（含县城老旧小区1个）".repeat(members)}。`;
    const item = { category: null, ...itemOf(text, "task") } as Item;
    const measures = extractMeasures(item, lexicon);
    return workOf(() => linkIndicators(measures, item, document, catalogue));
  };
  expect(work(800) / work(80)).toBeLessThan(12);
});
