/** 初号: as large as a name of up to ten characters may be on the text block of 156 mm. */
const LARGEST = 42;
const BLOCK = 442;

/** Of a name in 小标宋, in em: letters and digits take about half of what characters take. */
export function widthInEm(name: string): number {
  let width = 0;
  for (const character of name) width += character.codePointAt(0)! < 0x80 ? 0.6 : 1;
  return Math.max(1, Math.ceil(width));
}

/** In which size, in points, the name of a bulletin stands on one line; the style sheet says the same. */
export function mastheadSize(name: string): number {
  return Math.min(LARGEST, Math.floor((BLOCK / widthInEm(name)) * 2) / 2);
}
