// The direct messages in the corner: the conversations by their last message, and one of them open. The page of a
// conversation can do more; the link there is always at hand.

import { element, face, icon, listed } from './drawing.js';
import { Thread } from './thread.js';

const GATHER_MS = 200;
const LISTED = new Set(['direct_message', 'unread_changed', 'conversation_opened', 'online_changed']);
const EMPTY = 'No messages yet. Once you are connected with somebody, you can write to each other.';

function problem(text, again) {
  const retry = element('button', { type: 'button', class: 'button button-secondary button-small' }, 'Try again');
  retry.addEventListener('click', again);
  return element('div', { class: 'dock-problem', role: 'alert' }, element('p', {}, text), retry);
}

/** `page` is what the page lends it: its place and button, what is kept, calls and the connection. */
export const makeDock = (page) => new Dock(page);

class Dock {
  constructor(page) {
    Object.assign(this, { page, thread: null, fill: null, planned: 0, stopListening: () => {} });
    this.panel = element('section', { id: 'dock-panel', class: 'dock-panel', 'aria-labelledby': 'dock-title' });
    this.panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      this.close();
    });
  }

  toggle() {
    if (this.panel.isConnected) return this.close();
    this.show();
    this.showList({ focus: true });
  }

  /** As the page before left it; nobody's focus moves by it. */
  reopen({ conversation }) {
    if (this.panel.isConnected) return;
    this.show();
    if (conversation) this.showThread(conversation);
    else this.showList();
  }

  show() {
    const { place, button, listen } = this.page;
    place.append(this.panel);
    button.setAttribute('aria-expanded', 'true');
    button.setAttribute('aria-controls', this.panel.id);
    this.stopListening = listen((frame) => this.hear(frame), () => this.fill?.());
  }

  close() {
    const { button } = this.page;
    this.leave();
    this.stopListening();
    this.panel.remove();
    button.setAttribute('aria-expanded', 'false');
    button.removeAttribute('aria-controls');
    this.keep(false, null);
    button.focus();
  }

  keep(isOpen, conversation) {
    try { this.page.kept.write({ isOpen, conversation }); } catch { /* Then it is closed on the next page. */ }
  }

  /** What was shown is heard of no more. */
  leave() {
    this.thread?.stop();
    this.thread = null;
    this.fill = null;
    // What is still on its way comes too late.
    this.turn = {};
  }

  head(title, { sign, isThread, href, label }) {
    const arrow = isThread && element('button', { type: 'button', class: 'icon-button', 'aria-label': 'All conversations' }, icon('arrow-left'));
    if (arrow) arrow.addEventListener('click', () => this.showList({ focus: true }));
    const close = element('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close messages' }, icon('x'));
    close.addEventListener('click', () => this.close());
    return element('header', { class: 'dock-head' }, arrow, sign,
      element('h2', { id: 'dock-title', class: 'dock-title', tabindex: '-1' }, title),
      element('a', { class: 'icon-button', href, 'aria-label': label, title: label }, icon('external-link')), close);
  }

  async showList({ focus = false } = {}) {
    this.leave();
    this.keep(true, null);
    const body = element('div', { class: 'dock-body' });
    this.panel.replaceChildren(this.head('Messages', { href: '/inbox', label: 'Open the inbox' }), body);
    const fill = () => this.fillList(body).catch(() => {
      if (!body.querySelector('ul')) body.replaceChildren(problem('Your messages could not be loaded.', fill));
    });
    this.fill = fill;
    if (focus) this.panel.querySelector('h2').focus();
    await fill();
  }

  async fillList(body) {
    const lines = await this.page.call('conversations/recent');
    const focused = body.contains(document.activeElement) ? document.activeElement.dataset.conversation : null;
    const open = (id) => this.showThread(id, { focus: true });
    body.replaceChildren(lines.length > 0
      ? element('ul', { class: 'conversation-list', role: 'list' }, ...lines.map((line) => listed(line, open)))
      : element('p', { class: 'dock-empty' }, EMPTY));
    if (focused) body.querySelector(`[data-conversation="${focused}"]`)?.focus();
  }

  async showThread(id, { focus = false } = {}) {
    this.leave();
    this.keep(true, id);
    const turn = {};
    this.turn = turn;
    const opened = await this.page.call('conversations/glance', { conversation: id }).catch(({ status }) => ({ status }));
    if (turn !== this.turn || !this.panel.isConnected) return;
    if (opened.status === 403 || opened.status === 404) return this.showList({ focus });
    const href = `/inbox/${id}#latest`;
    if (!opened.other) {
      const again = () => this.showThread(id, { focus: true });
      const head = this.head('Messages', { isThread: true, href, label: 'Open in full' });
      return this.panel.replaceChildren(head, problem('This conversation could not be loaded.', again));
    }
    this.thread = new Thread(opened, { me: this.page.place.dataset.dock, ...this.page });
    const head = this.head(opened.other.name, { sign: face(opened.other), isThread: true, href, label: 'Open in full' });
    this.panel.replaceChildren(head, ...this.thread.parts);
    this.thread.begin({ focus });
  }

  /** What is told on this person's own topic. */
  hear(frame) {
    const other = this.thread?.opened;
    if (frame.type === 'online_changed' && frame.person === other?.other_id) {
      this.panel.querySelector('.dock-head .conversation-face').replaceWith(face({ ...other.other, is_online: frame.is_online }));
    }
    if (this.fill && LISTED.has(frame.type)) {
      this.planned ||= setTimeout(() => { this.planned = 0; this.fill?.(); }, GATHER_MS);
    }
  }
}
