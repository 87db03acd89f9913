import Big from "big.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plain } from "../../src/measures/decimal.ts";
import { extractMeasures } from "../../src/measures/extract.ts";
import { loadLexicon } from "../../src/measures/lexicon.ts";
import type { Measure, MeasureContext } from "../../src/model.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { goldDocuments, goldItems, itemOf, sentenceCases, sentenceFiles, textOf } from "./samples.ts";
import { workOf } from "./work.ts";

const lexicon = loadLexicon(openWorkspace(null));
const contexts: MeasureContext[] = ["task", "milestone", "progress"];
const read = (text: string, context: MeasureContext = "task") => extractMeasures(itemOf(text, context), lexicon);

describe("every quote stands at its span", () => {
  const check = (measure: Measure, text: string) => {
    expect(text.slice(measure.spanStart, measure.spanEnd)).toBe(measure.quote);
    expect(measure.quote).toMatch(/[0-9０-９零一二两三四五六七八九十百千万亿成]/);
  };

  test.each(goldDocuments)("in %s", document => {
    for (const item of goldItems(document))
      for (const measure of extractMeasures(item, lexicon)) check(measure, textOf(measure, item));
  });

  // Words of the grammar put together at random: the sentences nobody writes.
  const words = fc.constantFrom(
    ..."新增,每人每月,不少于,由,提高到,各,分别,超,约,（,）,，,。,、,《,》,“,”,元/人/月,万,亿,人次,个,%,以上,第,年,月底,一,两,三十,百分之,12,2.5,3-5,１２, ,千人口,：,其中,累计,目标,至少,座,批次,岁,户,级,/,G,\u3000,\n".split(
      ",",
    ),
  );
  test("in sentences put together at random", () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), fc.constantFrom(...contexts), (parts, context) => {
        const text = parts.join("");
        for (const measure of read(text, context)) check(measure, text);
      }),
      { numRuns: 1500 },
    );
  });

  test("in any string", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.constantFrom(...contexts), (text, context) => {
        for (const measure of read(text, context)) check(measure, text);
      }),
      { numRuns: 1000 },
    );
  });
});

test("blanks anywhere between characters change no value", () => {
  const sentences = sentenceFiles.flatMap(sentenceCases).filter(({ text }) => !/[A-Za-z ]/.test(text));
  fc.assert(
    fc.property(fc.constantFrom(...sentences), fc.infiniteStream(fc.boolean()), ({ text, context }, blanks) => {
      // Within a number of figures a blank is a gap between two; anywhere else it is nothing.
      const spaced = [...text].map((char, i) => {
        const inNumber = /[\d０-９.．,，]/.test(char) && /[\d０-９.．,，]/.test(text[i + 1] ?? "");
        return !inNumber && blanks.next().value ? `${char} ` : char;
      });
      const values = (measures: Measure[]) =>
        measures.map(({ value, valueHigh, unit, comparator, role }) => [value, valueHigh, unit, comparator, role]);
      expect(values(read(spaced.join(""), context))).toEqual(values(read(text, context)));
    }),
    { numRuns: 500 },
  );
});

describe("numerals round-trip", () => {
  const decimal = fc
    .tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 4 }))
    .map(([digits, places]) => new Big(digits).div(new Big(10).pow(places)));
  const value = (text: string) => read(`新增${text}人次`).map(measure => measure.value);

  test.each([
    ["", 0],
    ["万", 4],
    ["亿", 8],
    ["百万", 6],
  ])("figures with %s", (power, zeros) => {
    fc.assert(
      fc.property(decimal, number => {
        expect(value(`${number.toFixed()}${power}`)).toEqual([plain(number.times(new Big(10).pow(zeros)))]);
      }),
    );
  });

  test("figures in groups of three and in full width", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), number => {
        expect(value(number.toLocaleString("en-US"))).toEqual([String(number)]);
        const wide = [...String(number)].map(digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join("");
        expect(value(wide)).toEqual([String(number)]);
      }),
    );
  });

  test("numbers in characters", () => {
    fc.assert(
      // From 3: one and two of something are 一 (often no amount) and 两.
      fc.property(fc.integer({ min: 3, max: 99_999_999 }), number => {
        expect(value(inCharacters(number))).toEqual([String(number)]);
      }),
    );
  });

  test("percentages in characters", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), number => {
        const found = read(`覆盖率达到百分之${number === 100 ? "百" : inCharacters(number)}`);
        expect(found.map(({ value, unit }) => [value, unit])).toEqual([[String(number), "%"]]);
      }),
    );
  });
});

test.each(["task", "progress"] as const)(
  "reading a %s is linear: ten times the text is ten times the work",
  context => {
    const sentence = sentenceFiles
      .flatMap(sentenceCases)
      .map(({ text }) => text)
      .join("");
    const hard = ["一", "每", "（", "1、", "提高到", "《", "“", "百", ")1", "1-", "分别", "由1", "1个、", "1元，其中"];
    for (const piece of [sentence.slice(0, 4000), ...hard]) {
      const work = (size: number) => workOf(() => read(piece.repeat(Math.ceil(size / piece.length)), context));
      expect(work(40_000) / work(4_000), piece.slice(0, 10)).toBeLessThan(12);
    }
  },
);

/** 12345 → 一万二千三百四十五, as a newspaper writes it. */
function inCharacters(number: number): string {
  const digits = "零一二三四五六七八九";
  const section = (part: number): string => {
    let text = "";
    let zero = false;
    for (const [power, name] of [
      [1000, "千"],
      [100, "百"],
      [10, "十"],
      [1, ""],
    ] as const) {
      const digit = Math.floor(part / power) % 10;
      if (digit === 0) zero = text !== "";
      else {
        text += (zero ? "零" : "") + digits[digit] + name;
        zero = false;
      }
    }
    return text;
  };
  const high = Math.floor(number / 10_000);
  const low = number % 10_000;
  if (high === 0) return section(low).replace(/^一十/, "十");
  const rest = low === 0 ? "" : (low < 1000 ? "零" : "") + section(low);
  return `${section(high).replace(/^一十/, "十")}万${rest}`;
}
