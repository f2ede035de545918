// Names behind an `@` in a room's composer: what offers them is loaded with the first one.

import { call } from './call.js';
import { closestTo } from './each.js';

export function offerNames() {
  let isAsked = false;
  document.addEventListener('input', (event) => {
    const input = closestTo(event, 'textarea[data-mentions]');
    if (isAsked || !input?.value.includes('@')) return;
    isAsked = true;
    import(__NAMES__).then(({ followNames }) => followNames(input, call), () => { isAsked = false; });
  });
}
