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

/** Somebody is in it with the keyboard, has typed, or has opened something. */
function isBusy(part) {
  const fields = [...part.querySelectorAll('input:not([type=hidden]), textarea, select')];
  return part.contains(document.activeElement) || part.querySelector('details[open]') !== null || fields.some(isChanged);
}

const isShown = (part) => part.getClientRects().length > 0;

/** Answers whether a part has to wait until its reader is done. */
async function refresh() {
  // Not the page that a form leads to: what that left for it stays there.
  const answer = await fetch(location.href, { headers: { Accept: 'text/html', 'X-Refresh': 'yes' } });
  // Not theirs any more: the page says so. A room says it itself, over what was not sent.
  if ((answer.status === 403 || answer.status === 404) && !document.querySelector('leptos-island')) {
    if (parts().some(isBusy) || document.activeElement?.matches('input, textarea')) return true;
    location.reload();
  }
  if (!answer.ok || answer.redirected) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  let waits = false;
  for (const part of parts()) {
    const next = fresh.getElementById(part.id);
    if (!next || next.innerHTML === part.innerHTML) continue;
    if (isBusy(part)) waits = true;
    else part.replaceChildren(...next.childNodes);
  }
  document.dispatchEvent(new CustomEvent('page:refreshed'));
  return waits;
}

/** A whole event must not fetch at the same moment. */
const SPREAD_MS = 8000;
/** What comes together is fetched once, and what goes on and on this far apart. */
const GATHER_MS = 200;
const PAUSE_MS = 4000;

/** Follows the topics that `data-live` names, for the frames that `data-live-on` names. */
export function followLists() {
  if (!document.querySelector('[data-live-on]')) return;
  let planned = 0;
  let fetchedAt = -PAUSE_MS;
  let isStale = false;
  const fetchAnew = async () => {
    planned = 0;
    // Nobody looks, or the window is too narrow for it: whoever does finds it as it is then.
    isStale = document.hidden || !parts().some(isShown);
    if (isStale) return;
    fetchedAt = performance.now();
    isStale = await refresh();
  };
  const plan = (spread) => {
    const wait = Math.max(GATHER_MS + Math.random() * spread, fetchedAt + PAUSE_MS - performance.now());
    planned ||= setTimeout(() => fetchAnew().catch(() => {}), wait);
  };
  // The line of this page may not have been open yet when its own message went out.
  document.addEventListener('outbox:delivered', () => plan(0));
  const planIfStale = () => { if (isStale) plan(0); };
  for (const [target, name] of [[document, 'visibilitychange'], [document, 'focusout'], [window, 'resize']]) target.addEventListener(name, planIfStale);
  each('[data-live-on]', ({ dataset: { live, liveOn } }) => {
    const wanted = new Set(liveOn.split(' '));
    for (const topic of live.split(' ')) {
      const soon = () => plan(topic.startsWith('event:') ? SPREAD_MS : 0);
      follow(topic, ({ type }) => { if (wanted.has(type) || type === 'kicked') soon(); }, soon);
    }
  });
}
