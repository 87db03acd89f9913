// What `npm start` and `npm test` do first: install the locked packages if they are missing or stale, and find a
// browser for PDF. Plain JavaScript without packages, for any Node since 18: it runs before anything is installed, and
// the project's own Node 24 is one of the packages.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join, sep } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { textsOf } from "../bin/texts.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
/** Holds the hash of the lock file that node_modules was installed from; written last, so half an install has none. */
const stamp = join(modules, ".minsheng-lock-hash");
/** Holds the id of the process that is installing: `npm start` and `npm test` may be called side by side. */
const busy = join(root, ".minsheng", "set-up.pid");
/** Where the Node that runs us waits while node_modules, its home, is laid anew. */
const shelter = join(root, ".minsheng", "set-up-node");
/** npm scripts find the project's own Node first, so it is mostly that one which runs us. */
const runsFromModules = process.execPath.startsWith(modules + sep);
const say = textsOf("setup");
const line = text => process.stderr.write(text);

if (!isInstalled()) await installPackages();
findBrowser(workingNode());

function lockHash() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/** Whether node_modules is as the lock file wants it. Reads no more than two small files if it was set-up that laid it. */
function isInstalled() {
  if (readIfThere(stamp) === lockHash()) return true;
  if (!matchesLock()) return false;
  writeFileSync(stamp, lockHash());
  return true;
}

/** Whether somebody's own `npm install` has laid node_modules as the lock file wants it. */
function matchesLock() {
  // npm writes this list last. What it lists is not to be trusted: `--package-lock-only` changes it too.
  if (!existsSync(join(modules, ".package-lock.json"))) return false;
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(lock.packages).every(([path, wanted]) => {
    // Of the optional packages only those for this platform are here.
    if (path === "" || wanted.optional || wanted.link) return true;
    const manifest = readIfThere(join(root, path, "package.json"));
    return manifest !== null && JSON.parse(manifest).version === wanted.version;
  });
}

async function installPackages() {
  await takeTurn();
  try {
    // Another set-up may have done it while we waited.
    if (isInstalled()) return;
    line(say("installing"));
    const start = Date.now();
    const node = runsFromModules ? shelterNode() : process.execPath;
    // npm ci does this too, but gives up where a process that was cut off is still writing.
    rmSync(modules, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    const { status, output } = await npm(node, ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
    if (status !== 0) return stop(`\n${output.trim()}\n${say("installFailed")}`);
    writeFileSync(stamp, lockHash());
    line(say("installed", { seconds: ((Date.now() - start) / 1000).toFixed(1) }));
  } finally {
    rmSync(busy, { force: true });
  }
}

/** Waits while another set-up of this project is at work. What one that was killed has left behind does not count. */
async function takeTurn() {
  mkdirSync(dirname(busy), { recursive: true });
  for (let waiting = false; ; waiting = true) {
    try {
      return writeFileSync(busy, String(process.pid), { flag: "wx" });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const other = Number(readIfThere(busy));
    if (!isRunning(other)) rmSync(busy, { force: true });
    else if (!waiting) line(say("waiting", { pid: other }));
    await pause(200);
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * Moves the running Node out of node_modules, for it may be the only one here that is new enough, and Windows deletes no
 * program that runs (but lets it be moved). Returns its new path.
 */
function shelterNode() {
  rmSync(shelter, { recursive: true, force: true });
  mkdirSync(shelter, { recursive: true });
  const moved = join(shelter, basename(process.execPath));
  try {
    renameSync(process.execPath, moved);
  } catch (error) {
    // node_modules may be a volume of its own.
    if (error.code !== "EXDEV") throw error;
    copyFileSync(process.execPath, moved);
  }
  process.on("exit", () => {
    try {
      rmSync(shelter, { recursive: true, force: true });
    } catch {
      // Windows keeps it as long as we run; the next time takes it away.
    }
  });
  return moved;
}

/** Runs npm, the one that runs us if there is one, by this Node, and keeps what it says. */
function npm(node, args) {
  const self = process.env.npm_execpath;
  const [command, first] = self?.endsWith(".js") ? [node, [self]] : ["npm", []];
  // Install scripts, and npm itself, look for a Node there. (Windows mostly calls it Path.)
  const path = Object.keys(process.env).find(name => name.toUpperCase() === "PATH") ?? "PATH";
  const child = spawn(command, [...first, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    shell: command === "npm" && process.platform === "win32",
    // Puppeteer must not fetch a browser of its own: findBrowser sees to one.
    env: {
      ...process.env,
      [path]: [dirname(node), process.env[path]].join(delimiter),
      PUPPETEER_SKIP_DOWNLOAD: "1",
    },
  });
  // npm installs on when it is told to stop, and would get in the way of the next try.
  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ])
    process.once(signal, () => {
      child.kill("SIGKILL");
      rmSync(busy, { force: true });
      process.exit(status);
    });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", data => (output += data));
  return new Promise(ended => {
    child.on("error", error => ended({ status: null, output: error.message }));
    child.on("close", status => ended({ status, output }));
  });
}

/** The Node that everything else will run on: the package `node`, or another that is new enough. Else stops. */
function workingNode() {
  const own = join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (spawnSync(own, ["--version"]).status === 0) return own;
  // If ours was just taken away, what comes next is run by the one that the machine has.
  const other = runsFromModules ? "node" : process.execPath;
  const version = (spawnSync(other, ["--version"], { encoding: "utf8" }).stdout ?? "").trim().replace(/^v/, "");
  const [major, minor] = version.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return other;
  // npm was told not to run install scripts, and the package `node` puts its program in place by one.
  return stop(say("nodeMissing", { version: version || process.versions.node }));
}

/** Says which browser will print PDFs. None is no failure here: `npm start` still writes the HTML. */
function findBrowser(node) {
  const finder = join(root, "scripts", "find-browser.ts");
  const { status, stdout } = spawnSync(node, [finder, say("browserInstalling")], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  const path = stdout.trim();
  const named = process.env.PUPPETEER_EXECUTABLE_PATH;
  if (status !== 0) line(say("browserFailed"));
  else if (path) line(say("ready", { browser: path }));
  else line(named ? say("browserNamed", { path: named }) : say("browserMissing"));
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

function stop(message) {
  rmSync(busy, { force: true });
  line(`${message}\n`);
  process.exit(1);
}
