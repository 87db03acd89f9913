import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Page, renderPage } from "../../src/report/page.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { samplePage } from "./sample-page.ts";

const builtIn = openWorkspace(null);
const small: Page = { template: "report", title: "题目", lang: "zh-CN", body: "<p>正文</p>", toc: [], sources: [] };

describe("a page", () => {
  test("is one file that asks no network for anything", async () => {
    const html = renderPage(await samplePage(), builtIn);
    expect(html).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<(script|link|img|iframe|base)\b|@import|@font-face|url\((?!#)/i);
    expect(html.match(/https?:\/\/[^"' ]+/g)?.filter(url => url !== "http://www.w3.org/2000/svg") ?? []).toEqual([]);
    expect(Buffer.byteLength(html)).toBeLessThan(400_000);
  });

  test("escapes all but its body", () => {
    const evil = '"><script>alert(1)</script>';
    const html = renderPage(
      {
        ...small,
        title: evil,
        subtitle: evil,
        lang: evil,
        issuer: evil,
        date: evil,
        description: evil,
        toc: [{ level: 2, id: evil, text: evil }],
        sources: [{ id: evil, label: evil, title: evil, note: evil, passages: [[{ text: evil, marked: true }]] }],
        template: "briefing",
        masthead: { name: evil, issue: evil, superiors: evil, peers: evil, subordinates: evil, copies: evil },
      },
      builtIn,
    );
    expect(html).not.toContain("<script");
    expect(html).toContain("<p>正文</p>");
  });

  test("leaves out what it has not", () => {
    const html = renderPage(small, builtIn);
    for (const part of ["<nav", 'ol class="sources"', 'class="subtitle"', 'class="issuer"', 'class="date"'])
      expect(html).not.toContain(part);
  });

  test("has contents of two levels, a way past them, and its sources with the quantities marked", async () => {
    const html = renderPage(await samplePage(), builtIn);
    expect(html).toContain('<a class="skip" href="#text">跳到正文</a>');
    expect(html).toMatch(
      /<li><div><a href="#s1">一、总体情况<\/a>[\s\S]*?<ol>\s*<li><div><a href="#s1-1">（一）件数与项数/,
    );
    expect(html).toMatch(/<li id="src-3"[^>]*>[\s\S]*?江门市2022年第3项[\s\S]*?<mark>不少于2\.737万批次<\/mark>/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) if (target !== "closed") expect(ids).toContain(target);
  });

  test("opens in print with its contents, on a page of their own only where they fill it", async () => {
    const entries = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ level: 2, id: `s${i}`, text: `第${i}章` }));
    const nav = (count: number) =>
      /<nav class="([^"]*)"/.exec(renderPage({ ...small, toc: entries(count) }, builtIn))?.[1];
    expect([0, 5, 6, 12, 13].map(nav)).toEqual([undefined, "toc", "toc long", "toc long", "toc full"]);
  });

  test("speaks the language of the paper", () => {
    expect(renderPage({ ...small, lang: "en" }, builtIn)).toContain("Skip to the text");
  });
});

describe("an office's own templates", () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "minsheng-page-"));
    mkdirSync(join(root, "templates"));
    writeFileSync(join(root, "minsheng.yaml"), "");
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const write = (name: string, text: string) => writeFileSync(join(root, "templates", name), text);

  test("go before the built-in ones, file by file", () => {
    write("fonts.css", ":root { --xbs: 官体 } /* note */ </style><script>");
    write("_sources.hbs", "");
    const html = renderPage(small, openWorkspace(root));
    expect(html).toContain("--xbs: 官体");
    expect(html).not.toContain("</style><script>");
    expect(html).toContain("size: 210mm 297mm");
  });

  test("that are wrong say so with their name", () => {
    write("broken.hbs", "<p>{{#if title}}");
    write("unknown.hbs", "<p>{{titel}}</p>");
    for (const template of ["broken", "unknown"])
      expect(() => renderPage({ ...small, template }, openWorkspace(root))).toThrow(
        expect.objectContaining({ code: "template-invalid" }),
      );
  });

  test("that are not there say so", () => {
    expect(() => renderPage({ ...small, template: "nothing" }, builtIn)).toThrow(
      expect.objectContaining({ code: "file-missing" }),
    );
  });
});
