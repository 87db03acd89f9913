import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const read = (name: string) => readFileSync(join(root, name), "utf8");

/** The files of the package, less those that `npm run build` makes. */
function packed(): string[] {
  const command = "npm pack --dry-run --json --ignore-scripts";
  const [{ files }] = JSON.parse(execFileSync(command, { cwd: root, encoding: "utf8", shell: true, stdio: "pipe" }));
  return files.map(({ path }: { path: string }) => path);
}

it("the package holds every file that its messages, READMEs and starter send people to", () => {
  const readmes = ["README.md", "README.zh-CN.md"].map(read);
  const linked = readmes.flatMap(text => [...text.matchAll(/\]\(([^):]+)\)/g)].map(found => found[1]!));
  const texts = [...readmes, ...["zh", "en"].map(lang => read(`data/messages/${lang}.json`))];
  const files = packed();
  const starter = files.filter(file => file.startsWith("starter/")).map(read);
  const named = [...texts, ...starter].flatMap(text => text.match(/\bdocs\/[\w-]+\.md/g) ?? []);
  expect(named.length).toBeGreaterThan(5);
  expect([...new Set([...linked, ...named])].filter(file => !files.includes(file))).toEqual([]);
});
