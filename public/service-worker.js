// Shows what is pushed while no page of Atria is looked at. It keeps nothing, and answers no request of any page.

const LIST = '/notifications';

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

const windows = () => clients.matchAll({ type: 'window', includeUncontrolled: true });

async function show(news) {
  // Whoever looks at a page sees it there.
  if ((await windows()).some(({ visibilityState }) => visibilityState === 'visible')) return;
  const { id, title, body, link } = news;
  await registration.showNotification(title, { body, tag: id, renotify: true, icon: '/apple-touch-icon.png', badge: '/favicon.png', data: { id, link } });
}

/** It counts as read; the answer says where it leads, and the list is where else. */
async function open({ id, link }) {
  const read = fetch('/api/notifications/open', { method: 'POST', credentials: 'same-origin', headers: { Accept: 'application/json' }, body: new URLSearchParams({ notification: id }) });
  const target = new URL(link ?? LIST, location.origin).href;
  const [there] = (await windows()).filter(({ url }) => url === target);
  await Promise.allSettled([read, there ? there.focus() : clients.openWindow(target)]);
}

addEventListener('push', (event) => {
  let news = null;
  try { news = event.data?.json(); } catch { /* Not one of ours. */ }
  if (news?.title) event.waitUntil(show(news));
});

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data ?? {}));
});
