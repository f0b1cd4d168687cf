/** Answers each line, a JSON array of a text and two offsets in code points, in units and back. */
import { createInterface } from "node:readline";

import { ASSETS } from "./assets.mjs";

const { lengthOf, pointsAt, unitsAt } = await import(new URL("passages.js", ASSETS));

for await (const line of createInterface({ input: process.stdin })) {
  const [text, start, end] = JSON.parse(line);
  const [first, last] = [unitsAt(text, start), unitsAt(text, end)];
  const answer = [
    lengthOf(text),
    text.slice(first, last),
    pointsAt(text, first),
    pointsAt(text, last),
    Array.from({ length: text.length + 1 }, (_, units) => pointsAt(text, units)),
  ];
  console.log(JSON.stringify(answer));
}
