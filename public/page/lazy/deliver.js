// Sends messages whose room was left before they went out. What can't go now waits for the connection, on this page or the
// next; what is refused waits in its room, and a notice leads there.

import { showToast } from '../toast.js';

const AGAIN_MS = 10_000;
/** As the rooms do: a server that hangs holds up the other tabs no longer. */
const PATIENCE_MS = 15_000;
/** So often a message is tried that the server chokes on. */
const MOST_FAILURES = 5;

/** Puts the list as `change` makes it into both memories; a tab that still has an old one sends what the server knows. */
function update(key, read, change) {
  const kept = read(localStorage, key, null);
  const left = change(kept?.messages ?? []);
  if (left.length > 0) localStorage.setItem(key, JSON.stringify({ ...kept, messages: left }));
  else localStorage.removeItem(key);
  const inTab = read(sessionStorage, key, null);
  if (inTab) sessionStorage.setItem(key, JSON.stringify(change(inTab)));
}

/** Says that something waits in a room because the server did not take it, and leads to where it stands. */
function sayRefused({ page, title }) {
  const before = document.querySelector('.toast[data-refused]');
  const count = Number(before?.dataset.refused ?? 0) + 1;
  before?.remove();
  const link = document.createElement('a');
  link.className = 'toast-undo';
  link.href = `${page}#unsent`;
  link.textContent = `Open ${title.split(' · ')[0]}`;
  showToast(count === 1 ? 'A message was not sent.' : `${count} messages were not sent.`, link).dataset.refused = count;
}

/** What became of a message: 'sent', 'held', 'later', or 'refused' with the reason in words. */
async function post(way, { client_message_id, body, reply_to }, call) {
  try {
    await call(way.name, { ...way.fields, body, client_message_id, reply_to: reply_to ?? '' }, AbortSignal.timeout(PATIENCE_MS));
    return { outcome: 'sent' };
  } catch ({ status, conflict, reason }) {
    if (conflict === 'held_for_review') return { outcome: 'held' };
    // Without an answer, signed out, too fast, or a server that is not itself: nothing is wrong with the message.
    return { outcome: !status || status === 401 || status === 429 || status >= 500 ? 'later' : 'refused', reason };
  }
}

/** Oldest first, one at a time; answers whether to come again. Looked up anew each time: who signs out takes them away. */
async function send(key, { call, read, freshMs }) {
  for (;;) {
    const { at, messages, way } = read(localStorage, key, { at: 0, messages: [] });
    const message = messages.find(({ failed, held }) => !failed && !held);
    if (!way || !message || Date.now() - at > freshMs) return false;
    const isThis = (other) => other.client_message_id === message.client_message_id;
    const mark = (change) => update(key, read, (list) => list.map((other) => (isThis(other) ? { ...other, ...change } : other)));
    const { outcome, reason } = await post(way, message, call);
    if (outcome === 'later') return true;
    if (outcome === 'sent') {
      update(key, read, (list) => list.filter((other) => !isThis(other)));
      document.dispatchEvent(new CustomEvent('outbox:delivered'));
    }
    if (outcome === 'held') mark({ held: true });
    if (outcome === 'refused') {
      mark({ failed: reason ?? 'It was refused after you left the room.' });
      sayRefused(way);
    }
  }
}

/** Tabs take turns, where the browser can tell them apart; it can't on an insecure origin, and twice is harmless. */
function inTurn(work) {
  return navigator.locks ? navigator.locks.request('atria:outbox', work) : work();
}

export async function deliverAll(keys, tools, failures = 0) {
  const left = [];
  await inTurn(async () => {
    for (const key of keys) if (await send(key, tools)) left.push(key);
  });
  if (left.length === 0 || failures === MOST_FAILURES) return;
  let hasBegun = false;
  const again = () => {
    if (hasBegun) return;
    hasBegun = true;
    removeEventListener('online', again);
    // Being offline is nobody's failure.
    deliverAll(left, tools, failures + (navigator.onLine ? 1 : 0)).catch(() => {});
  };
  addEventListener('online', again);
  setTimeout(again, AGAIN_MS);
}
