// Starts in the page of an interactive report, once it is read: draws its charts anew by Vega, and puts each in the place
// of its picture if that went well. What does not stays a picture, as all of them do without JavaScript.
import { teachVega } from "../../../charts/teach-vega.js";
import { LiveChart } from "./live-chart.js";

async function start() {
  const { words, charts } = JSON.parse(document.getElementById("live-charts").textContent);
  teachVega(globalThis.vega);
  for (const chart of charts) {
    const figure = document.getElementById(`fig-${chart.name}`);
    if (!figure?.querySelector(".plot > svg")) continue;
    await new LiveChart(figure, chart, words).show();
    // Between two charts the page does what the reader wants.
    await new Promise(resolve => setTimeout(resolve));
  }
  document.documentElement.dataset.live = "done";
}

void start();
