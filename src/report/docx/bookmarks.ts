/**
 * Names of the places that links lead to. Word takes letters, digits and `_`, 40 at most, so ids get names of their own;
 * those that begin with `_` do not show in its list of bookmarks.
 */
export class Bookmarks {
  private readonly names = new Map<string, string>();
  private readonly known: ReadonlySet<string>;
  private set = 0;

  /** @param ids of all places that the paper has */
  constructor(ids: Iterable<string>) {
    this.known = new Set(ids);
  }

  /** Undefined where the paper has no such place. */
  nameOf(id: string): string | undefined {
    if (!this.known.has(id)) return undefined;
    let name = this.names.get(id);
    if (name === undefined) {
      name = `_Ref${String(this.names.size + 1).padStart(8, "0")}`;
      this.names.set(id, name);
    }
    return name;
  }

  /** Sets the bookmark of an id around content; each once. */
  around(id: string | undefined, content: string): string {
    const name = id === undefined || id === "" ? undefined : this.nameOf(id);
    if (name === undefined) return content;
    const number = ++this.set;
    return `<w:bookmarkStart w:id="${number}" w:name="${name}"/>${content}<w:bookmarkEnd w:id="${number}"/>`;
  }
}
