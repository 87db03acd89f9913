/**
 * Radicals of the blocks U+2E80 and U+2F00 as the characters they look like. Programs that print to PDF often name the
 * glyph of 民 as the radical ⺠ and that of 工 as ⼯, so that the text taken out of the PDF, or copied out of it into
 * another file, has signs that look right and match nothing. No author writes them.
 */
export function withoutRadicals(text: string): string {
  if (!/[\u2e80-\u2fd5]/.test(text)) return text;
  return text
    .replace(/[\u2f00-\u2fd5]/g, radical => radical.normalize("NFKC"))
    .replace(/[\u2e80-\u2eff]/g, radical => supplement.get(radical) ?? radical.normalize("NFKC"));
}

/**
 * The supplement's radicals that are characters of simplified Chinese (Unicode, EquivalentUnifiedIdeograph.txt), which
 * have no compatibility mapping of their own.
 */
const supplement = new Map(
  (
    "⺁厂 ⺄乙 ⺈刀 ⺌小 ⺍小 ⺒巳 ⺓幺 ⺔彐 ⺘手 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺟母 ⺠民 ⺢水 ⺤爪 ⺥爪 ⺧牛 ⺩王 ⺪疋 ⺫目 ⺬示 ⺮竹 ⺯糸 ⺶羊 ⺷羊 ⺺聿 ⺻聿 ⺼肉 " +
    "⻁虎 ⻂衣 ⻃覀 ⻄西 ⻅见 ⻆角 ⻈讠 ⻉贝 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕阜 ⻖阜 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟飠 ⻠饣 " +
    "⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻬齐 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟"
  )
    .split(" ")
    .map(pair => [pair[0]!, pair[1]!] as const),
);
