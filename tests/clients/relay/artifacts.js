// What Relay's Babel plugin does while it builds: a document becomes what the compiler made of it.
import { createRequire } from "node:module";
import { given } from "../scenario.mjs";

const require = createRequire(`${given.artifacts}/`);

export function graphql([text]) {
  const [, name] = /(?:query|fragment|mutation|subscription) (\w+)/.exec(text);
  return require(`./${name}.graphql.js`);
}
