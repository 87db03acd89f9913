import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readDocument } from "../../src/documents/read.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import { listSources } from "../../src/documents/sources.ts";
import type { Item } from "../../src/model.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

// What people read in the five documents, written down without the program: test/golden/documents/*.tasks.jsonl.
const golden = new URL("../golden/documents/", import.meta.url);
const workspace = openWorkspace(null);
const reference = loadDocumentReference(workspace);

interface Truth {
  doc: string;
  seq: number;
  category_no: number;
  category: string;
  text: string;
  lead_org: string;
  leader: string | null;
  orgs: string[];
  people: string[];
  deadline: string | null;
  deadline_text: string | null;
  status?: string;
  progress?: string;
  milestones?: { due: string; text: string }[];
}

function asTruth(doc: string, item: Item): Truth {
  return {
    doc,
    seq: item.seq,
    category_no: item.categoryNo!,
    category: item.category!,
    text: item.text,
    lead_org: item.leadOrg!,
    leader: item.leader,
    orgs: item.orgs,
    people: item.people,
    deadline: item.deadline,
    deadline_text: item.deadlineText,
    ...(item.status !== null && { status: item.status }),
    ...(item.progress !== null && { progress: item.progress }),
    ...(item.milestones.length > 0 && { milestones: item.milestones }),
  };
}

const counts: Record<string, number> = {
  "jiangmen-2020": 21,
  "jiangmen-2021": 25,
  "jiangmen-2023": 29,
  "jiangmen-2025": 26,
  "kaiping-2024": 25,
};

describe.each(listSources(workspace))("$file", source => {
  test("has every item exactly", async () => {
    const document = await readDocument(readFileSync(source.path), source.file, reference);
    const id = source.file.replace(/\.txt$/, "");
    const truth = readFileSync(new URL(`${id}.tasks.jsonl`, golden), "utf8")
      .trim()
      .split("\n")
      .map(line => JSON.parse(line) as Truth);
    expect(document.items.map(item => asTruth(document.documentId, item))).toEqual(truth);
    expect(document.items).toHaveLength(counts[id]!);
    expect(document.findings.filter(finding => finding.severity === "error")).toEqual([]);
  });

  test("says of itself what sources.csv says", async () => {
    const { region, year, kind, title } = await readDocument(readFileSync(source.path), source.file, reference);
    expect({ region, year, kind, title }).toEqual({
      region: source.region,
      year: source.year,
      kind: source.kind,
      title: source.title,
    });
  });
});

test("there is truth for every source, and 126 items and 96 milestones in all", async () => {
  expect(readdirSync(golden).filter(name => name.endsWith(".tasks.jsonl"))).toHaveLength(listSources(workspace).length);
  const documents = await Promise.all(
    listSources(workspace).map(({ path, file }) => readDocument(readFileSync(path), file, reference)),
  );
  const items = documents.flatMap(document => document.items);
  expect(items).toHaveLength(126);
  expect(items.flatMap(item => item.milestones)).toHaveLength(96);
});

test("the heads of the five documents", async () => {
  const heads = Object.fromEntries(
    await Promise.all(
      listSources(workspace).map(async ({ path, file }) => {
        const document = await readDocument(readFileSync(path), file, reference);
        const { documentId, regionCode, asOf, issuer, issuedOn, documentNumber } = document;
        const { declaredCategories, declaredItems, findings } = document;
        return [
          documentId,
          {
            regionCode,
            asOf,
            issuer,
            issuedOn,
            documentNumber,
            declared: [declaredCategories, declaredItems],
            findings: findings.map(finding => `${finding.code} at line ${finding.place.line}`),
          },
        ] as const;
      }),
    ),
  );
  const plain = { regionCode: "440700", asOf: null, issuer: null, issuedOn: null, documentNumber: null, findings: [] };
  expect(heads).toEqual({
    "jiangmen-2020": { ...plain, declared: [10, 21], findings: ["category-spelled-twice at line 24"] },
    "jiangmen-2021": { ...plain, declared: [10, 25], asOf: "2021-06-30" },
    "jiangmen-2023": { ...plain, declared: [10, 29] },
    "jiangmen-2025": { ...plain, declared: [10, 26] },
    "kaiping-2024": {
      regionCode: "440783",
      asOf: null,
      issuer: "开平市人民政府办公室",
      issuedOn: "2024-02-29",
      documentNumber: "开府办〔2024〕8号",
      declared: [10, 25],
      findings: ["printed-before-issued at line 27"],
    },
  });
});
