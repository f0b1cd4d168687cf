import assert from "node:assert/strict";
import { test } from "node:test";

import { ASSETS } from "./assets.mjs";

const ORIGIN = "https://forum.example";
const listeners = {};
const fetched = [];
const caches = new Map();

function cacheOf() {
  const kept = new Map();
  const urlOf = (request) => new URL(request.url ?? request, ORIGIN).href;
  return {
    match: async (request) => kept.get(urlOf(request))?.clone(),
    put: async (request, response) => void kept.set(urlOf(request), response),
    delete: async (request) => kept.delete(urlOf(request)),
    keys: async () => Array.from(kept.keys(), (url) => ({ url })),
  };
}

class LocalRequest extends Request {
  constructor(address) {
    super(new URL(address, ORIGIN));
  }
}

const answers = (html) => async (request) => {
  fetched.push(new URL(request.url).pathname);
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
};

Object.assign(globalThis, {
  self: { addEventListener: (kind, listener) => (listeners[kind] = listener) },
  location: new URL(ORIGIN),
  Request: LocalRequest,
  caches: {
    open: async (name) => caches.get(name) ?? caches.set(name, cacheOf()).get(name),
    delete: async (name) => caches.delete(name),
  },
});
await import(new URL("worker.js", ASSETS));

/** Follow a link to a page whose HTML is this; wait until the worker has kept it. */
async function visit(html) {
  globalThis.fetch = answers(html);
  const work = [];
  const request = { url: `${ORIGIN}/drafts/1`, method: "GET", mode: "navigate" };
  const waitUntil = (promise) => work.push(promise);
  listeners.fetch({ request, waitUntil, respondWith: waitUntil });
  for (let done = 0; done < work.length; done += 1) await work[done];
}

test("a page is kept with the assets of its head, and not with what comments name", async () => {
  const comments = Array.from({ length: 500 }, (_, n) => `<p>src="/static/aaaa/${n}" /static/b/${n}</p>`);
  const head = '<link rel="icon" href="/static/dddd/core/mark.svg"><script src="/static/dddd/core/page.js">';
  await visit(`<html lang="en"><head>${head}</script></head><body>${comments.join("")}</body></html>`);

  assert.deepEqual(fetched.sort(), [
    "/drafts/1",
    "/static/dddd/core/mark.svg",
    "/static/dddd/core/page.js",
  ]);
});
