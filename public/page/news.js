// News that can't wait for a look at the bell, said on whatever page is open. The bell keeps them all.

import { call } from './call.js';
import { listen } from './line.js';
import { dismissToast, showToast } from './toast.js';

/** What is not read by then is read at the bell: a start that was soon an hour ago is none. */
const SHOWN_MS = 10 * 60_000;

/** As a line of the notifications does: it counts as read, and leads to what it is about. */
function opener({ id }) {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', className: 'toast-undo', textContent: 'Open' });
  button.addEventListener('click', async () => {
    location.assign(await call('notifications/open', { notification: id }).catch(() => '/notifications'));
  });
  return button;
}

/** The newest takes the place of the one before. */
export function sayNews() {
  // The list of all of them says it itself.
  if (!document.querySelector('[data-count]') || document.getElementById('notifications')) return;
  let toast = null;
  let timer = 0;
  let shownAt = 0;
  const away = () => { if (toast?.isConnected) dismissToast(toast); };
  listen(({ type, item, said }) => {
    if (type !== 'notification' || !said) return;
    away();
    clearTimeout(timer);
    toast = showToast(`${said}.`, opener(item));
    toast.classList.add('toast-news');
    shownAt = performance.now();
    timer = setTimeout(away, SHOWN_MS);
  }, () => {});
  // Read here or in another tab; a count that was asked for before knows nothing of it.
  document.addEventListener('page:counted', ({ detail }) => { if (detail.news === 0 && detail.askedAt > shownAt) away(); });
}
