// Buttons that move something one place: the page that comes back has the focus where it was, for the next step.

const KEY = 'atria:step';
const FORM = 'form[data-move]';
/** Fields that name what is moved; others say where it stands, or change with every step. */
const NAMES = ['event', 'session', 'sponsor', 'speaker', 'list'];

const field = (form, name) => form.querySelector(`input[type=hidden][name=${name}]`)?.value ?? '';

/** What tells a form from the others of its kind. An entry without a name of its own is known by its place. */
const nameOf = (form, place) => JSON.stringify([form.getAttribute('action'), ...NAMES.map((name) => field(form, name)), place]);

/** The icon of a button, or its first word: "Up" and "Down" stay the same while places change. */
const wayOf = (button) => button.querySelector('use')?.getAttribute('href') ?? button.textContent.trim().split(/[\s:]/)[0];

/** Where an entry without a name comes to stand. */
function placeAfter(form, { value }) {
  const at = field(form, 'at');
  return at === '' ? '' : String(Number(at) + ({ up: -1, down: 1 }[value] ?? 0));
}

function resume() {
  const step = JSON.parse(sessionStorage.getItem(KEY));
  sessionStorage.removeItem(KEY);
  if (step?.path !== location.pathname) return;
  const form = [...document.querySelectorAll(FORM)].find((form) => nameOf(form, field(form, 'at')) === step.form);
  const buttons = [...(form?.querySelectorAll('button') ?? [])];
  (buttons.find((button) => wayOf(button) === step.way) ?? buttons[0])?.focus();
}

export function keepFocusOnSteps() {
  try {
    resume();
    document.addEventListener('submit', ({ target, submitter }) => {
      if (!submitter || !target.matches(FORM)) return;
      const form = nameOf(target, placeAfter(target, submitter));
      sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, form, way: wayOf(submitter) }));
    });
  } catch { /* Without storage one tabs back. */ }
}
