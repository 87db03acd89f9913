/** An item as far as it matters for telling which earlier one it continues. */
export interface LinkedItem {
  /** `jiangmen-2020/7`. */
  itemId: string;
  documentId: string;
  /** GB/T 2260: names are shared by several divisions. */
  regionCode: string;
  year: number;
  text: string;
  /** The lead organisation: `id` after aliases, `name` as printed; null where none is named. */
  lead: { id: string; name: string } | null;
  /** The indicators that its figures are linked to, name by id. */
  indicators: ReadonlyMap<string, string>;
  /** Of the figures that its task promises. */
  units: ReadonlySet<string>;
}

/** A row of the table item_links. */
export interface ItemLink {
  itemId: string;
  earlierItemId: string;
  /** 0 to 1, four decimals. */
  score: number;
  /** In Chinese. */
  reason: string;
  /** A person said so in data/item-links.csv. */
  corrected: boolean;
}
