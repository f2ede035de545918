// Lists that follow what happens: the server says over the socket that one is stale, and the page fetches itself anew,
// under the reader's own rights. What the reader is busy with stays as it is.

import { follow } from './line.js';

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
  let planned;
  const plan = () => {
    clearTimeout(planned);
    planned = setTimeout(() => refresh().catch(() => {}), Math.random() * spread);
  };
  follow(topic, ({ type }) => { if (wanted.has(type)) plan(); }, plan);
}
