import { unpack } from "../../src/documents/readers/archive.ts";

/** The XML parts of an Office file, each held to be well-formed: a part that is not makes Word and Excel offer repair. */
export function partsOf(file: Uint8Array): Map<string, string> {
  const parts = unpack(file, /\.(xml|rels|svg)$/, "file");
  const texts = new Map(
    [...parts].map(([name, bytes]) => [name, new TextDecoder("utf8", { fatal: true }).decode(bytes)]),
  );
  for (const [name, text] of texts) assertWellFormed(name, text);
  return texts;
}

/** Tags that close each other, attributes once and in quotes, no sign that XML forbids. */
function assertWellFormed(name: string, text: string): void {
  const open: string[] = [];
  const body = text.replace(/^<\?xml[^?]*\?>\s*/, "");
  const at = (index: number) => `${name}: ${body.slice(Math.max(0, index - 60), index + 60)}`;
  const tag =
    /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/gy;
  let index = 0;
  while (index < body.length) {
    const next = body.indexOf("<", index);
    const between = body.slice(index, next === -1 ? undefined : next);
    if (/&(?!#\d+;|#x[\da-fA-F]+;|(?:amp|lt|gt|quot|apos);)/.test(between)) throw new Error(`& ${at(index)}`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has none of these
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(between)) throw new Error(`control ${at(index)}`);
    if (next === -1) break;
    tag.lastIndex = next;
    const match = tag.exec(body);
    if (!match) throw new Error(`tag ${at(next)}`);
    const [whole, closing, element, attributes = "", empty] = match;
    if (element) {
      const names = [...attributes.replace(/"[^"]*"|'[^']*'/g, '""').matchAll(/([\w:.-]+)\s*=/g)].map(
        found => found[1],
      );
      if (new Set(names).size < names.length) throw new Error(`twice ${at(next)}`);
      if (closing) {
        if (open.pop() !== element) throw new Error(`closes ${at(next)}`);
      } else if (!empty) open.push(element);
    }
    index = next + whole.length;
  }
  if (open.length > 0) throw new Error(`${name}: ${open.join(" ")} not closed`);
}
