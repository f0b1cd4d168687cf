/**
 * The outbox of the page: `node outbox.mjs <JSON of origin, cookie, viewer, draft, block, bodies>`.
 * It sends comments with these bodies, and prints what became of each sending as a line.
 */
import { ASSETS } from "./assets.mjs";
import { shortenWaits } from "./page_timers.mjs";
import { MemoryStorage } from "./storage.mjs";

/** Waits are this many times shorter. */
const FASTER = 100;

const { origin, cookie, viewer, draft, block, bodies } = JSON.parse(process.argv[2]);
const { Outbox } = await import(new URL("outbox.js", ASSETS));
const { PendingComments } = await import(new URL("pending_comments.js", ASSETS));
const { fetch } = globalThis;
const sent = { Cookie: cookie, Origin: origin };
shortenWaits((ms) => ms / FASTER);
globalThis.fetch = (path, request) =>
  fetch(new URL(path, origin), { ...request, headers: { ...request.headers, ...sent } });

const outbox = new Outbox(new PendingComments(new MemoryStorage()), viewer);
outbox.onSettled = (_, { kind }) => console.log(kind);
const action = `/drafts/${draft}/comments`;
const made = { form: "", action, writer: viewer, state: "writing", stamp: "", order: 0, refusal: null };
for (const [index, body] of bodies.entries()) {
  const fields = [["blocks", block], ["body", body]];
  outbox.send({ ...made, commandId: crypto.randomUUID(), fields, writtenAt: index });
}
