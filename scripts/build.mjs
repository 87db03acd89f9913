// Makes dist/, what the published package runs: src/ compiled, and its files of other kinds (SQL, web pages) beside.
import { spawnSync } from "node:child_process";
import { cpSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
rmSync(join(root, "dist"), { recursive: true, force: true });

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
if (status !== 0) process.exit(1);

cpSync(join(root, "src"), join(root, "dist"), {
  recursive: true,
  filter: path => statSync(path).isDirectory() || !/\.tsx?$/.test(path),
});
