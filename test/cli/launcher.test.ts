import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { olderNode } from "./older-node.ts";

const repository = resolve(import.meta.dirname, "../..");

/** A package whose program shows what reaches it. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minsheng-launcher-"));
  for (const part of ["bin", "data/messages"]) cpSync(join(repository, part), join(folder, part), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  mkdirSync(join(folder, "dist/cli"), { recursive: true });
  writeFileSync(
    join(folder, "dist/cli/main.js"),
    `import { text } from "node:stream/consumers";
     export async function start() {
       const [order] = process.argv.slice(2);
       if (order === "wait") {
         process.on("SIGINT", () => process.exit(130));
         process.stdout.write("waiting");
         return void setTimeout(() => {}, 20_000);
       }
       if (order === "die") process.kill(process.pid, "SIGKILL");
       const { versions, argv, env } = process;
       const mark = Object.keys(env).some(name => name.startsWith("MINSHENG_"));
       process.stdout.write(JSON.stringify({ node: versions.node, args: argv.slice(2), input: await text(process.stdin), mark }));
       process.exitCode = 7;
     }`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const launcher = () => join(folder, "bin/minsheng.js");
const environment = { ...process.env, LC_ALL: "C", MINSHENG_DEBUG: undefined };

/** Everything must hold on a Node that is new enough, and through the detour from one that is not. */
const nodes: [name: string, node: string | undefined][] = [
  ["the running Node", process.execPath],
  ["an old Node", olderNode],
];
for (const [name, node] of nodes)
  describe.skipIf(node === undefined || process.platform === "win32")(`launcher on ${name}`, () => {
    beforeAll(() => {
      mkdirSync(join(folder, "node_modules/node/bin"), { recursive: true });
      symlinkSync(process.execPath, join(folder, "node_modules/node/bin/node"));
    });
    afterAll(() => rmSync(join(folder, "node_modules"), { recursive: true }));

    it("passes arguments, input, output and exit status through", () => {
      const args = ["query", "SELECT '年份' -- x", ""];
      const run = spawnSync(node!, [launcher(), ...args], { input: "江门市", encoding: "utf8", env: environment });
      expect(JSON.parse(run.stdout)).toEqual({ node: process.versions.node, args, input: "江门市", mark: false });
      expect(run.status).toBe(7);
      expect(run.stderr).toBe("");
    });

    it("passes a signal on, and ends as the program ends", async () => {
      const child = spawn(node!, [launcher(), "wait"], { stdio: ["ignore", "pipe", "inherit"], env: environment });
      child.stdout.once("data", () => child.kill("SIGINT"));
      expect(await new Promise(ended => child.on("exit", status => ended(status)))).toBe(130);
      expect(spawnSync(node!, [launcher(), "die"], { env: environment }).signal).toBe("SIGKILL");
    });
  });

describe.skipIf(!olderNode)("launcher on an old Node without a newer one at hand", () => {
  it("says what to do", () => {
    const run = spawnSync(olderNode!, [launcher()], { cwd: folder, encoding: "utf8", env: environment });
    expect(run.stderr).toMatch(/Node\.js 22\.18 or newer is needed; this is .*\n.*npm install node@24/);
    expect(run.status).toBe(1);
  });

  it("does not start itself for ever when the other one is old, too", () => {
    mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
    symlinkSync(olderNode!, join(folder, "node_modules/.bin/node"));
    const run = spawnSync(olderNode!, [launcher()], {
      encoding: "utf8",
      env: { ...environment, LC_ALL: "zh_CN.UTF-8" },
    });
    rmSync(join(folder, "node_modules"), { recursive: true });
    expect(run.stderr).toMatch(/^minsheng：需要 Node\.js 22\.18/);
    expect(run.status).toBe(1);
  });
});

it("says what to do in a checkout without packages", () => {
  const checkout = mkdtempSync(join(tmpdir(), "minsheng-checkout-"));
  for (const part of ["bin", "src/cli", "src/workspace", "src/failure.ts", "data/messages", "package.json"])
    cpSync(join(repository, part), join(checkout, part), { recursive: true });
  const run = spawnSync(process.execPath, [join(checkout, "bin/minsheng.js")], { encoding: "utf8", env: environment });
  rmSync(checkout, { recursive: true });
  expect(run.stderr).toBe(
    `minsheng: the packages are not installed in ${checkout}.\n  Run "node scripts/setup.mjs" there first.\n`,
  );
  expect(run.status).toBe(1);
});
