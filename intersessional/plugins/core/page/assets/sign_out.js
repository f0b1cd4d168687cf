// @ts-check
/** Asks, before signing out, what becomes of comments that are not sent yet. */

import { filled, one } from "./dom.js";
import { PendingComments } from "./pending_comments.js";

export function askBefore(form, storage) {
  const notice = one("[data-waiting]", form);
  const words = notice && one("[data-sentence]", notice);
  const pending = new PendingComments(storage);
  const waiting = pending.all();
  if (!notice || !words || !waiting.length) return;
  words.textContent = filled(words.dataset.sentence ?? "", { n: waiting.length });
  notice.hidden = false;
  form.addEventListener("submit", () => {
    const discard = /** @type {HTMLInputElement | null} */ (one("[name=discard]", form));
    if (discard?.checked) for (const { commandId } of waiting) pending.remove(commandId);
  });
}
