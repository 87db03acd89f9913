/** What `import … from "minsheng"` gives: the one entry for other programs. See docs/library.md. */
export { Failure, type FailurePlace, Failures } from "./failure.ts";
export { explain } from "./library/explain.ts";
export { type ExportOptions, type ExportResult, exportWarehouse } from "./library/export.ts";
export { type Answer, type Argument, type Parameter, query, queryNamed, type Value } from "./library/query.ts";
export { printReport, type Report, type ReportOptions, renderReport } from "./library/report.ts";
export { type OpenOptions, openWarehouse, type Warehouse } from "./library/warehouse.ts";
