/** Does something with every element there is of a kind. */
export const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

/** The element around what an event happened to, if there is one of this kind. */
export const closestTo = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);
