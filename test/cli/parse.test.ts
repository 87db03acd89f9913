import { beforeAll, describe, expect, it } from "vitest";
import { defineCommand } from "../../src/cli/command.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import type { Entry } from "../../src/cli/registry.ts";

/** A command with one of each kind of option, under the name of a real one, for its texts. */
let entries: Entry[];
beforeAll(() => {
  const command = defineCommand({
    positionals: { files: { type: "string", demandOption: true } },
    options: { "dry-run": { type: "boolean", default: false } },
    parameters: true,
    run: async () => 0,
  });
  entries = [{ usage: "ingest <files>", load: async () => ({ command }) }];
});

async function parse(...argv: string[]) {
  const request = await parseCommandLine(argv, "en", 100, entries);
  if (request.kind !== "run") throw new Error(request.text);
  return request;
}

describe("parameters", () => {
  it("are the options nobody declared, as they were typed", async () => {
    const { args } = await parse(
      "ingest",
      "a",
      "--年份",
      "2020",
      "--code=007",
      "--a.b",
      "1.10",
      "--no-x",
      "--year",
      "1",
      "--year",
      "2",
    );
    expect(args.parameters).toEqual({
      年份: ["2020"],
      code: ["007"],
      "a.b": ["1.10"],
      "no-x": ["true"],
      year: ["1", "2"],
    });
  });

  it("may hold anything", async () => {
    const { args } = await parse(
      "ingest",
      "a",
      "--q=-1",
      "--r=--x",
      "--s=",
      "--t=a=b",
      "--u='x'",
      "--v='",
      "--w",
      '"x"',
    );
    expect(args.parameters).toEqual({ q: ["-1"], r: ["--x"], s: [""], t: ["a=b"], u: ["'x'"], v: ["'"], w: ['"x"'] });
  });

  it("are none where none are given", async () => {
    expect((await parse("ingest", "2020")).args).toMatchObject({ files: "2020", parameters: {} });
  });
});

it("takes what follows -- as it is", async () => {
  expect((await parse("ingest", "--", "--odd")).args).toMatchObject({ files: "--odd", parameters: {} });
  expect((await parse("ingest", "--x", "1", "--", "-a")).args).toMatchObject({ files: "-a", parameters: { x: ["1"] } });
});

it("takes a dash alone for an argument", async () => {
  expect((await parse("ingest", "-")).args).toMatchObject({ files: "-", parameters: {} });
});

it("takes SQL that begins with a comment for no option", async () => {
  const sql = "-- all\nSELECT * FROM items";
  expect((await parse("ingest", sql)).args).toMatchObject({ files: sql, parameters: {} });
});

it("gives an option's value under a name for programs", async () => {
  expect((await parse("ingest", "a", "--dry-run")).args).toEqual({ files: "a", dryRun: true, parameters: {} });
});

it("asks for a positional that is needed", async () => {
  await expect(parse("ingest")).rejects.toMatchObject({ code: "usage", params: { command: "ingest " } });
});
