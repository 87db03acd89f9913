// What `npm start` and `npm test` do first: install the locked packages if they are missing or stale, and find a
// browser for PDF. Plain JavaScript without packages, for any Node since 18: it runs before anything is installed, and
// the project's own Node 24 is one of the packages.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { textsOf } from "../bin/texts.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
/** Holds the hash of the lock file that node_modules was installed from; written last, so half an install has none. */
const stamp = join(modules, ".minsheng-lock-hash");
const say = textsOf("setup");
const line = text => process.stderr.write(text);

installPackages();
const node = workingNode();
findBrowser(node);

function installPackages() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex");
  if (readIfThere(stamp) === hash) return;
  if (!matchesLock(JSON.parse(lock.toString()))) {
    rmSync(stamp, { force: true });
    line(say("installing"));
    const start = Date.now();
    const { status, output } = npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
    if (status !== 0) stop(`\n${output.trim()}\n${say("installFailed")}`);
    line(say("installed", { seconds: ((Date.now() - start) / 1000).toFixed(1) }));
  }
  writeFileSync(stamp, hash);
}

/** Whether somebody's own `npm install` has already laid node_modules as the lock file wants it. */
function matchesLock(lock) {
  // npm writes this list last. What it lists is not to be trusted: `--package-lock-only` changes it too.
  if (!existsSync(join(modules, ".package-lock.json"))) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    // Of the optional packages only those for this platform are here.
    if (path === "" || wanted.optional || wanted.link) return true;
    const manifest = readIfThere(join(root, path, "package.json"));
    return manifest !== null && JSON.parse(manifest).version === wanted.version;
  });
}

/** The Node that everything else will run on: the package `node`, or the one running if it is new enough. Else stops. */
function workingNode() {
  const own = join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (spawnSync(own, ["--version"]).status === 0) return own;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  // npm was told not to run install scripts, and the package `node` puts its program in place by one.
  return stop(say("nodeMissing", { version: process.versions.node }));
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

/** Runs npm, the one that runs us if there is one, and keeps what it says. */
function npm(args) {
  const self = process.env.npm_execpath;
  const [command, first] = self?.endsWith(".js") ? [process.execPath, [self]] : ["npm", []];
  const { status, stdout, stderr, error } = spawnSync(command, [...first, ...args], {
    cwd: root,
    encoding: "utf8",
    shell: command === "npm" && process.platform === "win32",
    // Puppeteer must not fetch a browser of its own: findBrowser sees to one.
    env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: "1" },
  });
  return { status, output: error ? error.message : `${stdout}${stderr}` };
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

function stop(message) {
  line(`${message}\n`);
  process.exit(1);
}
