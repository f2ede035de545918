// Elements of the dock. Texts of people become text, never markup.

import { capped } from '../badge.js';

/** An element with its attributes; those that are null are left out, and so is what is no child. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter((child) => child || child === 0));
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** As `ui::icon::Icon` draws it. */
export function icon(name, size = 20) {
  const svg = document.createElementNS(SVG, 'svg');
  const use = document.createElementNS(SVG, 'use');
  for (const [key, value] of [['class', `icon icon-${size}`], ['width', size], ['height', size], ['aria-hidden', 'true'], ['focusable', 'false']]) svg.setAttribute(key, value);
  use.setAttribute('href', `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** As `ui::avatar::Avatar` draws it, with the sign of who is online. */
export function face({ initials, tint, picture, is_online: isOnline }) {
  const avatar = element('span', { class: `avatar avatar-medium tint-${tint % 8}`, 'aria-hidden': 'true' }, initials,
    picture && element('img', { class: 'avatar-picture', src: picture, alt: '', decoding: 'async' }));
  return element('span', { class: 'conversation-face', 'data-online': isOnline ? '' : null }, avatar,
    isOnline && element('span', { class: 'visually-hidden' }, 'Online'));
}

const LOCALE = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang;
const CLOCK = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const WHOLE = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** The time of today, the day of before. */
export function ago(millis) {
  const at = new Date(millis);
  return at.toDateString() === new Date().toDateString() ? CLOCK.format(at) : DAY.format(at);
}

const ADDRESS = /https:\/\/[^\s<>"'[\]{}]+/g;
const CLOSING = /[.,;:!?()]+$/;

/** A text with its links, as `ui::links::linked` finds them. */
function bodyOf(text) {
  const parts = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(CLOSING, '');
    parts.push(text.slice(end, index), element('a', { href: address, rel: 'noopener nofollow ugc' }, address));
    end = index + address.length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== '');
}

/** A line of the list, as `conversations::ConversationList` draws it; `open` opens it here. */
export function listed(line, open) {
  const { id, other, event, unread } = line;
  const link = element('a', { class: 'conversation-link', href: `/inbox/${id}#unread`, 'data-conversation': id, 'data-unread': unread > 0 ? '' : null },
    face(other),
    element('span', { class: 'conversation-name' }, other.name, event && element('span', { class: 'dock-event' }, ` · ${event}`)),
    element('time', { class: 'conversation-time', datetime: new Date(line.last_message_at).toISOString() }, ago(line.last_message_at)),
    element('span', { class: 'conversation-said' }, `${line.is_own ? 'You: ' : ''}${line.snippet ?? 'Message deleted'}`),
    unread > 0 && element('span', { class: 'count' },
      element('span', { 'aria-hidden': 'true' }, capped(unread)), element('span', { class: 'visually-hidden' }, `${capped(unread)} unread`)));
  link.addEventListener('click', (click) => {
    if (click.metaKey || click.ctrlKey || click.shiftKey) return;
    click.preventDefault();
    open(id);
  });
  return element('li', {}, link);
}

/** The head of a window: its title, the way to the page that can do more, and what closes it; `back` where it covers the list. */
export function windowHead(title, { id, sign, href, label, closes, close, back }) {
  const button = (words, name, act, more = '') => {
    const made = element('button', { type: 'button', class: `icon-button${more}`, 'aria-label': words }, icon(name));
    made.addEventListener('click', act);
    return made;
  };
  return element('header', { class: 'dock-head' }, back && button('All conversations', 'arrow-left', back, ' dock-back'), sign,
    element('h2', { id, class: 'dock-title', tabindex: '-1' }, title),
    element('a', { class: 'icon-button', href, 'aria-label': label, title: label }, icon('external-link')),
    button(closes, 'x', close, back ? ' dock-close' : ''));
}

/** What could not be loaded, and the way to try again. */
export function problem(text, again) {
  const retry = element('button', { type: 'button', class: 'button button-secondary button-small' }, 'Try again');
  retry.addEventListener('click', again);
  return element('div', { class: 'dock-problem', role: 'alert' }, element('p', {}, text), retry);
}

/** The form that sends, and `say` for what went wrong, with a way to try `again` where that may help. */
export function composer(name) {
  const label = `Message to ${name}`;
  const input = element('textarea', { class: 'composer-input', rows: '1', 'aria-label': label, placeholder: label, enterkeyhint: 'send', autocomplete: 'off' });
  const problem = element('p', { class: 'composer-error', role: 'alert', hidden: '' });
  const send = element('button', { type: 'submit', class: 'button button-primary composer-send', 'aria-label': 'Send' }, icon('send'));
  const form = element('form', { class: 'dock-foot' }, element('div', { class: 'composer' }, input, send), problem);
  const say = (text, again) => {
    const retry = again && element('button', { type: 'button', class: 'text-button' }, 'Retry');
    retry?.addEventListener('click', again);
    problem.replaceChildren(text, ...(retry ? [' ', retry] : []));
    problem.hidden = !text;
  };
  return { form, input, say };
}

/** One message as a bubble. */
export function chatMessage(message, { isOwn, endsGroup, receipt }) {
  const at = new Date(message.sent_at);
  const quote = message.reply_to;
  const said = message.body === null ? ['Message deleted'] : bodyOf(message.body);
  const reactions = (message.reactions ?? []).map(({ emoji, count }) => element('span', { class: 'dock-reaction' }, `${emoji} ${count}`));
  return element('li', { class: `dock-message${isOwn ? ' dock-message-own' : ''}${message.body === null ? ' dock-message-gone' : ''}` },
    element('span', { class: 'visually-hidden' }, `${isOwn ? 'You' : message.author.full_name}: `),
    quote && element('p', { class: 'dock-quote' }, element('strong', {}, quote.author), ` ${quote.body ?? 'Message deleted'}`),
    element('p', { class: 'dock-words' }, ...said, message.is_edited && element('span', { class: 'message-edited' }, ' (edited)')),
    reactions.length > 0 && element('p', { class: 'dock-reactions' }, ...reactions),
    (endsGroup || receipt) && element('p', { class: 'dock-meta' },
      element('time', { datetime: at.toISOString(), title: WHOLE.format(at) }, ago(message.sent_at)), receipt && ` · ${receipt}`));
}
