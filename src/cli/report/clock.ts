import type { Context } from "../command.ts";

export interface StageTime {
  stage: string;
  ms: number;
}

/** How long each stage took. */
export class StageClock {
  private readonly done: StageTime[] = [];
  private current: { stage: string; since: number } | undefined;

  begin(stage: string): void {
    this.end();
    this.current = { stage, since: performance.now() };
  }

  times(): StageTime[] {
    this.end();
    return this.done;
  }

  private end(): void {
    if (this.current)
      this.done.push({ stage: this.current.stage, ms: Math.round(performance.now() - this.current.since) });
    this.current = undefined;
  }
}

/** `warehouse 0.08 s, queries 0.21 s, …` */
export function timesText(times: readonly StageTime[], { t }: Context): string {
  return times
    .map(({ stage, ms }) =>
      t("cli.report.time", { stage: t(`cli.report.stages.${stage}`), seconds: (ms / 1000).toFixed(2) }),
    )
    .join(t("words.comma"));
}
