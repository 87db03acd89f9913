import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { olderNode } from "../cli/older-node.ts";
import { removeTemplate, type SmallProject, smallProject } from "./small-project.ts";

// Windows has no #! files, of which the stand-in for Node is one.
describe.skipIf(process.platform === "win32")("set-up", () => {
  let project: SmallProject;
  beforeEach(() => {
    project = smallProject();
  });
  afterEach(() => project.remove());
  afterAll(removeTemplate);
  const version = () =>
    JSON.parse(readFileSync(project.path("node_modules/dep/package.json"), "utf8")).version as string;

  it("installs what the lock file names, and says so in a line", () => {
    const run = project.setup();
    expect(run.stderr).toMatch(
      /^set-up: installing packages … [\d.]+ s\. set-up: packages are ready, browser \/a\/browser\.\n$/,
    );
    expect(run.status).toBe(0);
    expect(run.stdout).toBe("");
    expect(version()).toBe("1.0.0");
  });

  it("does nothing the second time, in less than 0.3 s", () => {
    project.setup();
    const before = statSync(project.path("node_modules")).mtimeMs;
    const runs = [project.setup(), project.setup(), project.setup()];
    // On a machine that is busy with other things a bare Node takes its time, too; set-up starts three.
    const bare = performance.now();
    for (const _ of runs) spawnSync(process.execPath, ["-e", "0"]);
    const idle = (performance.now() - bare) / runs.length;
    expect(runs[0]!.stderr).toBe("set-up: packages are ready, browser /a/browser.\n");
    expect(statSync(project.path("node_modules")).mtimeMs).toBe(before);
    expect(Math.min(...runs.map(run => run.milliseconds))).toBeLessThan(Math.max(300, 6 * idle));
  });

  it("installs anew when the lock file has changed", () => {
    project.setup();
    project.updateDependency("1.0.1");
    expect(project.setup().stderr).toContain("installing packages");
    expect(version()).toBe("1.0.1");
  });

  it("installs anew from npm start, which runs it by the very Node that is to be replaced", () => {
    project.setup();
    project.updateDependency("1.0.1");
    expect(project.npmStart()).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(project.path("node_modules/node/bin/node")),
      stderr: expect.stringContaining("installing packages"),
    });
    expect(version()).toBe("1.0.1");
    expect(existsSync(project.path(".minsheng/set-up-node"))).toBe(false);
  });

  it("installs anew where the Node that is to be replaced is the only one, and npm's as well", () => {
    project.setup();
    project.updateDependency("1.0.1");
    const run = project.npmStart(project.path("node_modules/node/bin/node"));
    expect(run.stderr).toContain("packages are ready");
    expect(run.status).toBe(0);
    expect(version()).toBe("1.0.1");
  });

  it("takes over what npm itself has installed from the same lock file", () => {
    spawnSync("npm", ["ci", "--offline", "--no-audit"], { cwd: project.folder });
    expect(project.setup().stderr).not.toContain("installing packages");
    rmSync(project.path("node_modules/.package-lock.json"));
    expect(project.setup().stderr).not.toContain("installing packages");
  });

  it("starts afresh after an install that was cut off", () => {
    project.setup();
    // npm writes this list last, and set-up its mark after it.
    rmSync(project.path("node_modules/.package-lock.json"));
    rmSync(project.path("node_modules/.minsheng-lock-hash"));
    rmSync(project.path("node_modules/dep"), { recursive: true });
    expect(project.setup().status).toBe(0);
    expect(version()).toBe("1.0.0");
  });

  it("leaves nothing running when it is stopped, and installs afresh the next time", async () => {
    // A package that takes its time.
    project.updateDependency("2.0.0", { preinstall: "sleep 2" });
    const first = project.startSetup();
    await new Promise(passed => setTimeout(passed, 1_000));
    first.kill("SIGTERM");
    expect(await new Promise(ended => first.on("exit", ended))).toBe(143);
    expect(existsSync(project.path("node_modules/.minsheng-lock-hash"))).toBe(false);
    expect(project.setup()).toMatchObject({ status: 0, stderr: expect.stringContaining("installing packages") });
    expect(version()).toBe("2.0.0");
  });

  it("waits for another set-up instead of working against it", async () => {
    project.updateDependency("2.0.0", { preinstall: "sleep 1" });
    const first = project.startSetup();
    await new Promise(passed => setTimeout(passed, 500));
    const second = project.setup();
    expect(second.stderr).toMatch(
      /^set-up: another process \(\d+\) is installing the packages; waiting …\nset-up: packages are ready/,
    );
    expect(second.status).toBe(0);
    expect(first.exitCode ?? (await new Promise(ended => first.on("exit", ended)))).toBe(0);
  });

  it("does not wait for one that was killed", () => {
    mkdirSync(project.path(".minsheng"));
    // No process has this number.
    writeFileSync(project.path(".minsheng/set-up.pid"), "999999999");
    expect(project.setup().status).toBe(0);
    expect(existsSync(project.path(".minsheng/set-up.pid"))).toBe(false);
  });

  it("shows npm's reason and leaves no mark when the install fails", () => {
    const lock = project.path("package-lock.json");
    const sound = readFileSync(lock, "utf8");
    writeFileSync(lock, sound.replaceAll(/sha512-[^"]+/g, `sha512-${"A".repeat(86)}==`));
    const run = project.setup();
    writeFileSync(lock, sound);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/EINTEGRITY|ENOTCACHED/);
    expect(run.stderr).toContain("Check the network");
    expect(existsSync(project.path("node_modules/.minsheng-lock-hash"))).toBe(false);
  });

  it("goes on without a browser, and says in three lines how to get one", () => {
    const run = project.setup({ FAKE_BROWSER: "", PUPPETEER_EXECUTABLE_PATH: "" });
    expect(run.status).toBe(0);
    expect(run.stderr).toMatch(/only HTML can be written.*\n {2}1\. .*\n {2}2\. .*\n {2}3\. .*\n$/);
  });

  it("says so when the browser that is named is none", () => {
    const run = project.setup({ FAKE_BROWSER: "", PUPPETEER_EXECUTABLE_PATH: "/not/there" });
    expect(run.stderr).toContain("/not/there, named by PUPPETEER_EXECUTABLE_PATH, is no program");
    expect(run.status).toBe(0);
  });

  it("speaks Chinese in a Chinese locale", () => {
    expect(project.setup({ LC_ALL: "zh_CN.UTF-8" }).stderr).toMatch(/准备：安装依赖……用时 .*浏览器 \/a\/browser。\n$/);
  });

  it("runs on the running Node if that is new enough and npm skipped install scripts", () => {
    expect(project.setup({ npm_config_ignore_scripts: "true" }).status).toBe(0);
  });

  it.skipIf(!olderNode)("runs on an old Node, and says what is the matter if no newer one could be placed", () => {
    const refused = project.setup({ npm_config_ignore_scripts: "true" }, olderNode!);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("npm rebuild node --ignore-scripts=false");
    spawnSync("npm", ["rebuild", "node", "--ignore-scripts=false"], { cwd: project.folder });
    expect(project.setup({}, olderNode!).status).toBe(0);
  });
});
