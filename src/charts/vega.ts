import type * as Vega from "vega";
import type * as VegaLite from "vega-lite";
import { teachVega } from "./teach-vega.js";

export interface VegaLibraries {
  vega: typeof Vega;
  vegaLite: typeof VegaLite;
}

let libraries: Promise<VegaLibraries> | undefined;

/** Vega and Vega-Lite, loaded at the first chart (they cost 100–300 ms) and taught what our charts need. */
export function loadVega(): Promise<VegaLibraries> {
  libraries ??= load();
  return libraries;
}

async function load(): Promise<VegaLibraries> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  teachVega(vega);
  return { vega, vegaLite };
}
