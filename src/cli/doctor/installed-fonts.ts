import { closeSync, existsSync, openSync, readdirSync, readSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The family names of the fonts installed on this machine, in every language their files give. Read from the files
 * themselves: fontconfig is not everywhere, and Windows, where the official faces mostly are, has none.
 */
export function installedFamilies(folders: readonly string[] = fontFolders()): Set<string> {
  const families = new Set<string>();
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
      if (/\.(ttf|ttc|otf|otc)$/i.test(entry.name))
        for (const family of familiesOf(join(entry.parentPath, entry.name))) families.add(family);
  }
  return families;
}

function fontFolders(): string[] {
  const home = homedir();
  switch (process.platform) {
    case "win32":
      return [
        join(process.env.WINDIR ?? "C:\\Windows", "Fonts"),
        join(process.env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "Microsoft", "Windows", "Fonts"),
      ];
    case "darwin":
      return ["/System/Library/Fonts", "/Library/Fonts", join(home, "Library", "Fonts")];
    default:
      return [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        join(home, ".local", "share", "fonts"),
        join(home, ".fonts"),
      ];
  }
}

/** Name IDs of the OpenType specification: family, and typographic family. */
const FAMILY_NAMES = [1, 16];

/** Family names in a TrueType or OpenType file or collection; none if it cannot be read as one. */
function familiesOf(path: string): string[] {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return [];
  }
  const read = (offset: number, length: number) => {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, offset);
    return bytes;
  };
  try {
    const header = read(0, 12);
    if (header.toString("latin1", 0, 4) !== "ttcf") return namesOfFace(read, 0);
    const count = Math.min(header.readUInt32BE(8), 64);
    const offsets = read(12, count * 4);
    return Array.from({ length: count }, (_, i) => namesOfFace(read, offsets.readUInt32BE(i * 4))).flat();
  } catch {
    return [];
  } finally {
    closeSync(file);
  }
}

function namesOfFace(read: (offset: number, length: number) => Buffer, at: number): string[] {
  const tables = read(at + 4, 2).readUInt16BE(0);
  const directory = read(at + 12, tables * 16);
  for (let entry = 0; entry < directory.length; entry += 16) {
    if (directory.toString("latin1", entry, entry + 4) !== "name") continue;
    return familyNames(read(directory.readUInt32BE(entry + 8), directory.readUInt32BE(entry + 12)));
  }
  return [];
}

/** The `name` table's families for Windows (platform 3), which are UTF-16BE; every font in use has them. */
function familyNames(table: Buffer): string[] {
  const strings = table.readUInt16BE(4);
  const names: string[] = [];
  for (let i = 0; i < table.readUInt16BE(2); i++) {
    const record = 6 + i * 12;
    if (table.readUInt16BE(record) !== 3 || !FAMILY_NAMES.includes(table.readUInt16BE(record + 6))) continue;
    const start = strings + table.readUInt16BE(record + 10);
    names.push(
      Buffer.from(table.subarray(start, start + table.readUInt16BE(record + 8)))
        .swap16()
        .toString("utf16le"),
    );
  }
  return names;
}
