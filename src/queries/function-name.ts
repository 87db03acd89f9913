/** `indicator-series` is called `indicator_series(…)` in SQL. */
export function functionName(name: string): string {
  return name.replaceAll("-", "_");
}
