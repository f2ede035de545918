// Buttons that move something one place: the page that comes back has the focus where it was, for the next step.

const KEY = 'atria:step';
const FORM = 'form[data-move]';

/** What tells a form from the others of its kind: where it goes, and whom it moves. */
const nameOf = (form) => JSON.stringify([form.getAttribute('action'), [...form.querySelectorAll('input[type=hidden]')].map(({ value }) => value)]);

/** The icon of a button, or its first word: "Up" and "Down" stay the same while places change. */
const wayOf = (button) => button.querySelector('use')?.getAttribute('href') ?? button.textContent.trim().split(/[\s:]/)[0];

function resume() {
  const step = JSON.parse(sessionStorage.getItem(KEY));
  sessionStorage.removeItem(KEY);
  if (step?.path !== location.pathname) return;
  const form = [...document.querySelectorAll(FORM)].find((form) => nameOf(form) === step.form);
  const buttons = [...(form?.querySelectorAll('button') ?? [])];
  (buttons.find((button) => wayOf(button) === step.way) ?? buttons[0])?.focus();
}

export function keepFocusOnSteps() {
  try {
    resume();
    document.addEventListener('submit', ({ target, submitter }) => {
      if (!submitter || !target.matches(FORM)) return;
      sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, form: nameOf(target), way: wayOf(submitter) }));
    });
  } catch { /* Without storage one tabs back. */ }
}
