// @ts-check
/** Loads what writing needs when it begins; nothing that is typed or sent before is lost. */

import { on, one } from "./dom.js";
import { PendingComments } from "./pending_comments.js";

/** Where a person may begin to write. */
const PLACES = "form.composer, details[data-source], [data-list], #bar";

export class WritingLoader {
  /** @type {import("./writing.js").Writing | null} */ writing = null;
  /** @type {ReturnType<WritingLoader["load"]> | null} */ #loading = null;
  /** @type {PendingComment | null} */ #kept = null;

  constructor(/** @type {Storage} */ storage, /** @type {import("./painting.js").Painting} */ painting) {
    this.pending = new PendingComments(storage);
    this.painting = painting;
    for (const name of ["pointerdown", "focusin", "toggle"])
      on(name, ({ target }) => target.closest?.(PLACES) && this.load());
    on("input", ({ target }) => this.#keep(target.form));
    on("submit", (event) => this.#hold(event));
    on("click", (event) => this.#reply(event));
    const bar = one("#bar");
    if (bar) painting.offer(bar, async (passages) => (await this.load())?.comment(passages));
    const loadForPending = () => this.pending.all().length && this.load();
    window.addEventListener("storage", loadForPending);
    loadForPending();
  }

  /** Null where it cannot be loaded. @returns {Promise<import("./writing.js").Writing | null>} */
  load() {
    return (this.#loading ??= this.#load().catch(() => (this.#loading = null)));
  }

  /** What writing.js imports does not wait for it. */
  async #load() {
    const later = one("script[data-imports]")?.dataset.imports?.split(" ") ?? [];
    const [{ Writing }] = await Promise.all([import("./writing.js"), ...later.map((it) => import(it))]);
    return (this.writing = new Writing(this.pending, this.painting));
  }

  #keep(form) {
    if (this.writing || !form?.matches(PLACES)) return;
    try {
      this.#kept = this.pending.keep(form, this.#kept);
    } catch {
      // The device is full, which is said later.
    }
  }

  /** Send a form when that can be done; as browsers do, where it never can. */
  async #hold(event) {
    const form = event.target;
    if (this.writing || !form.matches(PLACES)) return;
    event.preventDefault();
    if (await this.load()) form.requestSubmit();
    else if (navigator.onLine) form.submit();
  }

  async #reply(event) {
    const link = event.target.closest?.("a[data-href='#reply']");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!(await this.load())?.reply(link)) location.href = link.href;
  }
}
