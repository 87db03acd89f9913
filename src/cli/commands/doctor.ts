import type { Translate } from "../../messages/messages.ts";
import { defineCommand } from "../command.ts";
import { type Check, checks } from "../doctor/checks.ts";

const MARKS = { ok: "✓", note: "!", missing: "✗" } as const;

/** Looks at the machine and says what is missing and how to get it. */
export const command = defineCommand({
  examples: { all: "doctor", json: "doctor --json" },
  async run(_args, context) {
    const { t, stdout } = context;
    const found: Check[] = [];
    for await (const check of checks(context)) found.push(check);
    const missing = found.filter(check => check.state === "missing").length;
    if (context.json) {
      const data = found.map(check => ({ ...check.facts, check: check.name, state: check.state, ...texts(check, t) }));
      stdout.write(`${JSON.stringify({ ok: missing === 0, checks: data }, null, 2)}\n`);
    } else {
      for (const check of found) stdout.write(asText(check, t));
      stdout.write(`\n${missing ? t("commands.doctor.missing", { n: missing }) : t("commands.doctor.allThere")}\n`);
    }
    return missing === 0 ? 0 : 1;
  },
});

/** `✗ what` and, indented, what to do. */
function asText(check: Check, t: Translate): string {
  const { what, todo } = texts(check, t);
  const advice = todo === "" ? [] : todo.split("\n").map(line => `    ${line}\n`);
  return `${MARKS[check.state]} ${what}\n${advice.join("")}`;
}

function texts({ name, state, text, facts }: Check, t: Translate): { what: string; todo: string } {
  const key = `commands.doctor.checks.${name}.${text}`;
  return state === "ok"
    ? { what: t(key, facts), todo: "" }
    : { what: t(`${key}.what`, facts), todo: t(`${key}.todo`, facts) };
}
