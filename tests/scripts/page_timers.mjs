/** Timers of the page's modules that end sooner. */
import { ASSETS } from "./assets.mjs";

/** Node's own fetch and sockets set global timers, too: theirs stay as they are. */
const isSetByPage = (stack) => stack.split("\n")[2].includes(ASSETS.href);

/** What waits in a module of the page waits for `waitMs(ms)` instead of `ms`. */
export function shortenWaits(waitMs) {
  const { setTimeout: later } = globalThis;
  globalThis.setTimeout = (act, ms, ...given) =>
    later(act, isSetByPage(String(new Error().stack)) ? waitMs(ms) : ms, ...given);
}
