// The keyboard in chat rooms, beside what the composer does with it.

import { each } from './each.js';

const isTyped = (target) => target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

/** The next room with something new, after or before the open one, and around the end. */
function roomToGoTo(step) {
  const rooms = [...document.querySelectorAll('.chat-rooms .room-link')];
  const here = rooms.findIndex((link) => link.ariaCurrent === 'page');
  // An open room that is not listed stands before the first.
  const others = [...rooms.slice(here + 1), ...rooms.slice(0, Math.max(here, 0))];
  if (step < 0) others.reverse();
  return others.find((link) => link.dataset.unread !== undefined);
}

export function offerShortcuts() {
  const dialog = document.getElementById('shortcuts');
  if (!dialog) return;
  const open = () => { if (!dialog.open) dialog.showModal(); };
  each('[data-shortcuts]', (button) => {
    button.hidden = false;
    button.addEventListener('click', open);
  });
  document.addEventListener('keydown', (event) => {
    const { key, altKey, shiftKey, target } = event;
    if (key === '?' && !isTyped(target)) {
      event.preventDefault();
      open();
    }
    if (!altKey || !shiftKey || !['ArrowUp', 'ArrowDown'].includes(key)) return;
    event.preventDefault();
    const link = roomToGoTo(key === 'ArrowDown' ? 1 : -1);
    if (link) location.assign(link.href);
  });
}
