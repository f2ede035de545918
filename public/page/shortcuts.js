// The keyboard in chat rooms, beside what the composer does with it.

import { each } from './each.js';

const isTyped = (target) => target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

/** The next room with something new, after or before the open one, and around the end. */
function roomToGoTo(step) {
  const rooms = [...document.querySelectorAll('.chat-rooms .room-link')];
  const here = rooms.findIndex((link) => link.ariaCurrent === 'page');
  for (let away = 1; away < rooms.length; away++) {
    const link = rooms[(here + step * away + rooms.length * away) % rooms.length];
    if (link.dataset.unread !== undefined) return link;
  }
  return undefined;
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
