/** Takes a toast away; the focus that was in it goes on to the page. */
export function dismissToast(toast) {
  const hadFocus = toast.contains(document.activeElement);
  toast.remove();
  if (hadFocus) document.getElementById('main')?.focus();
}

/** Says something over the page until it is dismissed, with a way on beside it. Answers the toast. */
export function showToast(text, way) {
  const toast = document.createElement('div');
  toast.className = 'toast';
  // Not `status`: browsers stay silent about one that comes with its words.
  toast.setAttribute('role', 'alert');
  const [words, close] = ['p', 'button'].map((name) => document.createElement(name));
  words.textContent = text;
  close.className = 'toast-close';
  close.type = 'button';
  close.setAttribute('aria-label', 'Dismiss');
  close.textContent = '×';
  close.addEventListener('click', () => dismissToast(toast));
  toast.append(words, way, close);
  document.body.append(toast);
  return toast;
}
