// Messages that were on their way when their page was left. A room keeps them in the tab's own memory; here they are handed
// to the browser's, where the next page finds them: the same room goes on with them, any other sends them by itself
// (lazy/deliver.js). Sending one twice is harmless: it has an id.

import { SIGN_OUT, call } from './call.js';

const PREFIX = 'atria:outbox:';
/** What is older doesn't go out by itself: its words may have lost their moment. */
const FRESH_MS = 10 * 60_000;

/** The room's own list in the tab's memory; in the browser's `{ at, messages, way }` (see `wayHere`). */
function read(storage, key, otherwise) {
  try { return JSON.parse(storage.getItem(key)) ?? otherwise; } catch { return otherwise; }
}

const inTab = (key) => read(sessionStorage, key, []);
const inBrowser = (key) => read(localStorage, key, { at: 0, messages: [] });

function join(first, second) {
  const known = new Set(first.map((message) => message.client_message_id));
  return [...first, ...second.filter((message) => !known.has(message.client_message_id))];
}

const keysOf = (storage) => Object.keys(storage).filter((key) => key.startsWith(PREFIX));

/** Who is signed in here; undefined for nobody. */
const personHere = () => document.querySelector(`form[action="${SIGN_OUT}"]`)?.dataset.person;

/** The end of the keys of what this page sends; empty where nothing is live. */
function topicHere() {
  if (!document.querySelector('leptos-island .chat-place')) return '';
  const room = document.querySelector('[data-open-room]')?.dataset.openRoom;
  if (room) return `:room:${room}`;
  const conversation = /^\/inbox\/([0-9a-f-]{36})$/.exec(location.pathname);
  return conversation ? `:conversation:${conversation[1]}` : '';
}

/** How messages of this page are sent: the function, its fields beside the message, and the page. Null without a composer. */
function wayHere() {
  const form = document.querySelector('form.composer');
  if (!form) return null;
  const { body, client_message_id, reply_to, ...fields } = Object.fromEntries(new FormData(form));
  return { name: form.getAttribute('action').replace('/api/', ''), fields, page: location.pathname, title: document.title };
}

/** Before the room comes to life: after that its own memory is the newer one. */
function take(topic) {
  if (document.querySelector('[data-hydrated]')) return;
  for (const key of keysOf(localStorage).filter((key) => key.endsWith(topic))) {
    const { at, messages } = inBrowser(key);
    const isOld = Date.now() - at > FRESH_MS;
    const waited = (message) => isOld && !message.failed && !message.held;
    const found = messages.map((message) => (waited(message) ? { ...message, failed: 'Its page was closed before it went out.' } : message));
    sessionStorage.setItem(key, JSON.stringify(join(inTab(key), found)));
    localStorage.removeItem(key);
  }
}

/** What the tab knows of a message is the newer; how long it has waited is the older. Rooms left before were given then. */
function give(topic) {
  for (const key of keysOf(sessionStorage).filter((key) => key.endsWith(topic))) {
    const kept = inBrowser(key);
    const messages = join(inTab(key), kept.messages);
    const at = kept.messages.length > 0 ? kept.at : Date.now();
    if (messages.length > 0) localStorage.setItem(key, JSON.stringify({ at, messages, way: wayHere() ?? kept.way }));
  }
}

/** Whoever signs out leaves no words on the device. */
function forget() {
  for (const storage of [localStorage, sessionStorage]) for (const key of keysOf(storage)) storage.removeItem(key);
}

/** A page from the history goes on sending what it has: it is nobody else's to send. */
function takeBack(topic) {
  for (const key of keysOf(sessionStorage).filter((key) => key.endsWith(topic))) localStorage.removeItem(key);
}

/** What other pages left goes out from here, if it is this person's. */
function deliver(topic) {
  const me = personHere();
  const isElsewhere = (key) => key.startsWith(`${PREFIX}${me}:`) && !(topic && key.endsWith(topic));
  const keys = me ? keysOf(localStorage).filter(isElsewhere) : [];
  if (keys.length === 0) return;
  import(__DELIVER__).then(({ deliverAll }) => deliverAll(keys, { call, read, freshMs: FRESH_MS })).catch(() => {});
}

export function handOverOutbox() {
  try {
    const [topic, isSignedIn] = [topicHere(), personHere() !== undefined];
    if (topic) take(topic);
    deliver(topic);
    let isLeaving = false;
    document.addEventListener('submit', ({ target }) => {
      isLeaving ||= target.getAttribute('action') === SIGN_OUT;
    });
    addEventListener('pagehide', () => {
      if (isLeaving) forget();
      else if (isSignedIn && topic) give(topic);
    });
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return;
      if (topic) takeBack(topic);
      deliver(topic);
    });
  } catch { /* A browser that keeps nothing for scripts loses them, as it says. */ }
}
