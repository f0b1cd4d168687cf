// Reads an object of HTML by name in JSON, and prints what html-validate finds in each.
import { text } from "node:stream/consumers";
import { HtmlValidate } from "html-validate";

// The preset `standard` is what the HTML standard demands.
const validate = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard"],
});
const found = [];
for (const [name, html] of Object.entries(JSON.parse(await text(process.stdin)))) {
  const { results } = await validate.validateString(html);
  for (const { messages } of results)
    for (const { line, ruleId, message } of messages)
      found.push(`${name}, line ${line}: ${message} (${ruleId}): ${html.split("\n")[line - 1]?.trim().slice(0, 120)}`);
}
process.stdout.write(JSON.stringify(found));
