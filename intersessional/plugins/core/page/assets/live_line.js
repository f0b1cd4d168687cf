// @ts-check
/** The page's connection: open while the page is seen, its state in words. */

import { all, on } from "./dom.js";
import { Line } from "./line.js";
import { cursorOf, positionOf, Subscriptions } from "./subscriptions.js";

const HIDDEN_MS = 30_000;
const HANDSHAKES_MAX = 2;

/** `<live-line data-live data-lost data-resting>`: each has the words of a state. */
export class LiveLine extends HTMLElement {
  /** @type {Line | null} */ #line = null;
  /** @type {(() => void) | null} */ #endStream = null;
  #hidden = 0;
  #failures = 0;
  #haveSocketsWorked = false;

  connectedCallback() {
    const operations = operationsOf(document.body);
    const { position, epoch } = document.body.dataset;
    if (!operations.length || !position) return;
    const subscriptions = new Subscriptions(operations, cursorOf(epoch, position));
    const url = new URL("/graphql", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.#line = new Line(url.href, subscriptions, this);
    on("visibilitychange", () => this.#see());
    window.addEventListener("pagehide", () => this.#rest());
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#see());
    window.addEventListener("offline", () => this.#line?.lose());
    window.addEventListener("online", () => this.#open());
    this.#see();
  }

  onOpen() {
    this.#failures = 0;
    this.#show("live");
  }

  /** Where no socket has worked, Server-Sent Events are tried. */
  async onClose(/** @type {boolean} */ wasOpen) {
    this.#show("lost");
    this.#haveSocketsWorked ||= wasOpen;
    if (this.#haveSocketsWorked || !navigator.onLine || this.#endStream || !this.#line) return;
    this.#failures += 1;
    if (this.#failures < HANDSHAKES_MAX) return;
    this.#line.close();
    const { followByEvents } = await import("./event_stream.js");
    this.#endStream = followByEvents("/graphql", this.#line.subscriptions, this);
  }

  onNext(/** @type {Record<string, any>} */ data, position) {
    document.body.dataset.position = String(position);
    document.dispatchEvent(new CustomEvent("live", { detail: data }));
  }

  onRecordChanged(after) {
    document.dispatchEvent(new CustomEvent("recordchanged", { detail: positionOf(after) }));
  }

  #see() {
    clearTimeout(this.#hidden);
    if (document.hidden) this.#hidden = setTimeout(() => this.#rest(), HIDDEN_MS);
    else this.#open();
  }

  #open() {
    if (document.hidden || this.#endStream) return;
    if (this.dataset.state === "resting") this.#show("resting");
    this.#line?.open();
  }

  #rest() {
    clearTimeout(this.#hidden);
    this.#line?.close();
    this.#endStream?.();
    this.#endStream = null;
    this.#failures = 0;
    this.dataset.state = "resting";
  }

  #show(/** @type {"live" | "lost" | "resting"} */ state) {
    this.dataset.state = state;
    this.textContent = this.getAttribute(`data-${state}`) ?? "";
    document.dispatchEvent(new CustomEvent("line", { detail: state }));
  }
}

/** Those whose variables the address or a `data-live-<name>` gives. @returns {Operation[]} */
function operationsOf(/** @type {HTMLElement} */ body) {
  const found = [];
  for (const { sha256: hash, variables, needs } of JSON.parse(body.dataset.live ?? "[]")) {
    for (const [name, type] of Object.entries(needs)) {
      const [value] = all(`[data-live-${name}]`).map((each) => each.getAttribute(`data-live-${name}`));
      if (value) variables[name] = type === "Int" ? Number(value) : value;
    }
    if (Object.keys(needs).every((name) => name in variables)) found.push({ hash, variables });
  }
  return found;
}
