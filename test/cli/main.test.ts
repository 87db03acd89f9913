import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { nameOf, registry } from "../../src/cli/registry.ts";
import { packageVersion } from "../../src/workspace/version.ts";
import { run } from "./run.ts";

describe("help", () => {
  it("lists all commands in either language", async () => {
    const english = await run(["--help"]);
    const chinese = await run(["--help"], { env: { LC_ALL: "zh_CN.UTF-8" } });
    for (const { usage } of registry) {
      expect(english.stdout).toContain(`minsheng ${usage}`);
      expect(chinese.stdout).toContain(`minsheng ${usage}`);
    }
    expect(english).toMatchObject({ status: 0, stderr: "" });
    expect(english.stdout).toContain("Commands:");
    expect(chinese.stdout).toContain("命令：");
    expect(chinese.stdout).not.toMatch(/Commands|Options|Show|\[(string|boolean|choices|default)/);
  });

  it.each(registry.map(nameOf))("tells of %s its options and examples, in either language", async name => {
    const english = await run([name, "--help"]);
    expect(english).toMatchObject({ status: 0, stderr: "" });
    expect(english.stdout).toContain("--database");
    expect(english.stdout).toMatch(new RegExp(`Examples:\n[^]*  minsheng ${name}`));
    const chinese = await run([name, "--help", "--lang", "zh"]);
    expect(chinese.stdout).toContain("示例：");
    expect(chinese.stdout).not.toMatch(
      /Options|Arguments|Examples|\[(string|boolean|choices|default|required|number|array)/,
    );
  });

  it("goes to stderr, as wrong usage, where no command is named", async () => {
    const { status, stdout, stderr } = await run([]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Commands:");
  });

  it("gives the version", async () => {
    expect(await run(["--version"])).toEqual({ status: 0, stdout: `${packageVersion()}\n`, stderr: "" });
  });
});

describe("wrong usage", () => {
  // Command line, what is said, what is advised.
  it.each([
    ["docter", 'There is no command "docter". Did you mean "doctor"?', "minsheng --help"],
    ["xyz", 'There is no command "xyz".', "minsheng --help"],
    ["doctor --jsno", 'The command doctor has no option --jsno. Did you mean "--json"?', "minsheng doctor --help"],
    ["doctor -x", "The command doctor has no option -x.", "minsheng doctor --help"],
    ["init a b", 'The command init takes no further argument "b".', "minsheng init --help"],
    ["doctor --database", "The option database needs a value.", "minsheng doctor --help"],
    ["doctor --project a --project b", "The option --project is given more than once", "Keep one of them."],
    ["doctor --lang fr", 'option lang is "fr"; it can be "zh", "en"', "minsheng doctor --help"],
  ])("%s", async (line, what, todo) => {
    const { status, stdout, stderr } = await run(line.split(" "));
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(what);
    expect(stderr).toContain(todo);
    expect(stderr).not.toContain("    at ");
  });

  it("is told in Chinese, too", async () => {
    expect((await run(["docter", "--lang=zh"])).stderr).toBe(
      "minsheng: 没有“docter”这个命令。您是不是要用“doctor”？\n  全部命令见：minsheng --help\n",
    );
  });

  it("is JSON for programs", async () => {
    const { stderr } = await run(["docter", "--json"]);
    expect(JSON.parse(stderr).errors).toMatchObject([
      { code: "command-unknown", todo: "All commands: minsheng --help" },
    ]);
  });
});

it("says which folder is no workspace", async () => {
  const { status, stdout } = await run(["doctor", "--project", "/nowhere"]);
  expect(status).toBe(1);
  expect(stdout).toContain('✗ the folder "/nowhere" is no workspace');
});

describe("as a process", () => {
  const program = resolve(import.meta.dirname, "../../bin/minsheng.js");
  const env = { ...process.env, LC_ALL: "C" };

  it("exits with the command's status", () => {
    expect(spawnSync(process.execPath, [program, "--version"], { env }).status).toBe(0);
    expect(spawnSync(process.execPath, [program, "nix"], { env }).status).toBe(2);
  });

  it("ends at once on Ctrl-C, with status 130 and no file", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "minsheng-stop-"));
    spawnSync(process.execPath, [program, "query", "SELECT 1"], { cwd, env });
    const endless = ["query", "SELECT count(*) FROM range(1000000000000)", "--output", "n.json"];
    const child = spawn(process.execPath, [program, ...endless], { cwd, env, stdio: "ignore" });
    await new Promise(passed => setTimeout(passed, 1_000));
    const stopped = performance.now();
    child.kill("SIGINT");
    expect(await new Promise(ended => child.on("exit", ended))).toBe(130);
    expect(performance.now() - stopped).toBeLessThan(1_500);
    expect(readdirSync(cwd)).toEqual([".minsheng"]);
    rmSync(cwd, { recursive: true });
  });

  it("stops without a word when nobody reads any more", async () => {
    const child = spawn(process.execPath, [program, "--help"], { env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let said = "";
    child.stderr.on("data", data => {
      said += data;
    });
    expect(await new Promise(ended => child.on("close", ended))).toBe(0);
    expect(said).toBe("");
  });
});
