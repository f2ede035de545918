// The button at the corner that opens the direct messages over any page. What is behind it is loaded when it is opened.

import { call } from './call.js';
import { follow, listen, tell } from './line.js';

/** Below this the button is not there: the head's link leads to the inbox. */
const WIDE = '(width >= 700px)';

export function offerDock() {
  const place = document.querySelector('[data-dock]');
  if (!place || !matchMedia(WIDE).matches) return;
  const link = place.querySelector('a');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = link.className;
  button.setAttribute('aria-expanded', 'false');
  button.append(...link.childNodes);
  link.replaceWith(button);
  const key = `atria:dock:${place.dataset.dock}`;
  const kept = { read: () => JSON.parse(sessionStorage.getItem(key)), write: (state) => sessionStorage.setItem(key, JSON.stringify(state)) };
  let loaded;
  const dock = () => {
    loaded ??= import(__DOCK__).then(({ makeDock }) => makeDock({ place, button, kept, call, follow, listen, tell }));
    return loaded;
  };
  button.addEventListener('click', () => dock().then((made) => made.toggle(), () => location.assign(link.href)));
  let state = null;
  try { state = kept.read(); } catch { /* Kept by nobody, or not for scripts. */ }
  if (state?.isOpen) dock().then((made) => made.reopen(state), () => {});
}
