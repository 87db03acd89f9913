import { escapeHtml } from "../notebook/slots.ts";

/** What an open preview shows. */
export interface PreviewState {
  /** The last good page; empty before the first. */
  html: string;
  /** Counts good pages, from 1. */
  version: number;
  /** What is wrong with the notebook as it is now, in words; empty if nothing. */
  failure: string;
}

const BOX =
  "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;margin:0;padding:1em 1.5em;white-space:pre-wrap;" +
  "font:14px/1.5 ui-monospace,'Noto Sans Mono CJK SC',monospace;background:#7a1f1f;color:#fff;z-index:9999";

/**
 * A page as the preview serves it: with the script that follows the notebook, and what is wrong shown over it. The
 * page's own rule against scripts is taken out, for the server sends one that lets only ours run.
 *
 * @param nonce of this answer's Content-Security-Policy
 */
export function previewPage({ html, version, failure }: PreviewState, nonce: string): string {
  const page =
    html || '<!doctype html><html><head><meta charset="utf-8"><title>minsheng</title></head><body></body></html>';
  const head =
    `<style data-preview>aside[data-preview]{${BOX}}@media print{aside[data-preview]{display:none}}</style>` +
    `<script data-preview nonce="${nonce}" src="client.js" data-version="${version}" data-failure="${escapeHtml(failure)}" defer></script>`;
  const shown = failure === "" ? "" : `<aside data-preview role="alert">${escapeHtml(failure)}</aside>`;
  return withoutPolicy(page)
    .replace(/<\/head>/i, () => `${head}</head>`)
    .replace(/<\/body>(?![\s\S]*<\/body>)/i, () => `${shown}</body>`);
}

const POLICY = /<meta\s[^>]*http-equiv\s*=\s*["']?content-security-policy[^>]*>\n?/gi;

export function withoutPolicy(html: string): string {
  return html.replace(POLICY, "");
}

/** The hashes of the scripts that the page itself allows: those of interactive charts. */
export function scriptHashes(html: string): string[] {
  const [policy = ""] = html.match(POLICY) ?? [];
  return policy.match(/'sha256-[A-Za-z0-9+/=]+'/g) ?? [];
}
