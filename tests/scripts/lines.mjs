/**
 * Connections of the page to a server: `node lines.mjs <JSON of url, operation, after, count>`.
 * Each prints what it meets as a line of JSON: [its number, "open" | "closed" | id of a comment].
 */
import { ASSETS } from "./assets.mjs";

/** Backoffs are this many times shorter; so is nothing that the server asked for. */
const FASTER = 25;
const BACKOFF_MAX_MS = 5_000;

const { url, operation, after, count } = JSON.parse(process.argv[2]);
const { Line } = await import(new URL("line.js", ASSETS));
const { Subscriptions } = await import(new URL("subscriptions.js", ASSETS));
const { setTimeout: later } = globalThis;
let waitMs = 0;
globalThis.setTimeout = (act, ms) => {
  waitMs = ms;
  return later(act, ms < BACKOFF_MAX_MS ? ms / FASTER : ms);
};

for (let number = 0; number < count; number += 1) {
  const say = (what) => process.stdout.write(JSON.stringify([number, what]) + "\n");
  const listener = {
    onOpen: () => say("open"),
    onClose: (wasOpen) => wasOpen && say(`closed ${waitMs}`),
    onNext: ({ commentEvents }) => commentEvents && say(commentEvents.node.id),
    onRecordChanged: () => say("changed"),
  };
  new Line(url, new Subscriptions([operation], after), listener).open();
}
