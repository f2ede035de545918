// What one sees and does about reactions beyond the quick ones: a choice of emoji, and who reacted.

import { icon } from './drawing.js';

/** Emoji that people react with, in their order on the page; each with the words it is found by. */
const GROUPS = [
  ['Smileys', '😀 grin happy|😃 smile happy|😄 laugh smile|😁 beam grin|😆 laugh|😅 sweat relief|😂 joy tears laugh|🤣 rolling laugh|🙂 slight smile|🙃 upside down|😉 wink|😊 blush smile|😇 angel halo|🥰 love hearts|😍 heart eyes love|🤩 star struck wow|😘 kiss|😋 yum tasty|😜 wink tongue silly|🤪 zany silly|🤗 hug|🤭 giggle oops|🤫 quiet shush|🤔 thinking|🫡 salute|🤐 zipped secret|🤨 raised eyebrow doubt|😐 neutral|😏 smirk|🙄 eye roll|😬 grimace awkward|😌 relieved|😴 sleep|🤓 nerd|😎 cool sunglasses|🥳 party celebrate|😕 confused|🫤 unsure|😟 worried|😮 surprised open mouth|😲 astonished|🥺 pleading|😢 cry sad|😭 sob cry|😱 scream shock|😤 huff proud|😡 angry|🤯 mind blown|😳 flushed|🥵 hot|🥶 cold|🤒 ill|🤖 robot|👻 ghost|💩 poo|🫠 melting|🥹 touched tears'],
  ['Hands and people', '👍 thumbs up yes like|👎 thumbs down no|👏 clap applause|🙌 hooray raised hands|🙏 thanks please|🤝 handshake deal|👋 wave hello bye|✋ hand stop|🖐️ hand five|👌 ok perfect|🤌 pinched|✌️ peace victory|🤞 fingers crossed luck|🤟 love you|🤘 rock|🤙 call me|👈 left|👉 right|👆 up this|👇 down|☝️ point one|✊ fist|👊 bump|💪 strong|🫶 heart hands|✍️ write note|👀 eyes look|🧠 brain|🙋 raise hand question|🤷 shrug|🤦 facepalm|🙇 bow|💃 dance|🕺 dance|🧑‍💻 developer computer|🧑‍🔬 scientist|🧑‍🏫 teacher speaker|🧑‍🎓 student graduate'],
  ['Hearts and signs', '❤️ red heart love|🧡 orange heart|💛 yellow heart|💚 green heart|💙 blue heart|💜 purple heart|🖤 black heart|🤍 white heart|💔 broken heart|💖 sparkling heart|💯 hundred|✅ done check|☑️ check|✔️ check|❌ no cross|➕ plus one|➖ minus|❓ question|❗ important|⁉️ what|💡 idea|💬 comment|💭 thought|🔥 fire hot|✨ sparkles new|⭐ star|🌟 glowing star|⚡ fast lightning|💥 boom|🎯 target exactly|🚀 rocket ship|🆕 new|🆗 ok|🔝 top|♻️ recycle|⚠️ warning|🚫 forbidden|🔔 bell|🔇 mute|🔁 repeat'],
  ['Events and things', '🎉 party celebrate|🎊 confetti|🎈 balloon|🎁 gift|🏆 trophy|🥇 first medal|🥈 second medal|🥉 third medal|🏅 medal|🎤 microphone talk|🎧 headphones|🎵 music|🎶 music|🎸 guitar|🎬 film|🎨 art design|🎟️ ticket|📣 announce|📢 loud announce|📌 pin|📎 paperclip|📝 notes|📚 books|📖 read|📊 chart|📈 growth|📉 down|📅 calendar date|⏰ alarm time|⏳ waiting hourglass|⌛ time up|🔍 search|🔒 locked|🔑 key|🔧 fix wrench|🛠️ tools|⚙️ settings gear|🧪 experiment|🔬 science|💻 laptop|📱 phone|🖥️ screen|🖨️ printer|📷 photo|🎥 video|📹 video|🔋 battery|🔌 plug|🐛 bug|🩹 patch|🧵 thread|🧹 clean up|🗑️ bin|📦 package release|🚢 ship|🧱 brick'],
  ['Food, nature, places', '☕ coffee|🍵 tea|🍺 beer|🍻 cheers|🥂 toast cheers|🍷 wine|🍕 pizza|🍔 burger|🌮 taco|🥐 croissant|🍰 cake|🎂 birthday cake|🍪 cookie|🍩 doughnut|🍎 apple|🥑 avocado|🥦 broccoli|🌶️ hot pepper|🌱 seedling grow|🌳 tree|🌸 blossom|🌻 sunflower|🌍 world|🌈 rainbow|☀️ sun|🌙 moon|☁️ cloud|🌧️ rain|❄️ snow|🌊 wave sea|🐶 dog|🐱 cat|🦊 fox|🐻 bear|🐼 panda|🦁 lion|🐸 frog|🐵 monkey|🙈 see no evil|🙉 hear no evil|🙊 speak no evil|🐧 penguin|🦉 owl|🦄 unicorn|🐝 bee|🦀 crab rust|🐢 turtle slow|🐙 octopus|🦕 dinosaur|🏠 home|🏢 office|🏖️ beach|🏔️ mountain|🚆 train|✈️ plane|🚲 bicycle|🚗 car|🗺️ map'],
];

