// @ts-check
/** One socket of graphql-transport-ws that resumes its subscriptions after what was received. */

import { afterErrors, backoffMs, cursorOf, reconnectMs } from "./recovery.js";

const PROTOCOL = "graphql-transport-ws";
/** Two heartbeats of 12 s, and 2 s on the way. */
const SILENCE_MS = 26_000;

/**
 * @typedef {ReturnType<typeof setTimeout> | undefined} Timer
 * @typedef {{onOpen(): void, onClose(wasOpen: boolean): void, onRecordChanged(after: string): void,
 *   onNext(data: Record<string, any>, position: number): void}} Listener
 */

export class Line {
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {number | undefined} */ #askedMs;
  #failures = 0;
  #isOpen = false;
  /** @type {Timer} */ #reconnect;
  /** @type {Timer} */ #silence;

  /**
   * @param {string} url
   * @param {import("./subscriptions.js").Subscriptions} subscriptions
   * @param {Listener} listener
   */
  constructor(url, subscriptions, listener) {
    this.url = url;
    this.subscriptions = subscriptions;
    this.listener = listener;
  }

  /** Connect, unless it is connected. */
  open() {
    clearTimeout(this.#reconnect);
    if (this.#socket) return;
    const socket = new WebSocket(this.url, PROTOCOL);
    this.#socket = socket;
    this.#askedMs = undefined;
    socket.onopen = () => this.#send({ type: "connection_init" });
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#receive(JSON.parse(data));
    };
    socket.onclose = ({ code }) => socket === this.#socket && this.lose(code);
    this.#waitForSilence();
  }

  /** Disconnect until it is opened again. */
  close() {
    clearTimeout(this.#reconnect);
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    this.#isOpen = false;
    this.subscriptions.endAll();
    socket?.close(1000);
  }

  /** Give the connection up, and try again later. @param {number} [code] that of the close frame */
  lose(code = 1006) {
    const wasOpen = this.#isOpen;
    this.close();
    const waitMs = reconnectMs(code, this.#askedMs, this.#failures, Math.random());
    this.#failures += 1;
    this.#reconnect = setTimeout(() => this.open(), waitMs);
    this.listener.onClose(wasOpen);
  }

  #waitForSilence() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.lose(), SILENCE_MS);
  }

  /** @param {{type: string, id?: string, payload?: any}} message */
  #receive({ type, id, payload }) {
    this.#waitForSilence();
    if (type === "connection_ack") {
      this.#isOpen = true;
      this.subscriptions.operations.forEach((_, index) => this.#subscribe(index));
      this.listener.onOpen();
    } else if (type === "ping") {
      this.#send({ type: "pong" });
      const { reconnectInMs, sentPosition, epoch } = payload ?? {};
      if (reconnectInMs !== undefined) this.#askedMs = reconnectInMs;
      if (sentPosition !== undefined) this.subscriptions.advanceAll(epoch, sentPosition);
    } else if (type === "pong") this.subscriptions.confirm();
    else if (type === "error") this.#retry(Number(id), payload);
    else if (type === "complete") this.#retry(Number(id), []);
    else if (type === "next" && payload.data) {
      const { epoch, position } = payload.extensions;
      this.#failures = 0;
      this.subscriptions.advance(Number(id), cursorOf(epoch, position));
      this.listener.onNext(payload.data, position);
    }
  }

  /** @param {number} index */
  #subscribe(index) {
    for (const message of this.subscriptions.start(index)) this.#send(message);
  }

  /** @param {number} index @param {import("./recovery.js").GraphQLError[]} errors */
  #retry(index, errors) {
    const step = afterErrors(errors);
    this.subscriptions.end(index, step.after);
    if (step.isRecordChanged && step.after) this.listener.onRecordChanged(step.after);
    if (step.isOver) return;
    const socket = this.#socket;
    const waitMs = step.waitMs ?? backoffMs((this.#failures += 1), Math.random());
    setTimeout(() => socket === this.#socket && this.#subscribe(index), waitMs);
  }

  /** @param {object} message */
  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
