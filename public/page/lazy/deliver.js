// Sends messages whose room was left before they went out. What can't go now waits for the connection, on this page or the
// next; what is refused waits in its room, and a notice leads there.

const AGAIN_MS = 10_000;

const parse = (text, otherwise) => { try { return JSON.parse(text) ?? otherwise; } catch { return otherwise; } };

/** Puts the list as `change` makes it into both memories; a tab that still has an old one sends what the server knows. */
function update(key, change) {
  const kept = parse(localStorage.getItem(key), null);
  const left = change(kept?.messages ?? []);
  if (left.length > 0) localStorage.setItem(key, JSON.stringify({ ...kept, messages: left }));
  else localStorage.removeItem(key);
  const inTab = parse(sessionStorage.getItem(key), null);
  if (inTab) sessionStorage.setItem(key, JSON.stringify(change(inTab)));
}

/** Says that something waits in a room because the server did not take it. */
function sayRefused({ page, title }) {
  const toast = document.createElement('div');
  toast.className = 'toast';
  toast.setAttribute('role', 'status');
  const [words, link, close] = ['p', 'a', 'button'].map((name) => document.createElement(name));
  words.textContent = 'A message was not sent.';
  link.className = 'toast-undo';
  link.href = page;
  link.textContent = `Open ${title.split(' · ')[0]}`;
  close.className = 'toast-close';
  close.type = 'button';
  close.setAttribute('aria-label', 'Dismiss');
  close.textContent = '×';
  close.addEventListener('click', () => toast.remove());
  toast.append(words, link, close);
  document.body.append(toast);
}

/** Oldest first, one at a time; answers whether to come again. */
async function send(key, { call, freshMs }) {
  const { at, messages, way } = parse(localStorage.getItem(key), { at: 0, messages: [] });
  if (!way || Date.now() - at > freshMs) return false;
  for (const message of messages.filter(({ failed, held }) => !failed && !held)) {
    const { client_message_id, body, reply_to } = message;
    const isThis = (other) => other.client_message_id === client_message_id;
    const mark = (change) => update(key, (list) => list.map((other) => (isThis(other) ? { ...other, ...change } : other)));
    try {
      await call(way.name, { ...way.fields, body, client_message_id, reply_to: reply_to ?? '' });
      update(key, (list) => list.filter((other) => !isThis(other)));
    } catch ({ status, detail }) {
      if (detail === 'held_for_review') {
        mark({ held: true });
        continue;
      }
      // Without an answer, signed out, too fast, or a server that is not itself: nothing is wrong with the message.
      if (!status || status === 401 || status === 429 || status >= 500) return status !== 401;
      mark({ failed: 'It was refused after you left the room.' });
      sayRefused(way);
    }
  }
  return false;
}

/** Tabs take turns, where the browser can tell them apart; it can't on an insecure origin, and twice is harmless. */
function inTurn(work) {
  return navigator.locks ? navigator.locks.request('atria:outbox', work) : work();
}

export async function deliverAll(keys, tools) {
  const left = [];
  await inTurn(async () => {
    for (const key of keys) if (await send(key, tools)) left.push(key);
  });
  if (left.length === 0) return;
  let hasBegun = false;
  const again = () => {
    if (hasBegun) return;
    hasBegun = true;
    removeEventListener('online', again);
    deliverAll(left, tools).catch(() => {});
  };
  addEventListener('online', again);
  setTimeout(again, AGAIN_MS);
}
