// The agenda while somebody looks at it: the line of now, the way to it, and the keys between sessions.

import { closestTo, each } from './each.js';

const EVERY_MS = 30_000;

/** What this tab remembers; nothing where storage is closed. */
const kept = {
  get(key) { try { return sessionStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { sessionStorage.setItem(key, value); } catch { /* forgotten */ } },
};

const seconds = () => Date.now() / 1000;

/** Puts the line of each day where now is. Hours that are drawn as one are as high as one. */
function moveNow() {
  each('.day-now', (mark) => {
    const hours = [...mark.parentElement.querySelectorAll('[data-at]')].map(({ dataset }) => ({ at: Number(dataset.at), slot: Number(dataset.slot) }));
    const now = seconds();
    const index = hours.findLastIndex(({ at }) => at <= now);
    mark.hidden = index < 0 || now >= Number(mark.dataset.nowUntil);
    if (mark.hidden) return;
    const hour = hours[index];
    const next = hours[index + 1] ?? { at: hour.at + 3600, slot: hour.slot + 12 };
    const slot = hour.slot + Math.floor(((now - hour.at) / (next.at - hour.at)) * (next.slot - hour.slot));
    mark.className = `day-now slot-${slot}`;
  });
}

const isSeen = (element) => element.getClientRects().length > 0;

/** The line of now, or where days are lists the first session that is not over. */
function whereNowIs() {
  const mark = [...document.querySelectorAll('.day-now:not([hidden])')].find(isSeen);
  if (mark) return mark;
  return [...document.querySelectorAll('.agenda-day .session-card')].find((card) => {
    const end = [...card.querySelectorAll('.session-time time')].at(-1);
    return end && Date.parse(end.dateTime) > Date.now();
  });
}

const show = (place) => place?.scrollIntoView({ block: 'center', inline: 'nearest' });

/** On a day of the event the page goes to now once, and offers the way back there until that is closed. */
function jumpToNow() {
  const offer = document.querySelector('[data-jump-now]');
  if (!offer) return;
  const key = `agenda-now:${location.pathname}`;
  const place = whereNowIs();
  if (!place) return;
  if (!location.hash && kept.get(`${key}:seen`) === null) {
    kept.set(`${key}:seen`, '1');
    show(place);
  }
  if (kept.get(`${key}:closed`) !== null) return;
  let isClosed = false;
  const watcher = new IntersectionObserver(([entry]) => { offer.hidden = isClosed || entry.isIntersecting; });
  watcher.observe(place);
  offer.addEventListener('click', (event) => {
    if (closestTo(event, '[data-jump]')) show(whereNowIs());
    if (!closestTo(event, '[data-jump-close]')) return;
    isClosed = true;
    offer.hidden = true;
    kept.set(`${key}:closed`, '1');
  });
}

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const middle = (card) => {
  const { left, top, width, height } = card.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2, left, top, right: left + width, bottom: top + height };
};

/** The next card in a direction: in the same column up and down, beside it left and right. */
function neighbour(from, [dx, dy]) {
  const at = middle(from);
  const day = from.closest('.agenda-day');
  const ways = [...day.querySelectorAll('.session-card')].filter((card) => card !== from).map((card) => ({ card, to: middle(card) })).filter(({ to }) => {
    if (dy) return (to.y - at.y) * dy > 0 && to.left < at.right && at.left < to.right;
    return (to.x - at.x) * dx > 0 && (to.left >= at.right || to.right <= at.left);
  });
  const far = ({ to }) => (dy ? Math.abs(to.top - at.top) + Math.abs(to.x - at.x) / 4 : Math.abs(to.x - at.x) + Math.abs(to.top - at.top) * 4);
  const best = ways.sort((a, b) => far(a) - far(b))[0]?.card;
  if (best || !dy) return best;
  const days = [...document.querySelectorAll('.agenda-day')];
  const cards = days[days.indexOf(day) + dy]?.querySelectorAll('.session-card') ?? [];
  return dy > 0 ? cards[0] : cards[cards.length - 1];
}

const FOCUS_KEY = 'agenda-focus';

/** Arrows go from session to session, `s` stars the one with the focus. */
function listenToKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    const { target } = event;
    if (!(target instanceof HTMLElement) || target.isContentEditable || target.matches('input, textarea, select')) return;
    const card = target.closest('.agenda-day .session-card');
    if (!card) return;
    const way = ARROWS[event.key];
    if (way) {
      const link = neighbour(card, way)?.querySelector('.session-title a');
      if (!link) return;
      event.preventDefault();
      link.focus();
    } else if (event.key === 's') {
      const form = card.querySelector('.star-form');
      if (!form) return;
      event.preventDefault();
      kept.set(FOCUS_KEY, card.id);
      form.requestSubmit(form.querySelector('button'));
    }
  });
  // Who starred by a key goes on from there.
  const id = kept.get(FOCUS_KEY);
  if (!id) return;
  kept.set(FOCUS_KEY, '');
  const goOn = () => document.getElementById(id)?.querySelector('.session-title a')?.focus();
  // A browser that goes to a part of the page takes the focus away once it is there.
  if (document.readyState === 'complete') goOn();
  else addEventListener('load', () => setTimeout(goOn));
}

/** The zone that somebody switched to counts in this event from now on. */
function keepZone() {
  const zone = new URLSearchParams(location.search).get('zone');
  const slug = location.pathname.match(/^\/events\/([\w-]+)/)?.[1];
  if (!slug || !/^(mine|event)$/.test(zone ?? '') || !document.querySelector('.agenda-zone')) return;
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `event-zone=${zone}; Path=/events/${slug}; Max-Age=31536000; SameSite=Lax${secure}`;
}

export function followAgenda() {
  keepZone();
  if (!document.querySelector('.agenda-day')) return;
  moveNow();
  setInterval(moveNow, EVERY_MS);
  jumpToNow();
  listenToKeys();
  each('[data-print]', (button) => button.addEventListener('click', () => print()));
}
