// Lists that follow what happens: the server says over the socket that one is stale, and the page fetches itself anew,
// under the reader's own rights. What the reader is busy with stays as it is.

const LONGEST_WAIT = 30_000;
const parts = () => [...document.querySelectorAll('[data-live-part]')];

/** Somebody types in it, or has opened something. */
function isBusy(part) {
  const focused = document.activeElement;
  const types = focused !== document.body && part.contains(focused) && focused.matches('input, textarea, select');
  return types || part.querySelector('details[open]') !== null;
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of parts()) {
    const next = fresh.getElementById(part.id);
    if (next && !isBusy(part) && next.innerHTML !== part.innerHTML) part.replaceChildren(...next.childNodes);
  }
  document.dispatchEvent(new CustomEvent('page:refreshed'));
}

/** Follows the topic that `data-live` names, for the frames that `data-live-on` names. */
export function followLists() {
  const list = document.querySelector('[data-live-on]');
  if (!list) return;
  const topic = list.dataset.live;
  const wanted = new Set(list.dataset.liveOn.split(' '));
  // A whole event must not fetch at the same moment.
  const spread = topic.startsWith('event:') ? 3000 : 0;
  let socket;
  let wait = 1000;
  let planned;
  const plan = () => {
    clearTimeout(planned);
    planned = setTimeout(() => refresh().catch(() => {}), Math.random() * spread);
  };
  const open = (isFirst) => {
    socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`);
    socket.addEventListener('open', () => {
      wait = 1000;
      socket.send(JSON.stringify({ type: 'subscribe', topic }));
      if (!isFirst) plan();
    });
    socket.addEventListener('message', ({ data }) => {
      if (wanted.has(JSON.parse(data).type)) plan();
    });
    socket.addEventListener('close', ({ code }) => {
      // Signed out, or no access any more: there is nothing to come back for.
      if (code >= 4400 || !socket) return;
      setTimeout(() => open(false), Math.random() * wait);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    });
  };
  open(true);
  addEventListener('pagehide', () => {
    const closing = socket;
    socket = undefined;
    closing?.close();
  });
  addEventListener('pageshow', (event) => { if (event.persisted) open(false); });
}
