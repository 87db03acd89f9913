import MarkdownIt from "markdown-it";

/** A heading of a page, for contents and bookmarks. */
export interface Heading {
  level: number;
  id: string;
  /** Plain text, tokens of values still in it. */
  text: string;
  /** Only paper has it. */
  onPaper?: true;
}

/** Prose in HTML, its values still tokens. HTML in Markdown is text; links are kept to web and mail addresses and places in the page. */
export function renderMarkdown(markdown: string): { html: string; headings: Heading[] } {
  const renderer = new MarkdownIt({ html: false, linkify: false, typographer: false });
  renderer.validateLink = url => /^(https?:|mailto:|#)/i.test(url.trim());
  // An image would be fetched from somewhere, or embed what nobody has checked.
  renderer.disable("image");

  const headings: Heading[] = [];
  const tokens = renderer.parse(markdown, {});
  tokens.forEach((token, index) => {
    if (token.type !== "heading_open") return;
    const id = `s-${headings.length + 1}`;
    token.attrSet("id", id);
    const inline = tokens[index + 1]!;
    const text = (inline.children ?? []).map(child => child.content).join("");
    headings.push({ level: Number(token.tag.slice(1)), id, text });
  });
  return { html: renderer.renderer.render(tokens, renderer.options, {}), headings };
}
