// The direct messages in the corner: the conversations by their last message, and beside them up to three that are open,
// as many as the page is wide, or one of them in the place of the list. The page of a conversation can do more; the link there is always at hand.

import { ConversationWindow } from './conversation_window.js';
import { element, listed, problem, windowHead } from './drawing.js';

const GATHER_MS = 200;
const LISTED = new Set(['direct_message', 'unread_changed', 'conversation_opened', 'online_changed']);
const EMPTY = 'No messages. You can write to everybody you are connected with.';
const MAX_WINDOWS = 3;
/** A window or the list with the gap beside it; as in style/dock.css. */
const COLUMN_PX = 376;

/** What an event's rail takes of a wide page: it stays in reach. */
const railPx = () => document.querySelector('.rail')?.offsetWidth ?? 0;

const fills = () => document.querySelector('.event-area-fill') !== null;

/** How many fit side by side. A page that is one screen high makes room for one (style/dock.css). */
const columns = () => (fills() ? 1 : Math.floor((innerWidth - railPx() - 16) / COLUMN_PX));

/** Narrower than this it stands over the room of such a page (style/dock.css): nobody's page opens it there by itself. */
const BESIDE_PX = 820;

/** How many conversations may be open. */
const room = () => Math.min(MAX_WINDOWS, Math.max(1, columns() - 1));

/** `page` is what the page lends it: its place and button, what is kept, calls and the connection. */
export const makeDock = (page) => new Dock(page);

class Dock {
  constructor(page) {
    // The windows stand in the order in which they were opened.
    Object.assign(this, { page, windows: [], unshown: [], planned: 0, stopListening: () => {} });
    this.body = element('div', { class: 'dock-body' });
    const head = windowHead('Messages', { id: 'dock-title', href: '/inbox', label: 'Open the inbox', closes: 'Close messages', close: () => this.close() });
    this.list = element('section', { id: 'dock-list', class: 'dock-panel dock-list', 'aria-labelledby': 'dock-title' }, head, this.body);
    this.area = element('div', { class: 'dock-area' }, this.list);
    this.area.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      const window = this.windows.find(({ panel }) => panel.contains(event.target));
      if (window) this.closeWindow(window);
      else this.close();
    });
    addEventListener('resize', () => this.makeRoom(0));
  }

  toggle() {
    if (this.area.isConnected) return this.close();
    this.show();
    this.list.querySelector('h2').focus();
  }

  /** As the page before left it; nobody's focus moves by it. */
  reopen({ conversations }) {
    if (this.area.isConnected || (fills() && innerWidth < BESIDE_PX)) return;
    const ids = Array.isArray(conversations) ? conversations : [];
    // There is no place for them here; the next page may have it.
    this.unshown = ids.slice(0, -room());
    this.show();
    ids.slice(-room()).forEach((id) => this.openWindow(id));
  }

  show() {
    const { place, button, listen } = this.page;
    place.append(this.area);
    this.makeRoom(0);
    button.setAttribute('aria-expanded', 'true');
    button.setAttribute('aria-controls', this.list.id);
    this.stopListening = listen((frame) => this.hear(frame), () => this.fill());
    this.keep();
    this.fill();
  }

  close() {
    const { button } = this.page;
    this.windows.splice(0).forEach((window) => window.end());
    this.unshown = [];
    this.stopListening();
    this.area.remove();
    button.setAttribute('aria-expanded', 'false');
    button.removeAttribute('aria-controls');
    this.keep();
    button.focus();
  }

  keep() {
    const open = this.windows.map(({ id }) => id);
    const state = { isOpen: this.area.isConnected, conversations: [...this.unshown.filter((id) => !open.includes(id)), ...open] };
    try { this.page.kept.write(state); } catch { /* Then it is closed on the next page. */ }
  }

  fill() {
    this.fillList().catch(() => {
      if (!this.body.querySelector('ul')) this.body.replaceChildren(problem('Your messages could not be loaded.', () => this.fill()));
    });
  }

  async fillList() {
    const lines = await this.page.call('conversations/recent');
    const focused = this.body.contains(document.activeElement) ? document.activeElement.dataset.conversation : null;
    const open = (id) => this.openWindow(id, { focus: true });
    this.body.replaceChildren(lines.length > 0
      ? element('ul', { class: 'conversation-list', role: 'list' }, ...lines.map((line) => listed(line, open)))
      : element('p', { class: 'dock-empty' }, EMPTY, element('a', { href: '/connections' }, 'Your connections')));
    if (focused) this.lineOf(focused)?.focus();
  }

  lineOf(id) {
    return this.body.querySelector(`[data-conversation="${id}"]`);
  }

  openWindow(id, { focus = false } = {}) {
    const known = this.windows.find((window) => window.id === id);
    if (known) return focus && known.focus();
    this.makeRoom(1);
    const window = new ConversationWindow(id, { ...this.page, close: () => this.closeWindow(window) });
    this.windows.push(window);
    this.list.before(window.panel);
    this.keep();
    window.open({ focus });
  }

  closeWindow(window) {
    if (!this.windows.includes(window)) return;
    const hadFocus = window.panel.contains(document.activeElement);
    this.windows.splice(this.windows.indexOf(window), 1);
    window.end();
    this.keep();
    if (hadFocus) (this.lineOf(window.id) ?? this.list.querySelector('h2')).focus();
  }

  /** For so many more: those that were opened first give way. */
  makeRoom(more) {
    this.area.classList.toggle('dock-single', columns() < 2);
    while (this.windows.length + more > room()) this.closeWindow(this.windows[0]);
  }

  /** What is told on this person's own topic. */
  hear(frame) {
    this.windows.forEach((window) => window.hear(frame));
    if (LISTED.has(frame.type)) {
      this.planned ||= setTimeout(() => {
        this.planned = 0;
        if (this.area.isConnected) this.fill();
      }, GATHER_MS);
    }
  }
}
