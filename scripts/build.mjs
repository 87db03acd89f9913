// Makes dist/, what the published package runs: src/ compiled, and its files of other kinds (SQL, web pages) beside.
// node scripts/build.mjs [FOLDER] makes it elsewhere.
import { spawnSync } from "node:child_process";
import { cpSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = process.argv[2] ?? join(root, "dist");
rmSync(dist, { recursive: true, force: true });

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", dist], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) process.exit(1);

// JavaScript among them as it is written: interactive pages hold its text.
cpSync(join(root, "src"), dist, {
  recursive: true,
  filter: path => statSync(path).isDirectory() || !/\.tsx?$/.test(path),
});
