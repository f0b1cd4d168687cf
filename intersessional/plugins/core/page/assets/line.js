// @ts-check
/** One socket of graphql-transport-ws that resumes its subscriptions. */

import { afterErrors, cursorOf, reconnectMs } from "./subscriptions.js";

/** Two heartbeats of 12 s, and 2 s on the way. */
const SILENCE_MS = 26_000;

export class Line {
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {number | undefined} */ #askedMs;
  #reconnect = 0;
  #silence = 0;
  #failures = 0;
  #isOpen = false;

  /** @param {import("./subscriptions.js").Subscriptions} subscriptions */
  constructor(url, subscriptions, /** @type {Listener} */ listener) {
    this.url = url;
    this.subscriptions = subscriptions;
    this.listener = listener;
  }

  open() {
    clearTimeout(this.#reconnect);
    if (this.#socket) return;
    const socket = new WebSocket(this.url, "graphql-transport-ws");
    this.#socket = socket;
    this.#askedMs = undefined;
    socket.onopen = () => this.#send({ type: "connection_init" });
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#receive(JSON.parse(data));
    };
    socket.onclose = ({ code }) => socket === this.#socket && this.lose(code);
    this.#waitForSilence();
  }

  close() {
    clearTimeout(this.#reconnect);
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    this.#isOpen = false;
    this.subscriptions.endAll();
    socket?.close(1000);
  }

  /** Close, and try again later. */
  lose(code = 1006) {
    const wasOpen = this.#isOpen;
    this.close();
    const waitMs = reconnectMs(code, this.#askedMs, this.#failures);
    this.#failures += 1;
    this.#reconnect = setTimeout(() => this.open(), waitMs);
    this.listener.onClose(wasOpen);
  }

  #waitForSilence() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.lose(), SILENCE_MS);
  }

  #receive({ type, id, payload }) {
    this.#waitForSilence();
    if (type === "connection_ack") {
      this.#isOpen = true;
      for (const index of this.subscriptions.operations.keys()) this.#subscribe(index);
      this.listener.onOpen();
    } else if (type === "ping") {
      this.#send({ type: "pong" });
      const { reconnectInMs, sentPosition, epoch } = payload ?? {};
      this.#askedMs = reconnectInMs ?? this.#askedMs;
      if (sentPosition === undefined) return;
      this.#failures = 0;
      this.subscriptions.advance(epoch, sentPosition);
    } else if (type === "pong") this.subscriptions.confirm();
    else if (type === "error") this.#retry(Number(id), payload);
    else if (type === "complete") this.#retry(Number(id), []);
    else if (type === "next" && payload.data) {
      const { epoch, position } = payload.extensions;
      this.#failures = 0;
      this.subscriptions.after[Number(id)] = cursorOf(epoch, position);
      this.listener.onNext(payload.data, position);
    }
  }

  #subscribe(index) {
    for (const message of this.subscriptions.start(index)) this.#send(message);
  }

  #retry(index, errors) {
    const { after, isOver, isRecordChanged, waitMs } = afterErrors(errors);
    this.subscriptions.end(index, after);
    if (isRecordChanged) this.listener.onRecordChanged(this.subscriptions.after[index]);
    const socket = this.#socket;
    const again = () => socket === this.#socket && this.#subscribe(index);
    if (!isOver) setTimeout(again, waitMs ?? reconnectMs(0, NaN, (this.#failures += 1)));
  }

  #send(/** @type {object} */ message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
