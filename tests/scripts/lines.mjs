/**
 * Connections of the page to a server: `node lines.mjs <JSON of url, operation, after, count>`.
 * Each prints what it meets as a line of JSON: [its number, "open" | "closed" | id of a comment].
 */
import { ASSETS } from "./assets.mjs";
import { shortenWaits } from "./page_timers.mjs";

/** Backoffs are this many times shorter, however often a connection was cut before it brought anything. */
const FASTER = 500;
/** What is not shortened: the silence after which a connection is lost. */
const SILENCE_MS = 26_000;

const { url, operation, after, count } = JSON.parse(process.argv[2]);
const { Line } = await import(new URL("line.js", ASSETS));
const { Subscriptions } = await import(new URL("subscriptions.js", ASSETS));
let waitMs = 0;
shortenWaits((ms) => {
  waitMs = ms;
  return ms === SILENCE_MS ? ms : ms / FASTER;
});

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
