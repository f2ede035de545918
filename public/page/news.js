// News that can't wait for a look at the bell, said on whatever page is open. The bell keeps them all.

import { listen } from './line.js';
import { dismissToast, showToast } from './toast.js';

/** What is not read by then is read at the bell: a start that was soon an hour ago is none. */
const SHOWN_MS = 10 * 60_000;
/** A count that was asked for before knows nothing of it. */
const UNCOUNTED_MS = 3000;

/** As a line of the notifications does: it counts as read, and leads to what it is about. */
function opener({ id }) {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/api/notifications/open';
  const [field, button] = ['input', 'button'].map((name) => document.createElement(name));
  Object.assign(field, { type: 'hidden', name: 'notification', value: id });
  Object.assign(button, { type: 'submit', className: 'toast-undo', textContent: 'Open' });
  form.append(field, button);
  return form;
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
    const way = opener(item);
    toast = showToast(`${said}.`, way);
    shownAt = performance.now();
    toast.classList.add('toast-news');
    timer = setTimeout(away, SHOWN_MS);
    way.addEventListener('submit', () => addEventListener('pagehide', away, { once: true }));
  }, () => {});
  // Read in another tab.
  document.addEventListener('page:counted', ({ detail }) => { if (detail.news === 0 && performance.now() - shownAt > UNCOUNTED_MS) away(); });
}
