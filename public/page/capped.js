/** A count as the pages show it (`ui::badge`). */
export const capped = (count) => (count > 99 ? '99+' : String(count));
