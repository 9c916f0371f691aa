/**
 * Keeps the app of one walk for when there is no network. The server puts before it what that is: self.WALK {version,
 * kept: the addresses of the app, data: addresses of maps, which come when they come}. The first address is the app.
 *
 * It answers GET and nothing else: WebKit empties bodies of requests that pass through a worker, so what is sent never
 * does. The queue of what is to be sent lives in the page (walk/outbox.js).
 */
const { version, kept, data } = self.WALK;
const [APP] = kept;
const OURS = `portal-walk:${APP}:`;
const NAME = `${OURS}${version}`;
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  if (mode === "navigate") {
    if (pathname === APP) event.respondWith(page(event.request));
  } else if (kept.includes(pathname)) event.respondWith(fromCache(event.request));
  else if (data.includes(pathname)) event.respondWith(newest(event));
});

/** All of it or nothing: half an app is none. */
async function install() {
  const cache = await caches.open(NAME);
  await Promise.all(kept.map((address) => store(cache, address)));
  await self.skipWaiting();
}

async function store(cache, address) {
  const answer = await fetch(address, { credentials: "same-origin", cache: address === APP ? "reload" : "default" });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  await cache.put(address, answer);
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith(OURS) && name !== NAME) await caches.delete(name);
  await self.clients.claim();
}

/** The page from the network, or the one that is kept when the network says nothing in time. */
async function page(request) {
  const cache = await caches.open(NAME);
  const fresh = fetch(request).then((answer) => {
    if (answer.ok && !answer.redirected && answer.type === "basic") cache.put(APP, answer.clone());
    return answer;
  });
  const old = await cache.match(APP, { ignoreVary: true });
  if (!old) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, old));
  return Promise.race([fresh, late]).then((answer) => (answer.status >= 500 ? old : answer), () => old);
}

async function fromCache(request) {
  const cache = await caches.open(NAME);
  return (await cache.match(request, { ignoreVary: true, ignoreSearch: true })) ?? fetch(request);
}

/** Maps: what is kept at once, and the newest for the next time. */
async function newest(event) {
  const cache = await caches.open(NAME);
  const fresh = fetch(event.request).then((answer) => {
    if (answer.ok) cache.put(event.request, answer.clone());
    return answer;
  });
  const old = await cache.match(event.request, { ignoreVary: true });
  if (!old) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return old;
}
