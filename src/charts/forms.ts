/** The forms a result without a spec of its own can be drawn in. */
export const CHART_FORMS = ["bar", "line", "point"] as const;
export type ChartForm = (typeof CHART_FORMS)[number];
