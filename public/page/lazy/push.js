// Whether this browser is pushed to, and the switch for it. The server's word counts: a browser may hold a subscription of
// an earlier sign-in.

const WORKER = '/service-worker.js';
const WORDS = {
  on: 'This device is pushed to.',
  off: 'This device is not pushed to.',
  denied: 'This browser lets Atria show no notifications. Allow them in its settings for this site; mails tell you until then.',
  impossible: 'This browser knows no pushes. Mails tell you.',
};

const FAILED = {
  401: 'You are signed out. Sign in and try again.',
  422: 'This site sends nothing to the push service of this browser. Mails tell you.',
};

/** As `subscribe` wants the key. */
function bytesOf(base64url) {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

const isIphone = () => /iPhone|iPad/.test(navigator.userAgent) || (navigator.userAgent.includes('Mac') && navigator.maxTouchPoints > 1);
const isPossible = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

async function subscribe(key, call) {
  if (await Notification.requestPermission() !== 'granted') return false;
  await navigator.serviceWorker.register(WORKER);
  const worker = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(key) };
  // One for another key is in the way of this one.
  const subscription = await worker.pushManager.subscribe(options).catch(async () => {
    await (await worker.pushManager.getSubscription())?.unsubscribe();
    return worker.pushManager.subscribe(options);
  });
  const { endpoint, keys } = subscription.toJSON();
  try {
    await call('push/subscribe', { endpoint, p256dh: keys.p256dh, auth: keys.auth });
  } catch (error) {
    // One that nobody sends to must not look like one that is on.
    await subscription.unsubscribe();
    throw error;
  }
  return true;
}

/** Whether it was made for the key that this site has now. */
function isFor(subscription, key) {
  const wanted = bytesOf(key);
  const own = new Uint8Array(subscription?.options.applicationServerKey ?? []);
  return own.length === wanted.length && own.every((byte, at) => byte === wanted[at]);
}

async function unsubscribe(call) {
  await call('push/unsubscribe');
  const worker = await navigator.serviceWorker.getRegistration(WORKER);
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
}

/** Says how this browser stands, and lets it change. */
export async function offerPush(place, call) {
  const state = place.querySelector('[data-push-state]');
  const button = place.querySelector('[data-push-switch]');
  if (!isPossible()) {
    state.textContent = WORDS.impossible;
    place.querySelector('[data-push-iphone]').hidden = !isIphone();
    return;
  }
  const worker = await navigator.serviceWorker.getRegistration(WORKER);
  let isOn = place.dataset.pushOn !== undefined && isFor(await worker?.pushManager.getSubscription(), place.dataset.push);
  const show = (words) => {
    const isDenied = Notification.permission === 'denied';
    state.textContent = words ?? (isDenied ? WORDS.denied : WORDS[isOn ? 'on' : 'off']);
    button.hidden = isDenied && !isOn;
    button.textContent = isOn ? 'Stop pushes to this device' : 'Push to this device';
  };
  show();
  button.addEventListener('click', async () => {
    if (button.ariaBusy === 'true') return;
    button.ariaBusy = 'true';
    try {
      isOn = isOn ? await unsubscribe(call).then(() => false) : await subscribe(place.dataset.push, call);
      show();
    } catch (error) {
      show(FAILED[error.status] ?? 'That did not work. Try again in a moment.');
    } finally {
      button.ariaBusy = 'false';
    }
  });
}
