import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type * as Browsers from "@puppeteer/browsers";

/** A browser that can print a page as PDF. */
export interface BrowserLocation {
  path: string;
  /** A headless shell prints four to five times as fast as a whole browser without its window. */
  kind: "shell" | "browser";
  /** How it was found; `installed` is what the system has. */
  from: "PUPPETEER_EXECUTABLE_PATH" | "installed" | "puppeteer";
}

type Environment = Readonly<Record<string, string | undefined>>;
/** The system that is searched: its kind, and a folder that stands for its root. */
export interface Machine {
  platform: NodeJS.Platform;
  root: string;
}
const THIS_MACHINE: Machine = { platform: process.platform, root: "/" };

type Log = (line: string) => void;

/**
 * The browser to print with, or null. In this order: the one that PUPPETEER_EXECUTABLE_PATH names (and no other, if it
 * names one), an installed headless shell, an installed Chrome, Chromium or Edge, Puppeteer's own downloads.
 */
export async function findBrowser(
  env: Environment = process.env,
  machine: Machine = THIS_MACHINE,
): Promise<BrowserLocation | null> {
  const named = env.PUPPETEER_EXECUTABLE_PATH;
  if (named)
    return isProgram(named, machine) ? { path: named, kind: kindOf(named), from: "PUPPETEER_EXECUTABLE_PATH" } : null;
  const installed = installedPrograms(env, machine).find(path => isProgram(path, machine));
  if (installed) return { path: installed, kind: kindOf(installed), from: "installed" };
  return findDownloaded(env);
}

function kindOf(path: string): BrowserLocation["kind"] {
  return /headless[-_]shell/i.test(path) ? "shell" : "browser";
}

function isProgram(path: string, machine: Machine = THIS_MACHINE): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() && !isSnapStub(path, machine);
  } catch {
    return false;
  }
}

/** Ubuntu's package chromium is a script that only starts the snap, if there is one. */
function isSnapStub(path: string, { platform, root }: Machine): boolean {
  if (platform !== "linux" || statSync(path).size > 20_000) return false;
  return readFileSync(path, "latin1").includes("/snap/bin/chromium") && !existsSync(join(root, "snap/bin/chromium"));
}

/** Where each system puts its browsers; headless shells first. */
function installedPrograms(env: Environment, { platform, root }: Machine): string[] {
  switch (platform) {
    case "win32": {
      const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter(root => root !== undefined);
      const programs = [
        "Google\\Chrome\\Application\\chrome.exe",
        "Chromium\\Application\\chrome.exe",
        "Microsoft\\Edge\\Application\\msedge.exe",
      ];
      return programs.flatMap(program => roots.map(root => join(root, program)));
    }
    case "darwin": {
      const programs = ["Google Chrome", "Chromium", "Microsoft Edge"].map(
        name => `${name}.app/Contents/MacOS/${name}`,
      );
      return [join(root, "Applications"), join(homedir(), "Applications")].flatMap(folder =>
        programs.map(program => join(folder, program)),
      );
    }
    default: {
      const folders = (env.PATH ?? "/usr/local/bin:/usr/bin:/bin").split(delimiter).filter(folder => folder !== "");
      // Debian's own path first: its program in PATH is a script around it.
      const shells = [
        join(root, "usr/lib/chromium/chromium-headless-shell"),
        ...inFolders(folders, ["chromium-headless-shell", "chrome-headless-shell"]),
      ];
      return [
        ...shells,
        ...inFolders(folders, [
          "google-chrome-stable",
          "google-chrome",
          "chromium",
          "chromium-browser",
          "microsoft-edge-stable",
          "microsoft-edge",
        ]),
        join(root, "opt/google/chrome/chrome"),
      ];
    }
  }
}

function inFolders(folders: readonly string[], names: readonly string[]): string[] {
  return names.flatMap(name => folders.map(folder => join(folder, name)));
}

function cacheFolder(env: Environment): string {
  return env.PUPPETEER_CACHE_DIR ?? join(homedir(), ".cache", "puppeteer");
}

