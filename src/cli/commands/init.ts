import { constants, copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { pathFrom } from "../../messages/describe.ts";
import { packageFolder } from "../../workspace/workspace.ts";
import { defineCommand } from "../command.ts";

/** A workspace as it is laid out, file by file. */
const STARTER = join(packageFolder, "starter");

/** Lays out a workspace. Nothing that is there is touched: what is in the way stops it before anything is written. */
export const command = defineCommand({
  positionals: { folder: { type: "string", default: "." } },
  examples: { here: "init", folder: "init 民生实事" },
  async run(args, { cwd, json, stdout, t }) {
    const folder = resolve(cwd, args.folder);
    const files = starterFiles();
    const inTheWay = files.filter(file => existsSync(join(folder, file)));
    if (inTheWay.length > 0)
      throw new Failure("init-in-the-way", { folder: pathFrom(cwd, folder), files: inTheWay.join(", ") });

    mkdirSync(folder, { recursive: true });
    // One by one: cpSync ends the whole process where it may not write.
    for (const file of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      // Looked for above; should a file have turned up in between, this refuses it too.
      copyFileSync(join(STARTER, file), join(folder, file), constants.COPYFILE_EXCL);
    }

    if (json) {
      stdout.write(`${JSON.stringify({ folder, files }, null, 2)}\n`);
      return 0;
    }
    stdout.write(`${t("commands.init.made", { folder })}\n`);
    for (const file of files) stdout.write(`  ${file}\n`);
    stdout.write(`\n${t("commands.init.next")}\n`);
    if (folder !== cwd) stdout.write(`  cd ${quoted(pathFrom(cwd, folder))}\n`);
    stdout.write(`  minsheng query my-query --单位 市卫生健康局\n  minsheng report my-report\n`);
    return 0;
  },
});

/** Their paths from the workspace, with `/`, by name. */
function starterFiles(): string[] {
  return readdirSync(STARTER, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(STARTER, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

const quoted = (path: string): string => (/\s/.test(path) ? `"${path}"` : path);
