// Offers the people of a room behind an `@`: a list over the composer, by arrows, Enter, Tab and Escape. What is put in
// is what the server reads back: an `@` and the full name.

const PAUSE_MS = 120;
/** What is typed behind an `@` that begins a word, up to the caret. */
const TYPED = /(?:^|[\s(])@([^@\n]{0,80})$/;

const state = { input: null, list: null, status: null, people: [], chosen: 0, at: -1, text: '', settled: null, none: null, timer: 0, asked: 0 };

const isOpen = () => state.people.length > 0;

function close() {
  clearTimeout(state.timer);
  state.asked += 1;
  state.people = [];
  state.list?.remove();
  state.list = null;
  state.input?.removeAttribute('aria-activedescendant');
  state.input?.removeAttribute('aria-controls');
}

/** The name that is being typed, or nothing. */
function typed(input) {
  if (input.selectionStart !== input.selectionEnd) return null;
  const found = TYPED.exec(input.value.slice(0, input.selectionStart));
  return found && { text: found[1], at: input.selectionStart - found[1].length };
}

function pick(person) {
  const { input, at } = state;
  const rest = input.value.slice(input.selectionStart);
  const space = /^\s/.test(rest) ? '' : ' ';
  input.setRangeText(`${person.full_name}${space}`, at, input.selectionStart, 'end');
  state.settled = { at, text: person.full_name };
  close();
  input.focus();
  // The composer counts and keeps what it holds.
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

function mark() {
  [...state.list.children].forEach((option, index) => option.setAttribute('aria-selected', String(index === state.chosen)));
  state.input.setAttribute('aria-activedescendant', `name-${state.chosen}`);
}

function option(person, index) {
  const item = document.createElement('li');
  item.id = `name-${index}`;
  item.className = 'name-option';
  item.setAttribute('role', 'option');
  item.textContent = person.full_name;
  // Before the composer loses the focus.
  item.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    pick(person);
  });
  return item;
}

function show(people, text) {
  const isWritten = people.length === 1 && people[0].full_name.toLowerCase() === text.trimEnd().toLowerCase();
  if (people.length === 0 || isWritten) return close();
  const foot = state.input.closest('.chat-foot');
  const list = document.createElement('ul');
  list.id = 'names';
  list.className = 'name-options';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'People in this room');
  list.append(...people.map(option));
  state.list?.remove();
  Object.assign(state, { people, list, chosen: 0 });
  foot.append(list);
  state.input.setAttribute('aria-controls', list.id);
  if (!state.status?.isConnected) {
    state.status = document.createElement('p');
    state.status.className = 'visually-hidden';
    state.status.setAttribute('role', 'status');
    foot.append(state.status);
  }
  state.status.textContent = people.length === 1 ? '1 person' : `${people.length} people`;
  mark();
}

async function ask(call, input, text) {
  const turn = ++state.asked;
  const { event, room } = input.form.elements;
  const people = await call('chat/people_to_name', { event: event.value, room: room.value, typed: text }).catch(() => []);
  if (turn !== state.asked || document.activeElement !== input) return;
  if (people.length === 0) state.none = text;
  show(people, text);
}

function look(call, input) {
  state.input = input;
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-haspopup', 'listbox');
  const now = typed(input);
  const { settled } = state;
  if (!now || settled?.at !== now.at || !now.text.startsWith(settled.text)) state.settled = null;
  if (now?.at !== state.at) state.none = null;
  Object.assign(state, { at: now?.at ?? -1, text: now?.text ?? '' });
  // Nothing is named, or somebody already, or no name begins like what this one begins with.
  if (!now || state.settled || (state.none !== null && now.text.startsWith(state.none))) return close();
  clearTimeout(state.timer);
  state.timer = setTimeout(() => ask(call, input, now.text), PAUSE_MS);
}

function step(event) {
  const { people, chosen } = state;
  const last = people.length - 1;
  switch (event.key) {
    case 'ArrowDown': state.chosen = chosen === last ? 0 : chosen + 1; break;
    case 'ArrowUp': state.chosen = chosen === 0 ? last : chosen - 1; break;
    case 'Enter':
    case 'Tab': pick(people[chosen]); return true;
    case 'Escape': state.settled = { at: state.at, text: state.text }; close(); return true;
    default: return false;
  }
  mark();
  return true;
}

/** `first` is the composer in which somebody has just typed an `@`. */
export function followNames(first, call) {
  const composer = (event) => (event.target instanceof Element && event.target.matches('textarea[data-mentions]') ? event.target : null);
  document.addEventListener('input', (event) => {
    const input = composer(event);
    if (input && !event.isComposing) look(call, input);
  });
  // Before the composer, for which Enter sends and an arrow changes the last message.
  document.addEventListener('keydown', (event) => {
    if (!isOpen() || !composer(event) || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey) return;
    if (!step(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener('focusout', (event) => { if (composer(event)) close(); });
  look(call, first);
}
