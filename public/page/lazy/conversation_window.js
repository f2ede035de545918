// One conversation that is open in the dock.

import { element, face, problem, windowHead } from './drawing.js';
import { Thread } from './thread.js';

export class ConversationWindow {
  /** `page` as the dock has it, and `close` to be asked to go. */
  constructor(id, page) {
    Object.assign(this, { id, page, thread: null });
    this.panel = element('section', { class: 'dock-panel dock-window', 'aria-labelledby': this.titleId });
  }

  get titleId() {
    return `dock-title-${this.id}`;
  }

  head(title, sign) {
    const { close } = this.page;
    return windowHead(title, { id: this.titleId, sign, href: `/inbox/${this.id}#latest`, label: 'Open in full', closes: 'Close conversation', close, back: close });
  }

  async open({ focus }) {
    this.panel.replaceChildren(this.head('Messages'), element('div', { class: 'dock-body', 'aria-busy': 'true' }));
    // What it was opened from may be gone from sight.
    if (focus) this.panel.querySelector('h2').focus();
    const opened = await this.page.call('conversations/glance', { conversation: this.id }).catch(({ status }) => ({ status }));
    if (!this.panel.isConnected) return;
    if (opened.status === 403 || opened.status === 404) return this.page.close();
    if (!opened.other) {
      const again = () => this.open({ focus: true });
      this.panel.replaceChildren(this.head('Messages'), problem('This conversation could not be loaded.', again));
      return;
    }
    this.thread = new Thread(opened, { me: this.page.place.dataset.dock, ...this.page });
    this.panel.replaceChildren(this.head(opened.other.name, face(opened.other)), ...this.thread.parts);
    this.thread.begin({ focus });
  }

  focus() {
    (this.panel.querySelector('textarea') ?? this.panel.querySelector('h2')).focus();
  }

  end() {
    this.thread?.stop();
    this.thread = null;
    this.panel.remove();
  }

  hear(frame) {
    const known = this.thread?.opened;
    if (frame.type !== 'online_changed' || frame.person !== known?.other_id) return;
    this.panel.querySelector('.dock-head .conversation-face').replaceWith(face({ ...known.other, is_online: frame.is_online }));
  }
}
