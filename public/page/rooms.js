// What waits in the rooms of an event, beside each room that the page lists and for all of them in its frame: how often one
// is named, else a dot. The server says in which rooms somebody wrote, and the page asks only where it shows nothing yet.

import { badge, dot } from './badge.js';
import { call } from './call.js';
import { each } from './each.js';
import { follow, listen } from './line.js';

/** A whole event must not ask at the same moment. */
const SPREAD_MS = 8000;
const SOON_MS = 500;
/** Where somebody wrote and nothing waits (one's own words, or a room that one silenced), it is asked again that much later. */
const QUIET_MS = 60_000;
const NAMES_ONE = new Set(['MENTIONED', 'REPLIED']);

const placeOf = (room) => document.querySelector(`[data-room-count="${room}"]`);

function show(place, unread, mentions) {
  if (mentions > 0) place.replaceChildren(badge(mentions, mentions === 1 ? 'mention' : 'mentions'));
  else place.replaceChildren(...(unread > 0 ? [dot(unread, 'unread')] : []));
  place.closest('.room-link')?.toggleAttribute('data-unread', unread > 0 || mentions > 0);
}

function showAll(waiting, open) {
  const elsewhere = waiting.filter(({ room }) => room !== open);
  const sum = (of) => elsewhere.reduce((total, room) => total + room[of], 0);
  each('[data-room-count]', (place) => {
    const { roomCount: id } = place.dataset;
    const { unread, mentions } = elsewhere.find(({ room }) => room === id) ?? { unread: 0, mentions: 0 };
    if (id === 'all') show(place, sum('unread'), sum('mentions'));
    else show(place, unread, mentions);
  });
}

export function followRooms() {
  const area = document.querySelector('[data-rooms]');
  if (!area) return;
  const { rooms: event, roomsTopic: topic, roomsCounted: counted } = area.dataset;
  const open = document.querySelector('[data-open-room]')?.dataset.openRoom;
  const planned = { timer: 0, at: Infinity };
  const active = new Set();
  const quiet = new Map();
  let isStale = false;
  const ask = async () => {
    planned.at = Infinity;
    isStale = document.hidden;
    if (isStale) return;
    const waiting = await call('chat/count_unread', { event });
    showAll(waiting, open);
    active.forEach((id) => { if (!waiting.some(({ room }) => room === id)) quiet.set(id, performance.now() + QUIET_MS); });
    active.clear();
  };
  const plan = (within, after = 0) => {
    const at = performance.now() + after + Math.random() * within;
    if (at >= planned.at) return;
    clearTimeout(planned.timer);
    planned.at = at;
    planned.timer = setTimeout(() => ask().catch(() => {}), at - performance.now());
  };
  const isShown = (room) => (placeOf(room) ?? placeOf('all'))?.childElementCount > 0;
  const noteActive = (rooms) => {
    const news = rooms.filter((room) => room !== open && !isShown(room));
    news.forEach((room) => active.add(room));
    const isQuiet = (room) => quiet.get(room) > performance.now();
    if (news.some((room) => !isQuiet(room))) plan(SPREAD_MS);
    else if (news.length > 0) plan(SPREAD_MS, Math.min(...news.map((room) => quiet.get(room))) - performance.now());
  };
  const again = () => plan(SPREAD_MS);
  follow(topic, ({ type, rooms }) => { if (type === 'rooms_active') noteActive(rooms); }, again);
  // Who is named reads it perhaps in another tab: what this page counts is over then.
  const countsNames = () => document.querySelector('[data-room-count] .count:not(.count-dot)') !== null;
  listen(({ type, item }) => {
    if (type === 'notification' && NAMES_ONE.has(item.news)) plan(SOON_MS);
    if (type === 'waiting_changed' && countsNames()) plan(SOON_MS);
  }, () => {});
  document.addEventListener('visibilitychange', () => { if (isStale && !document.hidden) plan(SOON_MS); });
  if (counted === undefined) plan(SOON_MS);
}
