// @ts-check
/** Says how many comments wait, and asks before signing out what becomes of them. */

import { one, reveal } from "./dom.js";
import { PendingComments } from "./pending_comments.js";

export function showWaiting(/** @type {HTMLElement} */ notice, /** @type {Storage} */ storage) {
  const pending = new PendingComments(storage);
  const form = notice.closest("form");
  const waiting = pending.all().filter(({ state }) => form || state !== "writing");
  if (waiting.length) reveal(notice, { n: waiting.length });
  form?.addEventListener("submit", () => {
    const discard = /** @type {HTMLInputElement | null} */ (one("[name=discard]", notice));
    if (discard?.checked) for (const { commandId } of waiting) pending.remove(commandId);
  });
}