async function findDownloaded(env: Environment): Promise<BrowserLocation | null> {
  if (!existsSync(cacheFolder(env))) return null;
  const { Browser, getInstalledBrowsers, getVersionComparator } = await import("@puppeteer/browsers");
  const all = await getInstalledBrowsers({ cacheDir: cacheFolder(env) });
  for (const browser of [Browser.CHROMEHEADLESSSHELL, Browser.CHROME]) {
    const compare = getVersionComparator(browser);
    const newest = all
      .filter(found => found.browser === browser && isProgram(found.executablePath))
      .sort((a, b) => compare(b.buildId, a.buildId))[0];
    if (newest) return { path: newest.executablePath, kind: kindOf(newest.executablePath), from: "puppeteer" };
  }
  return null;
}

const MINUTE = 60_000;
/** No answer within this time means: no network. */
const PROBE_TIME = 5_000;

/**
 * Gets a browser where that is possible without asking anyone: Puppeteer's own download, else, on Debian and Ubuntu as
 * root, the system's package. `log` is told, in English and in one line each, what is done.
 * @returns null if neither way is open; nothing is thrown
 */
export async function installBrowser(log: Log, env: Environment = process.env): Promise<BrowserLocation | null> {
  if (await download(log, env)) {
    const found = await findDownloaded(env);
    if (found) return found;
  }
  return installPackage(log, env);
}

async function download(log: Log, env: Environment): Promise<boolean> {
  if (env.PUPPETEER_SKIP_DOWNLOAD) return false;
  try {
    const browsers = await import("@puppeteer/browsers");
    const platform = browsers.detectBrowserPlatform();
    const { PUPPETEER_REVISIONS } = (await import("puppeteer-core")) as unknown as {
      PUPPETEER_REVISIONS: Record<string, string>;
    };
    const buildId = PUPPETEER_REVISIONS["chrome-headless-shell"];
    if (!platform || !buildId || !(await isReachable(browsers, platform, buildId))) return false;
    log(`downloading chrome-headless-shell ${buildId}`);
    // Its command line, as a process, can be ended when it hangs; its function cannot.
    const cli = join(dirname(createRequire(import.meta.url).resolve("@puppeteer/browsers")), "main-cli.js");
    return await run(
      process.execPath,
      [cli, "install", `chrome-headless-shell@${buildId}`, "--path", cacheFolder(env)],
      env,
      4 * MINUTE,
    );
  } catch {
    return false;
  }
}

async function isReachable(
  browsers: typeof Browsers,
  platform: Browsers.BrowserPlatform,
  buildId: string,
): Promise<boolean> {
  const url = new browsers.DefaultProvider().getDownloadUrl({
    browser: browsers.Browser.CHROMEHEADLESSSHELL,
    platform,
    buildId,
  });
  const answer = await fetch(String(await url), { method: "HEAD", signal: AbortSignal.timeout(PROBE_TIME) });
  return answer.ok;
}

/** Debian has a package of the headless shell alone; Ubuntu and older Debians have only chromium (in Ubuntu a stub). */
const PACKAGES = ["chromium-headless-shell", "chromium"];

async function installPackage(log: Log, env: Environment): Promise<BrowserLocation | null> {
  const isRoot = process.getuid?.() === 0;
  if (process.platform !== "linux" || !isRoot || !existsSync("/etc/debian_version") || !existsSync("/usr/bin/apt-get"))
    return null;
  const quiet = { ...env, DEBIAN_FRONTEND: "noninteractive" };
  const install = (name: string): Promise<boolean> =>
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], quiet, 10 * MINUTE);
  // Package lists may be missing or old: then the same again with new ones.
  for (const fresh of [false, true]) {
    if (fresh) {
      log("apt-get update");
      if (!(await run("apt-get", ["update", "-qq"], quiet, 3 * MINUTE))) return null;
    }
    for (const name of PACKAGES) {
      log(`apt-get install ${name}`);
      if (!(await install(name))) continue;
      const found = await findBrowser(env);
      if (found && (await run(found.path, ["--version"], env, MINUTE / 2))) return found;
    }
  }
  return null;
}

/** Whether a program ended well within its time. What it prints is of no use to the user. */
function run(program: string, args: readonly string[], env: Environment, timeout: number): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(program, args, { env: { ...env }, stdio: "ignore", timeout, killSignal: "SIGKILL" });
    child.on("error", () => resolve(false));
    child.on("exit", code => resolve(code === 0));
  });
}
