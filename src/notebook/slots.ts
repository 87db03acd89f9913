/**
 * Values on their way through Markdown. A value never passes through the Markdown renderer: the prose holds a token of
 * private-use characters instead, and the value takes the token's place in the finished HTML, escaped. So whatever a
 * value contains — `|`, `*`, `<script>`, `{{`, line breaks — comes out as it is.
 */
export class Slots {
  private readonly held: Held[] = [];

  /** Text of a document or a query, to be printed as it is. */
  text(value: string): Held {
    return this.hold({ html: () => escapeHtml(value).replaceAll("\n", "<br>"), text: value, block: false });
  }

  /** HTML of our own making within a line; `text` stands for it where there is no HTML. Made when the page is complete. */
  inline(html: () => string, text: string): Held {
    return this.hold({ html, text, block: false });
  }

  /** A table or figure; must stand alone in its paragraph. */
  block(html: () => string): Held {
    return this.hold({ html, text: "", block: true });
  }

  private hold(content: Content): Held {
    const held = new Held(`${OPEN}${this.held.length}${CLOSE}`, content);
    this.held.push(held);
    return held;
  }

  /** Puts the values into rendered HTML, all at once: what a value holds is never taken for a token. */
  fillHtml(html: string): string {
    return html.replace(IN_HTML, (found, alone: string | undefined, inline: string | undefined) => {
      const { content } = this.held[Number(alone ?? inline)]!;
      if (alone === undefined || content.block) return content.html();
      return found.replace(TOKEN, () => content.html());
    });
  }

  /** Puts the values into plain text, such as a title or a chart's description. */
  fillText(text: string): string {
    return text.replace(TOKEN, (_, index: string) => this.held[Number(index)]!.content.text);
  }
}

interface Content {
  html: () => string;
  text: string;
  block: boolean;
}

/** What stands in the prose for a value. */
export class Held {
  readonly token: string;
  readonly content: Content;

  constructor(token: string, content: Content) {
    this.token = token;
    this.content = content;
  }

  toString(): string {
    return this.token;
  }
}

const OPEN = "\uE000";
const CLOSE = "\uE001";
const TOKEN = new RegExp(`${OPEN}(\\d+)${CLOSE}`, "gu");
/** A token alone in its paragraph, or any other. */
const IN_HTML = new RegExp(`<p>\\s*${OPEN}(\\d+)${CLOSE}\\s*</p>|${OPEN}(\\d+)${CLOSE}`, "gu");

/** Takes the token characters out of a text that an author or a document wrote, so that only we make tokens. */
export function withoutTokens(text: string): string {
  return text.replaceAll(OPEN, "").replaceAll(CLOSE, "");
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
