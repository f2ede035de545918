// What is dragged on organizers' boards; each has buttons and a form that do the same.

import { closestTo, each } from './each.js';

function post(action, fields) {
  const form = document.createElement('form');
  for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  Object.assign(form, { method: 'post', action });
  document.body.append(form);
  form.submit();
}

/** The last of these elements whose middle is above the pointer. */
function lastAbove(elements, clientY) {
  return elements.findLast((element) => {
    const { top, height } = element.getBoundingClientRect();
    return top + height / 2 < clientY;
  });
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

/** Where a card whose upper edge is there would come to stand: the head of its room, the minutes since the grid's first hour, and how far down that is. */
function placeIn(grid, clientX, top) {
  const heads = [...grid.querySelectorAll('[data-room]')];
  const hours = [...grid.querySelectorAll('.day-hour')].map((hour) => hour.getBoundingClientRect().top);
  if (!heads.length || !hours.length) return null;
  const head = heads.find((room) => clientX <= room.getBoundingClientRect().right) ?? heads.at(-1);
  // The line that says where would count as content.
  grid.querySelector('.drop-mark')?.setAttribute('hidden', '');
  // The grid scrolls in itself: its content begins above it, and below its last hour comes the end of what it holds.
  const origin = grid.getBoundingClientRect().top - grid.scrollTop;
  // Rows grow with what stands in them: the hour lines say where a time is.
  const lines = [...hours, origin + grid.scrollHeight];
  const hour = Math.max(0, hours.findLastIndex((line) => line <= top));
  const part = Math.min(0.99, Math.max(0, (top - lines[hour]) / (lines[hour + 1] - lines[hour])));
  const step = Number(snapMinutes());
  // Midnight is the next day's.
  const latest = (24 - Number(grid.dataset.day.slice(11, 13))) * 60 - step;
  const minutes = Math.min(latest, Math.round((hour * 60 + Math.floor(part * 60)) / step) * step);
  const line = Math.min(hours.length - 1, Math.floor(minutes / 60));
  const down = lines[line] + (lines[line + 1] - lines[line]) * Math.min(1, minutes / 60 - line) - origin;
  return { head, minutes, down };
}

/** The time so many minutes after a grid's first hour, as forms send it. */
function timeIn(grid, minutes) {
  const start = new Date(`${grid.dataset.day}:00Z`);
  start.setUTCMinutes(minutes);
  return start.toISOString().slice(0, 16);
}

/** A line with the time across the column in which the card would begin. */
function showMark(mark, grid, { head, minutes, down }) {
  const [column, box] = [head.getBoundingClientRect(), grid.getBoundingClientRect()];
  if (mark.parentElement !== grid) grid.append(mark);
  mark.hidden = false;
  mark.textContent = timeIn(grid, minutes).slice(11);
  mark.style.insetBlockStart = `${down}px`;
  mark.style.insetInlineStart = `${column.left - box.left + grid.scrollLeft}px`;
  mark.style.inlineSize = `${column.width}px`;
}

/** Cards of the editor can be dragged to another time and room; the form on the session's page does the same. */
export function dragSessions() {
  keepSnap();
  dropInTray();
  // What hangs below the pointer begins this far above it.
  let held = 0;
  const mark = Object.assign(document.createElement('li'), { className: 'drop-mark', ariaHidden: 'true' });
  document.addEventListener('dragstart', (event) => {
    const card = closestTo(event, '[data-session]');
    if (!card) return;
    held = event.clientY - card.getBoundingClientRect().top;
    event.dataTransfer.setData('text/x-session', card.dataset.session);
  });
  document.addEventListener('dragend', () => mark.remove());
  each('[data-day-grid]', (grid) => {
    const place = (event) => placeIn(grid, event.clientX, event.clientY - held);
    grid.addEventListener('dragover', (event) => {
      if (!event.dataTransfer.types.includes('text/x-session')) return;
      event.preventDefault();
      const found = place(event);
      if (found) showMark(mark, grid, found);
    });
    grid.addEventListener('dragleave', (event) => { if (mark.parentElement === grid && !grid.contains(event.relatedTarget)) mark.remove(); });
    grid.addEventListener('drop', (event) => {
      const session = event.dataTransfer.getData('text/x-session');
      const found = session && place(event);
      if (!found) return;
      event.preventDefault();
      mark.remove();
      post('/api/agenda/move_session', { event: grid.dataset.event, session, venue_room: found.head.dataset.room, starts_at: timeIn(grid, found.minutes), snap: snapMinutes(), back: 'grid' });
    });
  });
}

/** What is dropped on the tray loses its time, as "Take off the agenda" on its page does. */
function dropInTray() {
  const kind = 'text/x-session';
  each('[data-tray]', (tray) => {
    const isHeld = ({ dataTransfer }) => dataTransfer.types.includes(kind);
    tray.addEventListener('dragover', (event) => {
      if (!isHeld(event)) return;
      event.preventDefault();
      tray.classList.add('tray-target');
    });
    tray.addEventListener('dragleave', (event) => { if (!tray.contains(event.relatedTarget)) tray.classList.remove('tray-target'); });
    tray.addEventListener('drop', (event) => {
      const session = event.dataTransfer.getData(kind);
      tray.classList.remove('tray-target');
      if (!session) return;
      event.preventDefault();
      // It is in the tray already.
      if (tray.querySelector(`[data-session="${session}"]`)) return;
      post('/api/agenda/unschedule_session', { event: tray.dataset.tray, session, back: 'grid' });
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
      const others = [...column.querySelectorAll('[data-sponsor]')].filter((card) => card.dataset.sponsor !== sponsor);
      const above = lastAbove(others, event.clientY);
      post('/api/sponsors/move', { event: column.dataset.event, sponsor, place: `${column.dataset.dropTier}.${above?.dataset.sponsor ?? 'first'}` });
    });
  });
}

/**
 * Rows of a list can be dragged to another place in it; the buttons in them do the same.
 *
 * The list says which field of a row's form takes the place, and what it is before all others (`data-order`,
 * `data-front`); each row what it is behind it (`data-behind`).
 */
export function dragRows() {
  let held = null;
  const forget = () => each('[data-drop]', (row) => { delete row.dataset.drop; });
  document.addEventListener('dragstart', (event) => {
    held = closestTo(event, '[data-order] > [draggable]');
    // Firefox drags nothing without data.
    if (held) event.dataTransfer.setData('text/x-row', held.dataset.behind);
  });
  document.addEventListener('dragend', forget);
  each('[data-order]', (list) => {
    const others = () => [...list.children].filter((row) => row !== held);
    list.addEventListener('dragover', (event) => {
      if (held?.parentElement !== list) return;
      event.preventDefault();
      forget();
      const above = lastAbove(others(), event.clientY);
      if (above) above.dataset.drop = 'below';
      else others()[0].dataset.drop = 'above';
    });
    list.addEventListener('drop', (event) => {
      if (held?.parentElement !== list) return;
      event.preventDefault();
      const above = lastAbove(others(), event.clientY);
      const form = held.querySelector('[data-move]');
      post(form.getAttribute('action'), { ...Object.fromEntries(new FormData(form)), [list.dataset.order]: above?.dataset.behind ?? list.dataset.front });
    });
  });
}
