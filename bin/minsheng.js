#!/usr/bin/env node
// Starts minsheng. Plain JavaScript that any Node since 14.8 can read, for one that is too old must still find a newer
// one, or say what to do. In a checkout it runs src/ by Node's type stripping, in the published package dist/.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The first Node that strips types without a flag. `engines` in package.json says the same. */
const NEEDED = [22, 18];
/** Set for the Node that we start in place of this one: if it is too old as well, it must not look for a third. */
const MARK = "MINSHENG_RELAUNCHED";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const relaunched = process.env[MARK] === "1";
delete process.env[MARK];

const [major, minor] = process.versions.node.split(".").map(Number);
if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) await run();
else if (relaunched || !relaunch())
  await complain("tooOld", { needed: NEEDED.join("."), version: process.versions.node });

async function run() {
  const source = join(home, "src", "cli", "main.ts");
  const inCheckout = existsSync(source);
  // Compiled code is kept between runs (in the system's folder for temporary files): a third off every start.
  module.enableCompileCache?.();
  if (inCheckout) silenceTypeStripping();
  try {
    const { start } = await import(pathToFileURL(inCheckout ? source : join(home, "dist", "cli", "main.js")).href);
    await start();
  } catch (error) {
    const installed = !inCheckout || existsSync(join(home, "node_modules", "yargs"));
    if (installed || error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    await complain("notInstalled", { folder: home });
  }
}

/** Some Nodes (23, 24.0 to 24.2) warn at every start that type stripping is experimental; all other warnings pass. */
function silenceTypeStripping() {
  const emitWarning = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith("Type Stripping")) emitWarning.call(process, warning, ...rest);
  };
}

/** Runs this file by a newer Node of the package's or the current folder's tree; false if there is none. */
function relaunch() {
  const node = [...foldersUp(home), ...foldersUp(process.cwd())].flatMap(nodesIn).find(path => existsSync(path));
  if (node === undefined) return false;
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, [MARK]: "1" },
  });
  // What is sent to us is meant for the child; it decides. (Of a terminal's Ctrl-C it gets two, and ends once.)
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", error => {
    throw error;
  });
  child.on("exit", (status, signal) => {
    if (signal === null) process.exit(status);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
  return true;
}

/** Where the npm package `node` puts its program. */
function nodesIn(folder) {
  const modules = join(folder, "node_modules");
  return process.platform === "win32"
    ? [join(modules, "node", "bin", "node.exe")]
    : [join(modules, "node", "bin", "node"), join(modules, ".bin", "node")];
}

function foldersUp(folder) {
  return dirname(folder) === folder ? [folder] : [folder, ...foldersUp(dirname(folder))];
}

async function complain(text, params) {
  const { textsOf } = await import("./texts.js");
  process.stderr.write(`${textsOf("launcher")(text, params)}\n`);
  process.exitCode = 1;
}
