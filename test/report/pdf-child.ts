// Opens a printer, prints a page and says so; then ends in the way it is told, or waits to be ended.
import { openPrinter } from "../../src/report/pdf.ts";

const printer = await openPrinter();
await printer.print("<p>一</p>", { title: "一", lang: "zh-CN" });
process.stdout.write("ready\n");
switch (process.argv[2]) {
  case "exit":
    process.exit(3);
    break;
  case "throw":
    setTimeout(() => {
      throw new Error("uncaught");
    });
    break;
  default:
    setTimeout(() => {}, 60_000);
}
