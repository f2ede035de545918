// Login sessions that go on or run out, and passwords that are being chosen.

import { SIGN_OUT } from './call.js';
import { each } from './each.js';

const RENEWED_KEY = 'atria-renewed';
const ENDS_KEY = 'atria-session-ends';
const RENEW_PAUSE_MS = 3_600_000;
const stored = (act) => { try { return act(localStorage); } catch { return null; } };

/** When the login session ends, for all tabs: each page and each renewal knows better than the ones before. */
const keepEnd = (seconds) => stored((storage) => storage.setItem(ENDS_KEY, String(Date.now() + seconds * 1000)));

/** Once for all tabs: a second one would come with the id that the first has just ended. Answers the status, if it asked. */
async function renew(pause) {
  const ask = async () => {
    const age = Date.now() - Number(stored((storage) => storage.getItem(RENEWED_KEY)));
    if (age >= 0 && age < pause) return null;
    // It outlives the page: an answer that nobody takes would leave the browser with the dead id.
    const answer = await fetch('/session/renew', { method: 'POST', credentials: 'same-origin', keepalive: true });
    if (answer.ok) {
      stored((storage) => storage.setItem(RENEWED_KEY, String(Date.now())));
      keepEnd(Number(answer.headers.get('x-session-ends-in')));
    }
    return answer.status;
  };
  // Plain http has no locks; there the timestamp has to do.
  return navigator.locks ? navigator.locks.request('atria-renew', { ifAvailable: true }, (lock) => lock && ask()) : ask();
}

/** A failed one is the next page's. */
export function renewSession() {
  if (document.documentElement.dataset.renew !== undefined) renew(RENEW_PAUSE_MS).catch(() => {});
}

const WARN_BEFORE_MS = 120_000;
const LOOK_EVERY_MS = 5000;
/** Two tabs that are asked within this time renew once. */
const ASKED_TWICE_MS = 10_000;

/** Warns before the login session runs out; what another tab did for it counts here too. */
export function warnOfEnd() {
  const warning = document.querySelector('[data-session-warning]');
  if (!warning) return;
  const own = Date.now() + Number(warning.dataset.seconds) * 1000;
  keepEnd(Number(warning.dataset.seconds));
  const left = () => (Number(stored((storage) => storage.getItem(ENDS_KEY))) || own) - Date.now();
  const show = (when) => {
    for (const part of warning.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== when;
    warning.hidden = !when;
  };
  const look = () => {
    if (left() > WARN_BEFORE_MS) return show('');
    show(left() > 0 ? warning.dataset.sessionWarning : 'over');
  };
  warning.querySelector('button').addEventListener('click', async () => {
    const status = await renew(ASKED_TWICE_MS).catch(() => null);
    if (status === 401) return show('over');
    // Renewed, but not past the absolute limit.
    if (status === 204 && left() <= WARN_BEFORE_MS) warning.dataset.sessionWarning = 'final';
    look();
  });
  setInterval(look, LOOK_EVERY_MS);
  document.addEventListener('visibilitychange', look);
  addEventListener('storage', look);
  // Whoever signs out in one tab is told so in the others.
  document.addEventListener('submit', ({ target, defaultPrevented }) => {
    if (!defaultPrevented && target.getAttribute('action') === SIGN_OUT) keepEnd(-1);
  });
}

const LOOK_AGAIN_MS = 3000;

/** What is being prepared is looked for until it is there. */
export function lookAgain() {
  if (!document.querySelector('[data-look-again]')) return;
  // Whoever types or has something open is not interrupted; a page that is slow to come is waited for.
  const isBusy = () => document.hidden || document.querySelector('details[open], input:focus, textarea:focus');
  const look = () => { if (isBusy()) setTimeout(look, LOOK_AGAIN_MS); else location.reload(); };
  setTimeout(look, LOOK_AGAIN_MS);
}

const TYPED_PAUSE_MS = 400;

/** Says how hard a new password is to guess while it is typed. The rule is the server's; without an answer the hint stands. */
export function estimatePasswords() {
  each('[data-estimate]', (field) => {
    const input = field.querySelector('input');
    const shown = field.querySelector('.password-estimate');
    const [meter, words] = [shown.querySelector('meter'), shown.querySelector('p')];
    let timer = 0;
    let asking = null;
    const ask = async () => {
      asking = new AbortController();
      const { signal } = asking;
      const body = new URLSearchParams({ place: field.dataset.estimate, password: input.value });
      for (const name of ['first_name', 'last_name', 'email', 'token', 'next']) {
        const beside = input.form.elements.namedItem(name);
        if (beside) body.set(name, beside.value);
      }
      const headers = { Accept: 'application/json' };
      const answer = await fetch('/api/accounts/estimate_password', { method: 'POST', body, headers, signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const estimate = await answer.json();
      meter.value = estimate.score;
      words.textContent = estimate.says;
      shown.hidden = false;
    };
    const stop = () => {
      clearTimeout(timer);
      asking?.abort();
    };
    // The link of a page works once: what is asked beside the form would come too late.
    input.form.addEventListener('submit', stop);
    input.addEventListener('input', () => {
      stop();
      if (!input.value) { shown.hidden = true; return; }
      timer = setTimeout(() => ask().catch((error) => { if (error.name !== 'AbortError') shown.hidden = true; }), TYPED_PAUSE_MS);
    });
  });
}
