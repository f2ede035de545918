// Whoever reads the end of a room or conversation goes on reading it when there is less or more room for it: a composer of
// several lines, a line under it, a lower window, the keyboard of a phone.

/** As near as the room itself calls the end (`live::room::reading`). */
const NEAR_PX = 100;

export function stayAtEnd() {
  if (!document.querySelector('.chat-place')) return;
  let log = null;
  let isAtEnd = false;
  const note = () => { isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight <= NEAR_PX; };
  const observer = new ResizeObserver(() => { if (isAtEnd) log.scrollTop = log.scrollHeight; });
  // The room is built anew when it comes to life, and its log is another one then.
  const follow = () => {
    const here = document.querySelector('.chat-log');
    if (!here || here === log) return;
    log = here;
    observer.disconnect();
    observer.observe(log);
    note();
  };
  document.addEventListener('scroll', ({ target }) => {
    if (!(target instanceof Element) || !target.matches('.chat-log')) return;
    follow();
    note();
  }, true);
  document.addEventListener('focusin', follow);
  document.addEventListener('input', follow, true);
}
