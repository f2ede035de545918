// What waits for the person, in the head of the page: the server says that it changed, and the page asks for the numbers.

import { badge, capped } from './badge.js';
import { call } from './call.js';
import { each } from './each.js';
import { listen } from './line.js';

const KINDS = new Set([
  'notification', 'direct_message', 'unread_changed', 'waiting_changed',
  'connection_requested', 'connection_accepted', 'connection_removed',
]);
const PAUSE_MS = 1000;
/** What comes together is asked for once. */
const GATHER_MS = 150;
/** After a restart all pages come back together. */
const SPREAD_MS = 3000;

function show(waiting, askedAt) {
  each('[data-count]', (place) => {
    const count = waiting[place.dataset.count];
    place.replaceChildren(...(count > 0 ? [badge(count, place.dataset.words)] : []));
  });
  each('[data-menu-name]', (opener) => {
    const { requests } = waiting;
    const words = requests === 1 ? ', 1 request' : `, ${capped(requests)} requests`;
    opener.setAttribute('aria-label', `${opener.dataset.menuName}${requests > 0 ? words : ''}`);
  });
  document.dispatchEvent(new CustomEvent('page:counted', { detail: { ...waiting, askedAt } }));
}

export function followCounts() {
  if (!document.querySelector('[data-count]')) return;
  let planned = 0;
  let askedAt = -PAUSE_MS;
  let isStale = false;
  const ask = async () => {
    planned = 0;
    // Nobody looks: once somebody does, they are told what is true then.
    isStale = document.hidden;
    if (isStale) return;
    askedAt = performance.now();
    show(await call('notifications/count_waiting'), askedAt);
  };
  const plan = (least) => {
    const wait = Math.max(least, askedAt + PAUSE_MS - performance.now());
    planned ||= setTimeout(() => ask().catch(() => {}), wait);
  };
  listen(({ type }) => { if (KINDS.has(type)) plan(GATHER_MS); }, () => plan(Math.random() * SPREAD_MS));
  document.addEventListener('visibilitychange', () => { if (isStale) plan(GATHER_MS); });
}
