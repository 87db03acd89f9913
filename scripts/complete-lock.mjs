// Adds to package-lock.json the optional platform packages that npm left out because the registry it asked does not
// mirror them (a mirror that keeps Linux binaries only, say). Without them `npm ci` refuses the whole lock file, on
// every platform. An entry names version, os, cpu and libc; npm fetches the package only where those fit.
// Run after `npm install` on such a mirror: node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const packages = lock.packages;
const added = [];

for (const entry of Object.values(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (packages[key]) continue;
    const platform = /(android|darwin|freebsd|linux|win32|openharmony|wasm32)(?:-(\w+))?(?:-(\w+))?$/.exec(name);
    if (!platform) throw new Error(`${name}: no platform in its name; add its lock entry by hand`);
    const [, os, cpu, abi] = platform;
    packages[key] = {
      version,
      ...(entry.dev ? { dev: true } : {}),
      ...(cpu && { cpu: [cpu] }),
      ...(os === "linux" && abi ? { libc: [abi === "gnu" ? "glibc" : abi] } : {}),
      optional: true,
      os: [os],
    };
    added.push(`${name}@${version}`);
  }
}

lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length ? `added ${added.join(", ")}` : "nothing to add");
