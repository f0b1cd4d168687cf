// @ts-check
/// <reference lib="webworker" />
/** The service worker: pages from the network, else the kept copy. */

const PAGES = "pages";
const ASSETS = "assets";
const PAGES_MAX = 20;
const KEPT_MS = 7 * 24 * 3_600_000;
const NETWORK_MS = 4_000;
const KEPT_AT = "X-Kept-At";

/** In each turn, another person may have signed in. */ let turn = 0;
let keeping = Promise.resolve();

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(begin()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || pathname === "/graphql") return;
  if (/^\/sign-(in|out)/.test(pathname)) event.respondWith(fetch(request).finally(drop));
  else if (request.method !== "GET") return;
  else if (pathname.startsWith("/static/")) event.respondWith(asset(request.url));
  else if (request.mode === "navigate") event.respondWith(page(event));
});

/** Keep the pages that were open before there was a worker. */
async function begin() {
  await worker.clients.claim();
  const clients = await worker.clients.matchAll({ type: "window" });
  const addresses = new Set(["/offline", ...clients.map(({ url }) => url.split("#")[0])]);
  await Promise.allSettled(Array.from(addresses, async (url) => keep(url, turn, await fetch(url))));
}

/** Drop all pages, also those on their way. */
function drop() {
  turn += 1;
  return caches.delete(PAGES);
}

/** An asset by its address: what `Vary` names differs. */
async function asset(address) {
  const cache = await caches.open(ASSETS);
  const kept = await cache.match(address);
  if (kept) return kept;
  const response = await fetch(address);
  if (response.ok) await cache.put(address, response.clone());
  return response;
}

async function page(event) {
  const { request } = event;
  const began = turn;
  const answer = fetch(request).then((response) => {
    event.waitUntil(keep(request.url, began, response.clone()));
    return response;
  });
  event.waitUntil(answer.catch(() => undefined));
  const copy = await copyOf(request.url);
  if (!copy) return answer.catch(async () => (await copyOf("/offline")) ?? Response.error());
  const late = new Promise((resolve) => setTimeout(resolve, NETWORK_MS, copy));
  return Promise.race([answer.catch(() => copy), late]);
}

/** One after the other, so that none drops assets of another. */
function keep(url, began, response) {
  const kept = () => put(url, began, response);
  return (keeping = keeping.then(kept, kept));
}

/** Keep a page after its assets; none that is gone, or that an earlier turn asked for. */
async function put(url, began, response) {
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
  const cache = await caches.open(PAGES);
  if (response.status === 404 && isPage) await cache.delete(url);
  if (!response.ok || !isPage || response.redirected) return;
  const html = await response.text();
  await Promise.allSettled(assetsOf(html).map(asset));
  const headers = new Headers(response.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  headers.set(KEPT_AT, new Date().toISOString());
  if (began !== turn) return;
  await cache.delete(url);
  await cache.put(url, new Response(html, { headers }));
  await forget(cache);
}

/** Drop pages that are too many or too old, and assets that none names. */
async function forget(cache) {
  const requests = await cache.keys();
  for (const request of requests.slice(0, -PAGES_MAX)) await cache.delete(request);
  /** @type {Set<string>} */ const digests = new Set();
  for (const request of requests.slice(-PAGES_MAX)) {
    const response = await cache.match(request);
    if (!response || isOld(response)) await cache.delete(request);
    else for (const address of assetsOf(await response.text())) digests.add(address.split("/")[2]);
  }
  const assets = await caches.open(ASSETS);
  for (const request of await assets.keys())
    if (!digests.has(new URL(request.url).pathname.split("/")[2])) await assets.delete(request);
}

/** The assets that a page's head names; its body may name any. */
const assetsOf = (html) =>
  (html.split("</head>")[0].match(/(?<==")\/static\/[^"]+/g) ?? []).flatMap((it) => it.split(" "));

const isOld = (response) => Date.now() - Date.parse(response.headers.get(KEPT_AT) ?? "") > KEPT_MS;

/** The kept copy of a page, which says so and when it was made. */
async function copyOf(url) {
  const response = await (await caches.open(PAGES)).match(url);
  if (!response || isOld(response)) return null;
  const { headers } = response;
  const html = await response.text();
  const copy = html.replace("<html ", `<html data-copy="${headers.get(KEPT_AT)}" `);
  return new Response(copy, { headers });
}
