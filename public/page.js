// What plain pages gain from a script; every page works without. No dependencies, nothing from elsewhere.

import { estimatePasswords, lookAgain, renewSession, warnOfEnd } from './page/account.js';
import { followAgenda } from './page/agenda.js';
import { copyLinks, copyTexts } from './page/copy.js';
import { followCounts } from './page/counts.js';
import { offerDock } from './page/dock.js';
import { dragRows, dragSessions, dragSponsors } from './page/drag.js';
import { closestTo, each } from './page/each.js';
import { followLists } from './page/live.js';
import { stayAtEnd } from './page/log_end.js';
import { offerMenus } from './page/messages.js';
import { offerNames } from './page/names.js';
import { sayNews } from './page/news.js';
import { handOverOutbox } from './page/outbox.js';
import { offerPushes } from './page/push.js';
import { offerReactions } from './page/reactions.js';
import { followRooms } from './page/rooms.js';
import { offerShortcuts } from './page/shortcuts.js';
import { keepFocusOnSteps } from './page/steps.js';

function revealPasswords() {
  each('[data-reveal]', (button) => {
    const input = document.getElementById(button.dataset.reveal);
    button.hidden = false;
    button.addEventListener('click', () => {
      const show = input.type === 'password';
      input.type = show ? 'text' : 'password';
      button.setAttribute('aria-pressed', String(show));
    });
    // Sent as a password in any case, so that browsers offer to keep it.
    input.form?.addEventListener('submit', () => { input.type = 'password'; });
  });
}

/** A form is sent once; a page that comes back from the history may send again. */
function sendOnce() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (form.dataset.sent !== undefined) return event.preventDefault();
    form.dataset.sent = '';
    event.submitter?.setAttribute('aria-disabled', 'true');
  });
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    each('form[data-sent]', (form) => { delete form.dataset.sent; });
    each('button[aria-disabled="true"]', (button) => button.removeAttribute('aria-disabled'));
  });
}

function focusErrors() {
  document.querySelector('[data-error-summary]')?.focus();
  document.addEventListener('click', (event) => {
    const link = closestTo(event, '[data-error-summary] a');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus({ preventScroll: true });
    field.closest('.field')?.scrollIntoView({ block: 'center' });
  });
}

function localiseTimes() {
  const clock = { hour: '2-digit', minute: '2-digit' };
  // English pages name the day first, as the server does.
  const locale = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang;
  const formats = { time: clock, datetime: { day: 'numeric', month: 'short', year: 'numeric', ...clock } };
  each('time[data-local]', (time) => {
    const instant = new Date(time.dateTime);
    const options = formats[time.dataset.local];
    if (!options || Number.isNaN(instant.getTime())) return;
    time.title = time.textContent.trim();
    time.textContent = new Intl.DateTimeFormat(locale, { hourCycle: 'h23', ...options }).format(instant);
  });
}

/** Light or dark on this device, in a cookie that the server renders from; "system" forgets the choice. */
function chooseTheme() {
  const root = document.documentElement;
  const show = () => each('[data-theme-set]', (button) => {
    button.setAttribute('aria-pressed', String(button.dataset.themeSet === (root.dataset.theme ?? 'system')));
  });
  each('[data-needs-script]', (part) => { part.hidden = false; });
  show();
  document.addEventListener('click', (event) => {
    const theme = closestTo(event, '[data-theme-set]')?.dataset.themeSet;
    if (!theme) return;
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    if (theme === 'system') {
      delete root.dataset.theme;
      document.cookie = `theme=; Path=/; Max-Age=0; SameSite=Lax${secure}`;
    } else {
      root.dataset.theme = theme;
      document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    }
    show();
  });
}

