// On a touch screen the actions of a message open where it is touched: a sign beside each would cover words.

import { closestTo, each } from './each.js';

/** What does something itself when it is touched. */
const OWN = 'a, button, input, textarea, select, summary, label, .message-menu';

export function offerMenus() {
  // What a link led to is marked by the room (see `live::room::reading`); the next link marks another.
  addEventListener('hashchange', () => each('[data-target]', (row) => row.removeAttribute('data-target')));
  const room = document.querySelector('.chat-place');
  // The second half of a double click, on what slid below the pointer after the first, was meant for nobody.
  room?.addEventListener('click', (event) => { if (event.detail > 1 && closestTo(event, 'a.message-author')) event.preventDefault(); });
  if (!room || !matchMedia('(hover: none)').matches) return;
  room.addEventListener('click', (event) => {
    const message = closestTo(event, '[data-hydrated] .message');
    // Whoever marks words wants to copy them.
    if (!message || closestTo(event, OWN) || !getSelection().isCollapsed) return;
    message.querySelector(':scope > .message-more')?.click();
  });
}
