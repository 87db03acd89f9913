import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBrowser } from "../../src/report/browser.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minsheng-browser-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, text = "#!/bin/sh\necho Chromium 150\n"): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

test("the browser that the environment names goes before all others", async () => {
  const path = program("named/chrome");
  expect(await findBrowser({ PUPPETEER_EXECUTABLE_PATH: path })).toEqual({
    path,
    kind: "browser",
    from: "PUPPETEER_EXECUTABLE_PATH",
  });
});

test("a browser that is named but is none is not replaced by another", async () => {
  expect(await findBrowser({ PUPPETEER_EXECUTABLE_PATH: join(folder, "nothing") })).toBeNull();
});

// Debian's own headless shell, if there is one, goes before everything in PATH; these cases are about PATH.
const hasDebianShell = (await findBrowser({ PATH: "/nowhere", PUPPETEER_CACHE_DIR: "/nowhere" })) !== null;

describe.runIf(process.platform === "linux" && !hasDebianShell)("on Linux", () => {
  test("a headless shell goes before a whole browser", async () => {
    program("a/chromium");
    const path = program("b/chrome-headless-shell");
    const PATH = `${join(folder, "a")}:${join(folder, "b")}`;
    expect(await findBrowser({ PATH })).toEqual({ path, kind: "shell", from: "installed" });
  });

  test("Ubuntu's stub of the snap is no browser", async () => {
    program("c/chromium", '#!/bin/sh\nexec /snap/bin/chromium "$@"\n');
    expect(await findBrowser({ PATH: join(folder, "c"), PUPPETEER_CACHE_DIR: folder })).toBeNull();
  });

  test("Puppeteer's download is found last", async () => {
    const cache = join(folder, "cache");
    const path = program(
      "cache/chrome-headless-shell/linux-150.0.1.2/chrome-headless-shell-linux64/chrome-headless-shell",
    );
    expect(await findBrowser({ PATH: "/nowhere", PUPPETEER_CACHE_DIR: cache })).toEqual({
      path,
      kind: "shell",
      from: "puppeteer",
    });
  });
});
