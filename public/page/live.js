// Lists that follow what happens: the server says over the socket that one is stale, and the page fetches itself anew,
// under the reader's own rights. What the reader is busy with stays as it is.

import { each } from './each.js';
import { follow } from './line.js';

const parts = () => [...document.querySelectorAll('[data-live-part]')];

function isChanged(field) {
  if (field instanceof HTMLSelectElement) {
    const served = [...field.options].findLastIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(served, 0);
  }
  return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
}

/** Somebody types in it, has typed, or has opened something. */
function isBusy(part) {
  const focused = document.activeElement;
  const types = focused !== document.body && part.contains(focused) && focused.matches('input, textarea, select');
  const fields = [...part.querySelectorAll('input:not([type=hidden]), textarea, select')];
  return types || part.querySelector('details[open]') !== null || fields.some(isChanged);
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

/** A whole event must not fetch at the same moment. */
const SPREAD_MS = 3000;
/** What comes together is fetched once, and what goes on and on this far apart. */
const GATHER_MS = 200;
const PAUSE_MS = 4000;

/** Follows the topics that `data-live` names, for the frames that `data-live-on` names. */
export function followLists() {
  let planned = 0;
  let fetchedAt = -PAUSE_MS;
  const fetchAnew = () => {
    planned = 0;
    fetchedAt = performance.now();
    refresh().catch(() => {});
  };
  const plan = (spread) => {
    const wait = Math.max(GATHER_MS + Math.random() * spread, fetchedAt + PAUSE_MS - performance.now());
    planned ||= setTimeout(fetchAnew, wait);
  };
  each('[data-live-on]', ({ dataset: { live, liveOn } }) => {
    const wanted = new Set(liveOn.split(' '));
    for (const topic of live.split(' ')) {
      const soon = () => plan(topic.startsWith('event:') ? SPREAD_MS : 0);
      follow(topic, ({ type }) => { if (wanted.has(type)) soon(); }, soon);
    }
  });
}
