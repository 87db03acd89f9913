import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

/**
 * Compares a picture with test/golden/charts/<name>.svg. A mismatch leaves <name>-changed.svg beside it to look at;
 * a picture that is not there yet is written, but not in CI.
 */
export function expectPicture(name: string, svg: string): void {
  const path = (suffix: string) => fileURLToPath(new URL(`../golden/charts/${name}${suffix}.svg`, import.meta.url));
  if (!existsSync(path("")) && !process.env.CI) {
    mkdirSync(dirname(path("")), { recursive: true });
    writeFileSync(path(""), svg);
  }
  const same = existsSync(path("")) && readFileSync(path(""), "utf8") === svg;
  if (same) rmSync(path("-changed"), { force: true });
  else writeFileSync(path("-changed"), svg);
  expect(same, `${name}: look at test/golden/charts/${name}-changed.svg`).toBe(true);
}
