/** Does something with every element there is of a kind. */
export const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
