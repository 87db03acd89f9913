import { readFileSync } from "node:fs";
import type { Workspace } from "../../workspace/workspace.ts";

interface OfficialFace {
  name: string;
  /** What fonts that hold it call themselves. */
  families: RegExp;
  /** The property of templates/fonts.css that lists it and what may stand in. */
  property: string;
}

/** The faces that GB/T 9704 papers are set in; they may not be passed on, so only a machine can have them. */
export const officialFaces: readonly OfficialFace[] = [
  { name: "方正小标宋", families: /^(方正小标宋|FZXiaoBiaoSong)/i, property: "--xbs" },
  { name: "仿宋_GB2312", families: /^(仿宋_GB2312|FangSong_GB2312)$/i, property: "--fang" },
  { name: "楷体_GB2312", families: /^(楷体_GB2312|KaiTi_GB2312)$/i, property: "--kai" },
];

/** The faces that come with the packages, under the names that src/report/fonts.ts gives them. */
const HOUSE_FACES: Readonly<Record<string, string>> = {
  "minsheng-song": "Noto Serif SC",
  "minsheng-hei": "Noto Sans SC",
  "minsheng-kai": "LXGW WenKai",
};

/** The face that papers are set in where the official one is not installed: the first of the style sheet's that is there. */
export function substituteOf(face: OfficialFace, installed: ReadonlySet<string>, workspace: Workspace): string {
  const style = readFileSync(workspace.file("templates", "fonts.css"), "utf8");
  const list = new RegExp(`${face.property}:([^;]*);`).exec(style)?.[1] ?? "";
  const families = [...list.matchAll(/"([^"]+)"/g)].map(([, family]) => family!);
  const first = families.find(family => installed.has(family) || family in HOUSE_FACES) ?? "serif";
  return HOUSE_FACES[first] ?? first;
}