/** Figures that change by themselves: the same part of the same page, anew, while somebody looks. */
function refreshFigures() {
  each('[data-live]:not([data-live-on])', (part) => {
    const again = async () => {
      if (document.hidden || part.contains(document.activeElement)) return;
      const answer = await fetch(location.href, { credentials: 'same-origin', headers: { Accept: 'text/html', 'X-Refresh': 'yes' } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById(part.id);
      if (fresh) part.replaceChildren(...fresh.childNodes);
    };
    const seconds = Number(part.dataset.live);
    if (seconds > 0) setInterval(() => { again().catch(() => {}); }, seconds * 1000);
  });
}

const TOAST_MS = 8000;

function dismissToasts() {
  each('[data-toast]', (toast) => {
    const timer = { id: 0 };
    const start = () => { if (toast.dataset.toastStays === undefined) timer.id = setTimeout(() => toast.remove(), TOAST_MS); };
    const stop = () => clearTimeout(timer.id);
    for (const name of ['pointerenter', 'focusin']) toast.addEventListener(name, stop);
    for (const name of ['pointerleave', 'focusout']) toast.addEventListener(name, start);
    const close = toast.querySelector('[data-toast-close]');
    close.hidden = false;
    close.addEventListener('click', () => toast.remove());
    start();
  });
}

function closeMenus() {
  const closeAll = (except) => each('details[data-menu][open]', (menu) => { if (menu !== except) menu.open = false; });
  document.addEventListener('click', (event) => closeAll(closestTo(event, 'details[data-menu]')));
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && document.querySelector('details[data-menu][open]');
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
}

function openDialogs() {
  document.addEventListener('click', (event) => {
    const opener = closestTo(event, 'a[data-dialog]');
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (!dialog?.showModal) return;
    event.preventDefault();
    dialog.showModal();
  });
}

function guardChanges() {
  each('form[data-guard]', (form) => {
    const state = () => new URLSearchParams(new FormData(form)).toString();
    let saved = state();
    // Somebody who comes back to it by the history has sent what it says.
    addEventListener('pagehide', () => { if (form.dataset.sent !== undefined) saved = state(); });
    addEventListener('beforeunload', (event) => {
      if (form.dataset.sent === undefined && state() !== saved) event.preventDefault();
    });
  });
}

/** An organizer plans in the zone they are in; what they chose themselves stays. Before guardChanges: it is no change. */
function guessZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  each('select[data-guess-zone]', (select) => {
    const option = [...select.options].find(({ value }) => value === zone);
    if (option && select.selectedOptions[0]?.defaultSelected) option.selected = true;
  });
}

/** Tells the server the zone of this device, so that the next agenda can show its times. */
function tellZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!/^[\w/+-]{1,64}$/.test(zone ?? '') || document.cookie.split('; ').includes(`zone=${zone}`)) return;
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `zone=${zone}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

const SHRINK_ABOVE_BYTES = 1_000_000;
const LONGEST_SIDE = 2400;

/** A photo in the size that is of use: pages show at most 1920 pixels. What can't be read is left to the server. */
async function shrunk(file) {
  if (file.size <= SHRINK_ABOVE_BYTES || !/^image\/(png|jpeg|webp)$/.test(file.type)) return file;
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const type = file.type === 'image/jpeg' ? 'image/jpeg' : 'image/png';
  const blob = await new Promise((done) => { canvas.toBlob(done, type, 0.92); });
  return blob && blob.size < file.size ? new File([blob], file.name, { type }) : file;
}

/** Shows what was chosen where it will be, and makes it smaller before it is sent. */
function previewPictures() {
  each('input[type="file"][accept^="image/"]', (input) => {
    const place = document.querySelector(`[data-preview="${input.name}"]`);
    const before = place && [...place.childNodes];
    const show = (file) => {
      const image = new Image();
      image.alt = '';
      image.src = URL.createObjectURL(file);
      image.addEventListener('load', () => URL.revokeObjectURL(image.src));
      const avatar = place.querySelector('.avatar');
      if (!avatar) return place.replaceChildren(image);
      image.className = 'avatar-picture';
      const copy = avatar.cloneNode(true);
      copy.replaceChildren(image);
      place.replaceChildren(copy);
    };
    input.addEventListener('change', async () => {
      const [chosen] = input.files;
      if (!chosen) return place?.replaceChildren(...before);
      input.shrinking = shrunk(chosen).catch(() => chosen);
      const file = await input.shrinking;
      if (input.files[0] !== chosen) return;
      if (file !== chosen) {
        const transfer = new DataTransfer();
        transfer.items.add(file);
        input.files = transfer.files;
      }
      if (place) show(file);
    });
  });
}

/** Sends pictures beside the page, so that it can say how far it is; the next page says how it went. */
function sendPictures() {
  each('form[enctype="multipart/form-data"][action^="/files/"]', (form) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (form.dataset.sent !== undefined) return;
      form.dataset.sent = '';
      event.submitter?.setAttribute('aria-disabled', 'true');
      await Promise.all([...form.querySelectorAll('input[type="file"]')].map((input) => input.shrinking));
      const progress = document.createElement('progress');
      progress.className = 'upload-progress';
      progress.setAttribute('aria-label', 'Upload');
      (event.submitter ?? form.lastElementChild).before(progress);
      const request = new XMLHttpRequest();
      request.open('POST', form.action);
      request.setRequestHeader('Accept', 'application/json');
      request.setRequestHeader('X-Page', 'yes');
      request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
        if (lengthComputable) Object.assign(progress, { max: total, value: loaded });
      });
      request.addEventListener('loadend', () => {
        // No answer: the browser's own way shows what is wrong.
        if (request.status === 0) return form.submit();
        location.assign(location.pathname);
      });
      request.send(new FormData(form));
    });
  });
}

/** On phones the way between pages scrolls sideways: it begins where one is. */
function showOwnTab() {
  each('.subnav-list [aria-current]', (link) => {
    const list = link.closest('.subnav-list');
    list.scrollLeft = link.offsetLeft - list.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
  });
}

handOverOutbox();
showOwnTab();
revealPasswords();
previewPictures();
sendPictures();
sendOnce();
focusErrors();
localiseTimes();
renewSession();
warnOfEnd();
lookAgain();
estimatePasswords();
chooseTheme();
dismissToasts();
refreshFigures();
closeMenus();
openDialogs();
guessZone();
guardChanges();
tellZone();
dragSessions();
dragSponsors();
dragRows();
copyTexts();
copyLinks();
followLists();
followAgenda();
followCounts();
followRooms();
offerDock();
offerMenus();
stayAtEnd();
offerNames();
sayNews();
offerReactions();
offerPushes();
offerShortcuts();
keepFocusOnSteps();
// Times come as the server writes them.
document.addEventListener('page:refreshed', localiseTimes);