const RECENT_KEY = 'emoji';
const RECENT_MAX = 8;
/** How long a pointer rests, or a finger, before names are shown. */
const REST_MS = 350;

/** What this device chose last, newest first. */
function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT_KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((emoji) => typeof emoji === 'string').slice(0, RECENT_MAX) : [];
  } catch {
    return [];
  }
}

function keepRecent(emoji) {
  try {
    localStorage.setItem(RECENT_KEY, JSON.stringify([emoji, ...recent().filter((other) => other !== emoji)].slice(0, RECENT_MAX)));
  } catch {
    // Storage is closed: the list has no first row.
  }
}

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const choice = (entry) => {
  const [emoji, ...words] = entry.split(' ');
  const button = element('button', { type: 'button', className: 'emoji', textContent: emoji, value: emoji });
  button.setAttribute('aria-label', words.join(' ') || emoji);
  button.dataset.words = words.join(' ');
  return button;
};

function group(name, entries) {
  return element('section', { className: 'emoji-group' }, element('h3', { textContent: name }), element('div', { className: 'emoji-grid' }, ...entries.map(choice)));
}

/** The dialog with all of them; made once for a page. */
function picker() {
  const search = element('input', { type: 'search', className: 'input', placeholder: 'Search', autocomplete: 'off', maxLength: 40 });
  search.setAttribute('aria-label', 'Search emoji');
  const list = element('div', { className: 'emoji-list' });
  const status = element('p', { className: 'meta' });
  status.setAttribute('role', 'status');
  const say = (text) => { status.textContent = text; };
  const close = element('button', { type: 'button', className: 'icon-button' }, icon('x'));
  close.setAttribute('aria-label', 'Close');
  const head = element('div', { className: 'dialog-head' }, element('h2', { id: 'emoji-title', textContent: 'Choose an emoji' }), close);
  const dialog = element('dialog', { className: 'dialog emoji-dialog' }, head, search, list, status);
  dialog.setAttribute('aria-labelledby', 'emoji-title');
  const shown = () => [...list.querySelectorAll('.emoji')].filter((button) => button.offsetParent);
  search.addEventListener('input', () => {
    const text = search.value.trim().toLowerCase();
    for (const button of list.querySelectorAll('.emoji')) button.hidden = !button.dataset.words.includes(text) && button.value !== text;
    for (const section of list.children) section.hidden = !section.querySelector('.emoji:not([hidden])');
    say(shown().length > 0 ? '' : 'No emoji is called that.');
  });
  search.addEventListener('keydown', (event) => {
    const [first] = shown();
    if (!first || !['Enter', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    if (event.key === 'Enter') first.click();
    else first.focus();
  });
  list.addEventListener('keydown', (event) => step(event, shown(), search));
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  return { dialog, search, list, say };
}

/** Arrows go through the grid; up from its first row leads to the search. */
function step(event, buttons, search) {
  const at = buttons.indexOf(document.activeElement);
  const line = (button) => button.getBoundingClientRect();
  const here = at >= 0 && line(buttons[at]);
  const nearest = (rows) => rows.reduce((best, button) => (!best || Math.abs(line(button).left - here.left) < Math.abs(line(best).left - here.left) ? button : best), null);
  const inNextRow = (behind) => {
    const beyond = buttons.filter((button) => (behind ? line(button).top > here.bottom - 1 : line(button).bottom < here.top + 1));
    const edge = behind ? Math.min(...beyond.map((button) => line(button).top)) : Math.max(...beyond.map((button) => line(button).top));
    return nearest(beyond.filter((button) => Math.abs(line(button).top - edge) < 2));
  };
  const to = { ArrowRight: () => buttons[at + 1], ArrowLeft: () => buttons[at - 1], ArrowDown: () => inNextRow(true), ArrowUp: () => inNextRow(false) ?? search }[event.key];
  if (at < 0 || !to) return;
  event.preventDefault();
  to()?.focus();
}

let open = null;

/** Offers all emoji for the message that a form names, and sends the chosen one. */
export function chooseEmoji(form, call) {
  open ??= picker();
  const { dialog, search, list, say } = open;
  const used = recent();
  list.replaceChildren(...(used.length ? [group('Used last', used)] : []), ...GROUPS.map(([name, all]) => group(name, all.split('|'))));
  search.value = '';
  list.onclick = ({ target }) => {
    const emoji = target.closest('.emoji')?.value;
    if (!emoji) return;
    const fields = { ...Object.fromEntries(new FormData(form)), emoji };
    call(new URL(form.action).pathname.replace('/api/', ''), fields).then(() => {
      keepRecent(emoji);
      dialog.close();
      // The menu closes as it does for a key. The message may have been drawn anew since, with the menu.
      document.querySelector('.message-menu')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    }, () => say('That did not work. Try again.'));
  };
  say('');
  dialog.showModal();
  search.focus();
}

const names = { tip: null, timer: 0, of: null, asked: new Map(), held: false };

/** Whether names are shown beside a reaction. */
export const showsNames = () => names.tip !== null && !names.tip.hidden;

function hideNames() {
  clearTimeout(names.timer);
  names.of?.removeAttribute('aria-describedby');
  names.of = null;
  if (names.tip) names.tip.hidden = true;
}

/** Who reacted with what, as the page of the message says; asked once while the counts stay as they are. */
async function whoReacted(page, counted) {
  const known = names.asked.get(page);
  if (known?.counted === counted) return known.lines;
  const answer = await fetch(page, { credentials: 'same-origin', headers: { Accept: 'text/html' } });
  if (!answer.ok) return new Map();
  const html = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const lines = new Map([...html.querySelectorAll('.message-reacted dt')].map((term) => [term.textContent.trim(), term.nextElementSibling.textContent.trim()]));
  names.asked.set(page, { counted, lines });
  return lines;
}

async function showNames(button) {
  const page = button.closest('.message')?.querySelector('.message-more')?.href;
  if (!page) return;
  const lines = await whoReacted(page, button.parentElement.textContent);
  const said = lines.get(button.value);
  if (!said || names.of !== button || !button.isConnected) return;
  names.tip ??= (document.querySelector('main') ?? document.body).appendChild(element('p', { id: 'reacted-names', className: 'reacted-names', role: 'tooltip' }));
  Object.assign(names.tip, { textContent: said, hidden: false });
  button.setAttribute('aria-describedby', names.tip.id);
  const [place, size] = [button.getBoundingClientRect(), names.tip.getBoundingClientRect()];
  const left = Math.min(Math.max(8, place.left), document.documentElement.clientWidth - size.width - 8);
  const above = place.top - size.height - 6;
  names.tip.style.insetInlineStart = `${left}px`;
  names.tip.style.insetBlockStart = `${above > 8 ? above : place.bottom + 6}px`;
}

/** A pointer or the focus came to a reaction. */
export function waitForNames(button) {
  if (names.of === button) return;
  hideNames();
  names.of = button;
  names.timer = setTimeout(() => { showNames(button).catch(() => {}); }, REST_MS);
}

/** A finger that rests on a reaction asks who it was and doesn't react. */
export function holdForNames(button) {
  waitForNames(button);
  names.held = false;
  const timer = setTimeout(() => { names.held = true; }, REST_MS);
  addEventListener('pointerup', () => clearTimeout(timer), { once: true });
  addEventListener('pointercancel', () => clearTimeout(timer), { once: true });
}

/** Whether this click ends such a rest. */
export function endsRest() {
  const was = names.held;
  names.held = false;
  return was;
}

export { hideNames };
