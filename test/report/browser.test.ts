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

// A Linux with nothing in it but what the case puts there. (In Windows nothing is told apart by its rights.)
describe.skipIf(process.platform === "win32")("on Linux", () => {
  const linux = (name: string) => ({ platform: "linux", root: join(folder, name) }) as const;
  const noDownloads = "/nowhere";

  test("a headless shell goes before a whole browser", async () => {
    program("a/chromium");
    const path = program("b/chrome-headless-shell");
    const PATH = `${join(folder, "a")}:${join(folder, "b")}`;
    expect(await findBrowser({ PATH }, linux("empty"))).toEqual({ path, kind: "shell", from: "installed" });
  });

  test("Debian's own headless shell goes before everything in PATH", async () => {
    program("b/chrome-headless-shell");
    const path = program("debian/usr/lib/chromium/chromium-headless-shell");
    expect(await findBrowser({ PATH: join(folder, "b") }, linux("debian"))).toMatchObject({ path, kind: "shell" });
  });

  test("Chrome is found where it installs itself", async () => {
    const path = program("chrome/opt/google/chrome/chrome");
    const found = await findBrowser({ PATH: "/nowhere" }, linux("chrome"));
    expect(found).toEqual({ path, kind: "browser", from: "installed" });
  });

  test("Ubuntu's stub of the snap is a browser only where the snap is", async () => {
    const path = program("c/chromium", '#!/bin/sh\nexec /snap/bin/chromium "$@"\n');
    const env = { PATH: join(folder, "c"), PUPPETEER_CACHE_DIR: noDownloads };
    expect(await findBrowser(env, linux("ubuntu"))).toBeNull();
    program("snapped/snap/bin/chromium");
    expect(await findBrowser(env, linux("snapped"))).toMatchObject({ path });
  });

  test.runIf(process.platform === "linux")("Puppeteer's download is found last", async () => {
    const cache = join(folder, "cache");
    const path = program(
      "cache/chrome-headless-shell/linux-150.0.1.2/chrome-headless-shell-linux64/chrome-headless-shell",
    );
    expect(await findBrowser({ PATH: "/nowhere", PUPPETEER_CACHE_DIR: cache }, linux("empty"))).toEqual({
      path,
      kind: "shell",
      from: "puppeteer",
    });
  });
});

test("on a Mac, among the applications", async () => {
  const path = program("mac/Applications/Chromium.app/Contents/MacOS/Chromium");
  const found = await findBrowser({}, { platform: "darwin", root: join(folder, "mac") });
  expect(found).toEqual({ path, kind: "browser", from: "installed" });
});
