import { type ChildProcess, execFileSync, type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

const repository = resolve(import.meta.dirname, "../..");

/** A project with our set-up and two tiny packages from files, so that npm really installs, without a registry. */
export interface SmallProject {
  readonly folder: string;
  path(...steps: string[]): string;
  /** Runs scripts/setup.mjs there; `FAKE_BROWSER` in the environment is the browser it finds. */
  setup(env?: NodeJS.ProcessEnv, node?: string): SpawnSyncReturns<string> & { milliseconds: number };
  /** Runs `npm start`, whose first step is set-up; by `node`, with no other one in reach, if one is given. */
  npmStart(node?: string): SpawnSyncReturns<string>;
  /** The same, not waited for. */
  startSetup(): ChildProcess;
  /** Makes another version of the package `dep`, with install scripts, and has the lock file want it. */
  updateDependency(version: string, scripts?: Record<string, string>): void;
  remove(): void;
}

let template: SmallProject | undefined;

/** A fresh one. Packing and locking, the slow part, is done once. */
export function smallProject(): SmallProject {
  template ??= makeTemplate();
  const folder = mkdtempSync(join(tmpdir(), "minsheng-setup-"));
  cpSync(template.folder, folder, { recursive: true });
  return operate(folder);
}

/** To be called when no more projects are needed. */
export function removeTemplate(): void {
  template?.remove();
  template = undefined;
}

function makeTemplate(): SmallProject {
  const folder = mkdtempSync(join(tmpdir(), "minsheng-setup-template-"));
  for (const part of ["scripts/setup.mjs", "bin/texts.js", "data/messages"])
    cpSync(join(repository, part), join(folder, part), { recursive: true });
  write(folder, "scripts/find-browser.ts", "process.stdout.write(process.env.FAKE_BROWSER ?? '');");
  // Like the real package `node`: an install script, which needs a Node itself, puts the program in place, a real one.
  const program = JSON.stringify(process.execPath);
  write(
    folder,
    "packages/node/install.cjs",
    `const fs = require("fs");
fs.mkdirSync("bin");
try { fs.linkSync(${program}, "bin/node"); } catch { fs.copyFileSync(${program}, "bin/node"); }`,
  );
  const scripts = { preinstall: "node install.cjs" };
  pack(folder, { name: "node", version: "24.0.0", bin: { node: "bin/node" }, scripts });
  const project = operate(folder);
  project.updateDependency("1.0.0");
  return project;
}

function operate(folder: string): SmallProject {
  const script = join(folder, "scripts/setup.mjs");
  const environment = { ...process.env, LC_ALL: "C", FAKE_BROWSER: "/a/browser" };
  return {
    folder,
    path: (...steps) => join(folder, ...steps),
    setup(env = {}, node = process.execPath) {
      const start = performance.now();
      const run = spawnSync(node, [script], { encoding: "utf8", env: { ...environment, ...env } });
      return { ...run, milliseconds: performance.now() - start };
    },
    npmStart(node) {
      const options = { cwd: folder, encoding: "utf8", env: environment } as const;
      if (node === undefined) return spawnSync("npm", ["start"], options);
      const tools = join(folder, "tools");
      mkdirSync(tools);
      symlinkSync("/bin/sh", join(tools, "sh"));
      return spawnSync(node, [npmProgram(), "start"], { ...options, env: { ...environment, PATH: tools } });
    },
    startSetup: () => spawn(process.execPath, [script], { stdio: "ignore", env: environment }),
    updateDependency(version, scripts = {}) {
      pack(folder, { name: "dep", version, scripts });
      const devDependencies = { dep: `file:packages/dep-${version}.tgz`, node: "file:packages/node-24.0.0.tgz" };
      const manifest = {
        name: "small",
        version: "1.0.0",
        type: "module",
        scripts: { prestart: "node scripts/setup.mjs", start: "node -p process.execPath" },
        devDependencies,
        allowScripts: { node: true },
      };
      write(folder, "package.json", JSON.stringify(manifest));
      npm(folder, "install", "--package-lock-only");
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function pack(folder: string, manifest: { name: string; version: string; [more: string]: unknown }): void {
  write(folder, `packages/${manifest.name}/package.json`, JSON.stringify(manifest));
  npm(join(folder, "packages"), "pack", `./${manifest.name}`);
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** The script that `npm` runs. */
function npmProgram(): string {
  const folders = (process.env.PATH ?? "").split(delimiter).map(folder => join(folder, "npm"));
  return realpathSync(folders.find(path => existsSync(path))!);
}

function npm(cwd: string, ...args: string[]): void {
  const quiet = ["--loglevel=error", "--no-audit", "--no-fund", "--offline"];
  execFileSync("npm", [...args, ...quiet], { cwd, stdio: ["ignore", "ignore", "inherit"] });
}
