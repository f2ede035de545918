// Reactions in chat rooms and conversations: all emoji and who reacted, loaded when somebody comes near one.

import { call } from './call.js';
import { closestTo } from './each.js';

const REACTION = '.message .reaction[value]';
let loaded = null;

const load = () => {
  loaded ??= import(__REACTIONS__).catch((error) => { loaded = null; throw error; });
  return loaded;
};
/** Without what can't be loaded a reaction is still a reaction. */
const withLoaded = (act) => { load().then(act, () => {}); };

export function offerReactions() {
  if (!document.querySelector('.chat-room')) return;
  let ready = null;
  const near = (event) => {
    const button = closestTo(event, REACTION);
    if (!button) return;
    withLoaded((reactions) => {
      ready = reactions;
      if (event.pointerType === 'touch') reactions.holdForNames(button);
      else reactions.waitForNames(button);
    });
  };
  const away = (event) => { if (closestTo(event, REACTION)) ready?.hideNames(); };
  document.addEventListener('pointerover', (event) => { if (event.pointerType !== 'touch') near(event); });
  document.addEventListener('pointerdown', (event) => { if (event.pointerType === 'touch') near(event); });
  document.addEventListener('focusin', near);
  document.addEventListener('pointerout', (event) => { if (event.pointerType !== 'touch') away(event); });
  document.addEventListener('focusout', away);
  // Before the room, for which Escape reads all.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !ready?.showsNames()) return;
    event.stopPropagation();
    ready.hideNames();
  }, true);
  document.addEventListener('scroll', () => ready?.hideNames(), { capture: true, passive: true });
  // Before the room, for which a click reacts.
  document.addEventListener('click', (event) => {
    if (closestTo(event, REACTION) && ready?.endsRest()) {
      event.preventDefault();
      event.stopPropagation();
    } else if (closestTo(event, REACTION)) ready?.hideNames();
    const opener = closestTo(event, '[data-emoji]');
    if (opener) withLoaded(({ chooseEmoji }) => chooseEmoji(opener.form, call));
  }, true);
}
