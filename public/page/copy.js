import { closestTo, each } from './each.js';

const COPIED = 'Copied';
const SAID_MS = 4000;

function sayCopied(label) {
  const before = label.textContent;
  if (before === COPIED) return;
  label.textContent = COPIED;
  setTimeout(() => { label.textContent = before; }, SAID_MS);
}

/** Buttons that copy what stands in a field; where the browser won't, the text is selected for the person to do it. */
export function copyTexts() {
  each('[data-copy]', (button) => { button.hidden = false; });
  document.addEventListener('click', async (event) => {
    const button = closestTo(event, '[data-copy]');
    const field = button && document.getElementById(button.dataset.copy);
    if (!field) return;
    try {
      await navigator.clipboard.writeText(field.value);
      sayCopied(button.querySelector('.button-text'));
    } catch {
      field.focus();
      field.select();
    }
  });
}

/** Links that copy their address; where the browser won't, they lead there. */
export function copyLinks() {
  document.addEventListener('click', async (event) => {
    const link = closestTo(event, 'a[data-copy-link]');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.href);
      sayCopied(link);
    } catch {
      location.assign(link.href);
    }
  });
}
