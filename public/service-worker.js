// Shows what is pushed while no page of Atria is looked at. It keeps nothing, and answers no request of any page.

const LIST = '/notifications';

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

const windows = () => clients.matchAll({ type: 'window', includeUncontrolled: true });

/** Safari ends the subscription of a worker that shows nothing for a push. */
const mustShow = () => navigator.userAgent.includes('Safari') && !/Chrom|Android/.test(navigator.userAgent);

async function show(news) {
  // Whoever looks at a page sees it there.
  const isSeen = (await windows()).some(({ visibilityState }) => visibilityState === 'visible');
  if (isSeen && !mustShow()) return;
  const { id, title, body, link } = news;
  await registration.showNotification(title, { body, tag: id, renotify: true, silent: isSeen, icon: '/apple-touch-icon.png', badge: '/favicon.png', data: { id, link } });
}

/** It counts as read; the answer says where it leads, and the list is where else. */
async function open({ id, link }) {
  const read = post('/api/notifications/open', { notification: id });
  const target = new URL(link ?? LIST, location.origin).href;
  const [there] = (await windows()).filter(({ url }) => url === target);
  await Promise.allSettled([read, there ? there.focus() : clients.openWindow(target)]);
}

const post = (path, fields) => fetch(path, { method: 'POST', credentials: 'same-origin', headers: { Accept: 'application/json' }, body: new URLSearchParams(fields) });

/** The push service gave the browser another address, or ended the old one. */
async function renew({ oldSubscription, newSubscription }) {
  const options = oldSubscription?.options;
  const subscription = newSubscription ?? (options && await registration.pushManager.subscribe(options));
  if (!subscription) return;
  const { endpoint, keys } = subscription.toJSON();
  await post('/api/push/subscribe', { endpoint, p256dh: keys.p256dh, auth: keys.auth, renews: 'yes' });
}

addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));

addEventListener('push', (event) => {
  let news = null;
  try { news = event.data?.json(); } catch { /* Not one of ours. */ }
  if (news?.title) event.waitUntil(show(news));
});

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data ?? {}));
});
