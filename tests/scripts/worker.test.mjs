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

const answers = (html) => async (request) => {
  fetched.push(new URL(request.url ?? request, ORIGIN).pathname);
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
};

Object.assign(globalThis, {
  self: { addEventListener: (kind, listener) => (listeners[kind] = listener) },
  location: new URL(ORIGIN),
  caches: {
    open: async (name) => caches.get(name) ?? caches.set(name, cacheOf()).get(name),
    delete: async (name) => caches.delete(name),
  },
});
await import(new URL("worker.js", ASSETS));

/** Follow a link, or send a form; returns what waits until the worker has done all for it. */
function ask(path, method = "GET") {
  const work = [];
  const request = { url: ORIGIN + path, method, mode: "navigate" };
  const waitUntil = (promise) => work.push(promise);
  listeners.fetch({ request, waitUntil, respondWith: waitUntil });
  return async () => {
    for (let done = 0; done < work.length; done += 1) await work[done];
  };
}

/** Follow a link to a page whose HTML is this; wait until the worker has kept it. */
async function visit(html) {
  globalThis.fetch = answers(html);
  await ask("/drafts/1")();
}

test("a page is kept with the assets of its head, and not with what comments name", async () => {
  const comments = Array.from({ length: 500 }, (_, n) => `<p>src="/static/aaaa/${n}" /static/b/${n}</p>`);
  const head = '<link rel="icon" href="/static/dddd/core/mark.svg"><script src="/static/dddd/core/page.js" data-imports="/static/dddd/core/a.js /static/dddd/core/b.js">';
  await visit(`<html lang="en"><head>${head}</script></head><body>${comments.join("")}</body></html>`);

  assert.deepEqual(fetched.sort(), [
    "/drafts/1",
    "/static/dddd/core/a.js",
    "/static/dddd/core/b.js",
    "/static/dddd/core/mark.svg",
    "/static/dddd/core/page.js",
  ]);
});

test("a page that was asked for before signing out is not kept when it comes after that", async () => {
  const html = '<html lang="en"><head></head><body>Mine.</body></html>';
  const { promise, resolve } = Promise.withResolvers();
  globalThis.fetch = async (request) => {
    if (request.url?.endsWith("/me")) await promise;
    return answers(html)(request);
  };
  await ask("/drafts/1")();
  const isMineDone = ask("/me");

  await ask("/sign-out", "POST")();
  resolve();
  await isMineDone();

  assert.deepEqual(await (await globalThis.caches.open("pages")).keys(), []);
});

test("no page that is being kept loses its assets to another that is kept meanwhile", async () => {
  caches.clear();
  const { promise, resolve } = Promise.withResolvers();
  const html = (digest) =>
    `<html lang="en"><head><script src="/static/${digest}/a.js" data-imports="/static/${digest}/b.js"></script></head>`;
  globalThis.fetch = async (request) => {
    const url = request.url ?? request;
    if (url.endsWith("/bbbb/b.js")) await promise;
    return answers(html(url.endsWith("/drafts/2") ? "bbbb" : "aaaa"))(request);
  };

  const kept = [ask("/drafts/2"), ask("/drafts/1")];
  for (let turns = 0; turns < 20; turns += 1) await new Promise(setImmediate);
  resolve();
  for (const isDone of kept) await isDone();

  const assets = await (await globalThis.caches.open("assets")).keys();
  const paths = assets.map(({ url }) => new URL(url).pathname).sort();
  assert.deepEqual(paths, ["aaaa", "bbbb"].flatMap((it) => [`/static/${it}/a.js`, `/static/${it}/b.js`]));
});

test("a page that the server has no more is not kept, and one that cannot be reached is", async () => {
  caches.clear();
  await visit('<html lang="en"><head></head><body>Lost.</body></html>');
  const kept = async () => (await (await globalThis.caches.open("pages")).keys()).length;
  const answer = (status) => async () =>
    new Response("<html></html>", { status, headers: { "Content-Type": "text/html" } });

  globalThis.fetch = answer(503);
  await ask("/drafts/1")();
  assert.equal(await kept(), 1);

  globalThis.fetch = answer(404);
  await ask("/drafts/1")();
  assert.equal(await kept(), 0);
});
