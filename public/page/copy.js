import { closestTo, each } from './each.js';

const SAID_MS = 4000;

/** Buttons that copy what stands in a field; where the browser won't, the text is selected for the person to do it. */
export function copyTexts() {
  each('[data-copy]', (button) => { button.hidden = false; });
  document.addEventListener('click', async (event) => {
    const button = closestTo(event, '[data-copy]');
    const field = button && document.getElementById(button.dataset.copy);
    if (!field) return;
    const label = button.querySelector('.button-text');
    const before = label.textContent;
    try {
      await navigator.clipboard.writeText(field.value);
      label.textContent = 'Copied';
      setTimeout(() => { label.textContent = before; }, SAID_MS);
    } catch {
      field.focus();
      field.select();
    }
  });
}
