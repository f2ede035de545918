// What is dragged on organizers' boards; each has buttons and a form that do the same.

import { closestTo, each } from './each.js';

function post(action, fields) {
  const form = document.createElement('form');
  for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  Object.assign(form, { method: 'post', action });
  document.body.append(form);
  form.submit();
}

const SNAP_KEY = 'agenda-snap';

/** To how many minutes a dragged session snaps; this device keeps what somebody chose. */
function snapMinutes() {
  return document.querySelector('[data-snap]')?.value ?? '15';
}

function keepSnap() {
  const select = document.querySelector('[data-snap]');
  if (!select) return;
  try {
    const kept = localStorage.getItem(SNAP_KEY);
    if ([...select.options].some(({ value }) => value === kept)) select.value = kept;
    select.addEventListener('change', () => localStorage.setItem(SNAP_KEY, select.value));
  } catch {
    // Storage is closed: it snaps as the page says.
  }
}

/** Cards of the editor can be dragged to another time and room; the form on the session's page does the same. */
export function dragSessions() {
  keepSnap();
  // What hangs below the pointer begins this far above it.
  let held = 0;
  document.addEventListener('dragstart', (event) => {
    const card = closestTo(event, '[data-session]');
    if (!card) return;
    held = event.clientY - card.getBoundingClientRect().top;
    event.dataTransfer.setData('text/x-session', card.dataset.session);
  });
  each('[data-day-grid]', (grid) => {
    grid.addEventListener('dragover', (event) => {
      if (event.dataTransfer.types.includes('text/x-session')) event.preventDefault();
    });
    grid.addEventListener('drop', (event) => {
      const session = event.dataTransfer.getData('text/x-session');
      const heads = [...grid.querySelectorAll('[data-room]')];
      const hours = [...grid.querySelectorAll('.day-hour')].map((hour) => hour.getBoundingClientRect().top);
      if (!session || !heads.length || !hours.length) return;
      event.preventDefault();
      const head = heads.find((room) => event.clientX <= room.getBoundingClientRect().right) ?? heads.at(-1);
      // Rows grow with what stands in them: the hour lines say where a time is.
      const at = event.clientY - held;
      const hour = Math.max(0, hours.findLastIndex((top) => top <= at));
      // The grid scrolls in itself: below its last hour comes the end of what it holds.
      const end = grid.getBoundingClientRect().top - grid.scrollTop + grid.scrollHeight;
      const height = (hours[hour + 1] ?? end) - hours[hour];
      const part = Math.min(0.99, Math.max(0, (at - hours[hour]) / height));
      const start = new Date(`${grid.dataset.day}:00Z`);
      start.setUTCMinutes(hour * 60 + Math.floor(part * 60));
      post('/api/agenda/move_session', { event: grid.dataset.event, session, venue_room: head.dataset.room, starts_at: start.toISOString().slice(0, 16), snap: snapMinutes(), back: 'grid' });
    });
  });
}

/** Cards of sponsors can be dragged within their tier and to another; the arrows and "Move to…" do the same. */
export function dragSponsors() {
  const kind = 'text/x-sponsor';
  document.addEventListener('dragstart', (event) => {
    const card = closestTo(event, '[data-sponsor]');
    if (card) event.dataTransfer.setData(kind, card.dataset.sponsor);
  });
  const mark = (column) => each('[data-drop-tier]', (other) => other.classList.toggle('board-column-target', other === column));
  document.addEventListener('dragend', () => mark(null));
  each('[data-drop-tier]', (column) => {
    column.addEventListener('dragover', (event) => {
      if (!event.dataTransfer.types.includes(kind)) return;
      event.preventDefault();
      mark(column);
    });
    column.addEventListener('drop', (event) => {
      const sponsor = event.dataTransfer.getData(kind);
      if (!sponsor) return;
      event.preventDefault();
      const middle = (card) => card.getBoundingClientRect().top + card.getBoundingClientRect().height / 2;
      const others = [...column.querySelectorAll('[data-sponsor]')].filter((card) => card.dataset.sponsor !== sponsor);
      const above = others.findLast((card) => middle(card) < event.clientY);
      post('/api/sponsors/move', { event: column.dataset.event, sponsor, place: `${column.dataset.dropTier}.${above?.dataset.sponsor ?? 'first'}` });
    });
  });
}
