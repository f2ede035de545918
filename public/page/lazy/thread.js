import { chatMessage, composer, element } from './drawing.js';

const TYPING_SHOWN_MS = 5000;
/** As often as the server passes it on. */
const TYPING_TOLD_EVERY_MS = 3000;
const NEAR_END_PX = 60;
const CHANGES = new Set(['message_posted', 'message_edited', 'message_deleted', 'message_restored', 'reactions_changed']);

/** As `live::browser::client_message_id` makes it: browsers have `randomUUID` on secure origins only. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** What this tab kept, if it lets scripts keep something. */
function kept(key) {
  try { return sessionStorage.getItem(key) ?? ''; } catch { return ''; }
}

function keep(key, text) {
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch { /* Then it is gone with the page. */ }
}

const isLookedAt = () => !document.hidden && document.hasFocus();

/** Why a message did not go out. */
function inWords({ status, reason }) {
  if (status === 401) return 'You are signed out. Sign in and send it again.';
  if (status) return reason ?? 'This could not be sent. Open the conversation in full to see why.';
  return navigator.onLine ? 'No connection. Send it again in a moment.' : 'No connection. It goes out once it is back.';
}

/** One open conversation: its messages, and the form that sends. */
export class Thread {
  constructor(opened, { me, call, follow, tell }) {
    const topic = `conversation:${opened.id}`;
    Object.assign(this, { opened, me, call, follow, tell, topic });
    // The draft is the conversation's own, wherever it is written.
    this.draftKey = `atria:draft:${me}:${topic}`;
    this.outgoingKey = `atria:outgoing:${me}:${topic}`;
    this.messages = new Map();
    this.rows = new Map();
    Object.assign(this, { delivered: 0, read: 0, toldRead: opened.last_read_seq, toldDelivered: 0, toldTypingAt: -Infinity, typingTimer: 0 });
    this.list = element('ol', { class: 'dock-messages', role: 'list' });
    this.log = element('div', { class: 'dock-log', role: 'log', tabindex: '0', 'aria-label': `Messages with ${opened.other.name}` },
      opened.has_older && element('p', { class: 'dock-older' }, element('a', { href: `/inbox/${opened.id}` }, 'Earlier messages')), this.list);
    this.typing = element('p', { class: 'dock-typing' });
    this.composer = composer(opened.other.name);
    this.restoreDraft();
    this.parts = [this.log, this.typing, opened.refusal ? element('p', { class: 'dock-closed' }, opened.refusal) : this.composer.form];
  }

  begin({ focus }) {
    this.take(this.opened);
    this.draw();
    this.toEnd();
    this.listenToForm();
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    this.log.addEventListener('scroll', () => this.note());
    addEventListener('focus', () => this.note(), { signal });
    document.addEventListener('visibilitychange', () => this.note(), { signal });
    this.unfollow = this.follow(this.topic, (frame) => this.hear(frame), () => this.reload());
    this.note();
    if (focus) (this.opened.refusal ? this.log : this.composer.input).focus();
  }

  stop() {
    this.unfollow?.();
    this.leaving?.abort();
    clearTimeout(this.typingTimer);
  }

  listenToForm() {
    const { form, input } = this.composer;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    input.addEventListener('input', () => {
      this.composer.say('');
      keep(this.draftKey, input.value);
      if (input.value.trim()) this.tellTyping();
      else this.keepOutgoing(null);
    });
  }

  tellTyping() {
    const now = performance.now();
    if (now - this.toldTypingAt < TYPING_TOLD_EVERY_MS) return;
    this.toldTypingAt = now;
    this.tell({ type: 'typing', topic: this.topic });
  }

  /** What was typed, and the id under which it may have been sent already. */
  restoreDraft() {
    const draft = kept(this.draftKey);
    this.composer.input.value = draft;
    const outgoing = JSON.parse(kept(this.outgoingKey) || 'null');
    this.keepOutgoing(outgoing?.body === draft.trim() ? outgoing : null);
  }

  keepOutgoing(outgoing) {
    this.outgoing = outgoing;
    keep(this.outgoingKey, outgoing && JSON.stringify(outgoing));
  }

  /** The text stays until it is acknowledged; the same text again, also after a reload, is the same message. */
  async send() {
    const { form, input, say } = this.composer;
    const body = input.value.trim();
    if (!body || form.ariaBusy === 'true') return;
    if (this.outgoing?.body !== body) this.keepOutgoing({ id: newId(), body });
    const { id } = this.outgoing;
    form.ariaBusy = 'true';
    say('');
    try {
      const message = await this.call('conversations/post_message', { conversation: this.opened.id, client_message_id: id, body });
      this.change(() => this.put(message));
      this.toEnd();
    } catch (error) {
      // That it is there may have come another way.
      if (!this.sorted().some((message) => message.client_message_id === id)) this.failed(error);
    } finally {
      form.ariaBusy = 'false';
    }
  }

