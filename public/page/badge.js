// Counts of what waits, as `ui::badge` draws them.

/** As the pages show it. */
export const capped = (count) => (count > 99 ? '99+' : String(count));

function span(name, text) {
  const span = document.createElement('span');
  span.className = name;
  span.textContent = text;
  return span;
}

/** A number, and for those who hear the page what it counts. */
export function badge(count, words) {
  const number = span('', capped(count));
  number.ariaHidden = 'true';
  const badge = span('count', '');
  badge.append(number, span('visually-hidden', `${capped(count)} ${words}`));
  return badge;
}

/** Something is there; how much, only those are told who hear the page. */
export function dot(count, words) {
  const badge = span('count count-dot', '');
  badge.append(span('visually-hidden', `${capped(count)} ${words}`));
  return badge;
}
