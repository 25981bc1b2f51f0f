// Accessibility of a page as it is: WCAG 2.2 A and AA by axe-core, in the colours that the page shows now.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// rules: only these rules, otherwise all of the tags. Answers one line per violation.
export async function axe(page, rules = undefined) {
  // Evaluated by the debugger, so the page's content security policy stays as strict as it is.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const violations = await page.evaluate(async ([only, values]) => {
    const result = await globalThis.axe.run(document, { runOnly: { type: only, values }, resultTypes: ["violations"], iframes: false });
    return result.violations.map((v) => ({ id: v.id, nodes: v.nodes.map((n) => `${n.target.join(" ")} ${n.any[0]?.message ?? ""}`) }));
  }, rules ? ["rule", rules] : ["tag", tags]);
  return violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).join(" | ")}${v.nodes.length > 3 ? ` and ${v.nodes.length - 3} more` : ""}`);
}
