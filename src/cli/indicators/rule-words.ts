import type { Rule } from "../../measures/catalogue.ts";
import type { Translate } from "../../messages/messages.ts";

/** `unit 家, 个 or 处; its clause has “助餐点” and has “新建” or “建成”; its clause does not have “改造”` */
export function ruleInWords(rule: Rule, t: Translate): string {
  const word = (name: string, params = {}) => t(`cli.indicators.rule.${name}`, params);
  const quoted = (words: readonly string[]) => words.map(text => word("quoted", { text })).join(word("or"));
  const listed = (kind: string, names: ReadonlySet<string> | null) =>
    names === null ? [] : [word(kind, { names: [...names].join(word("comma")) })];
  return [
    word("units", { units: [...rule.units].join(word("or")) }),
    ...listed("contexts", rule.contexts),
    ...listed("roles", rule.roles),
    ...(rule.change ? [word("change")] : []),
    ...rule.heads.map(words => word("head", { words: quoted(words) })),
    ...rule.conditions.flatMap(({ place, all, none }) => [
      ...all.map(words => word("has", { place: word(place), words: quoted(words) })),
      ...none.map(words => word("hasNot", { place: word(place), words: quoted(words) })),
    ]),
  ].join(word("and"));
}