  failed(error) {
    if (error.status === 409) this.keepOutgoing(null);
    const again = () => {
      this.composer.input.focus();
      this.send();
    };
    // As in a room, it goes out by itself once the network is back.
    const sendIfUnchanged = () => { if (this.composer.input.value.trim() === this.outgoing?.body) this.send(); };
    if (!error.status) addEventListener('online', sendIfUnchanged, { once: true, signal: this.leaving.signal });
    this.composer.say(inWords(error), error.status === 422 ? null : again);
  }

  /** What stands in the conversation is no draft any more; what was typed while it was on its way is the next one. */
  arrived() {
    const { input, say } = this.composer;
    if (input.value.trim() === this.outgoing.body) input.value = '';
    keep(this.draftKey, input.value);
    this.keepOutgoing(null);
    say('');
  }

  sorted() {
    return [...this.messages.values()].sort((one, other) => one.seq - other.seq);
  }

  isAtEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight <= NEAR_END_PX;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  take(page) {
    this.delivered = Math.max(this.delivered, page.delivered_seq);
    this.read = Math.max(this.read, page.read_seq ?? 0);
    page.messages.forEach((message) => this.put(message));
  }

  put(message) {
    const known = this.messages.get(message.id);
    if (!known || known.rev <= message.rev) this.messages.set(message.id, message);
    if (message.client_message_id === this.outgoing?.id) this.arrived();
  }

  change(act) {
    const follows = this.isAtEnd();
    act();
    this.draw();
    if (follows) this.toEnd();
    this.note();
  }

  /** Rows that stand stay: a log that is built anew would be read out anew. */
  draw() {
    const all = this.sorted();
    const lastOwn = all.findLast(({ author }) => author.id === this.me);
    all.forEach((message, index) => {
      const endsGroup = all[index + 1]?.author.id !== message.author.id;
      const receipt = message === lastOwn && message.body ? this.receipt(message) : '';
      const mark = `${message.rev} ${endsGroup} ${receipt}`;
      const stands = this.rows.get(message.id);
      if (stands?.dataset.mark !== mark) {
        const row = chatMessage(message, { isOwn: message.author.id === this.me, endsGroup, receipt });
        row.dataset.mark = mark;
        stands?.replaceWith(row);
        this.rows.set(message.id, row);
      }
      const row = this.rows.get(message.id);
      if (this.list.children[index] !== row) this.list.insertBefore(row, this.list.children[index] ?? null);
    });
  }

  receipt({ seq }) {
    if (this.read >= seq) return 'Read';
    return this.delivered >= seq ? 'Delivered' : 'Sent';
  }

  /** Only what was on screen in a focused window becomes read; that it came is told in any case. */
  note() {
    const last = this.sorted().at(-1)?.seq ?? 0;
    if (last > this.toldDelivered && this.tell({ type: 'delivered', topic: this.topic, seq: last })) this.toldDelivered = last;
    if (last <= this.toldRead || !isLookedAt() || !this.isAtEnd()) return;
    const before = this.toldRead;
    this.toldRead = last;
    const fields = { conversation: this.opened.id, seq: last };
    this.call('conversations/mark_read', fields).catch(() => { this.toldRead = before; });
  }

  async reload() {
    const last = this.sorted().at(-1)?.seq ?? 0;
    const page = await this.call('conversations/glance', { conversation: this.opened.id }).catch(() => null);
    if (!page) return;
    // So much came meanwhile that something in between is on neither: what is shown begins anew.
    const isApart = page.has_older && page.messages.every(({ seq }) => seq > last + 1);
    if (isApart) this.forget(last);
    this.change(() => this.take(page));
    if (isApart) this.toEnd();
  }

  catchUp(last) {
    if (this.sorted().every(({ rev }) => rev < last)) this.reload();
  }

  /** Up to this message; what came live since stays. */
  forget(last) {
    for (const [id, { seq }] of this.messages) if (seq <= last) this.messages.delete(id);
    this.rows.clear();
    this.list.replaceChildren();
  }

  hear(frame) {
    const isOther = frame.person === this.opened.other_id;
    if (CHANGES.has(frame.type)) this.changed(frame);
    else if (frame.type === 'subscribed') {
      // What came before the line was open is told now.
      this.note();
      this.catchUp(frame.cursor);
    } else if (frame.type === 'head') this.catchUp(frame.rev);
    else if (frame.type === 'delivery_receipt' && isOther) this.change(() => { this.delivered = frame.seq; });
    else if (frame.type === 'read_receipt' && isOther) {
      this.change(() => {
        this.read = frame.seq;
        this.delivered = Math.max(this.delivered, frame.seq);
      });
    } else if (frame.type === 'typing' && frame.person.id === this.opened.other_id) this.showTyping(`${this.opened.other.name} is typing…`);
  }

  changed({ type, message }) {
    const isNew = type === 'message_posted';
    if (isNew && message.author.id !== this.me) this.showTyping('');
    // Changes of what is not loaded are its own page's.
    if (isNew || this.messages.has(message.id)) this.change(() => this.put(message));
  }

  showTyping(words) {
    clearTimeout(this.typingTimer);
    this.typing.textContent = words;
    if (words) this.typingTimer = setTimeout(() => this.showTyping(''), TYPING_SHOWN_MS);
  }
}
