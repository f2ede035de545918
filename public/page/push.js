// The switch for pushes to this device, on the page of settings that has it.

import { call } from './call.js';
import { each } from './each.js';

export function offerPushes() {
  each('[data-push]', (place) => {
    import(__PUSH__).then(({ offerPush }) => offerPush(place, call), () => {});
  });
}
