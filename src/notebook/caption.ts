import { escapeHtml } from "./slots.ts";

/**
 * The caption of a table: its title, and the unit at the upper right.
 * @param title HTML
 */
export function captionHtml(title: string, unit: string | undefined): string {
  const measure = unit === undefined ? "" : `<span class="unit">单位：${escapeHtml(unit)}</span>`;
  return `<figcaption><span class="title">${title}</span>${measure}</figcaption>`;
}
