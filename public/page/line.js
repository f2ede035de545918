// The page's one connection: what the server tells this person, and the topics that parts of the page follow. A chat room
// has a connection of its own already, and hands on what it hears.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Nobody looks for this long: the connection ends until somebody does. */
const HIDDEN_FOR_MS = 60_000;
const PROVE_EVERY_MS = 30_000;
/** By then the room of the page hands on what it hears, if its module arrived at all. */
const ROOM_IS_ALIVE_AFTER_MS = 8000;
/** Signed out, or no access any more: there is nothing to come back for. */
const OVER_FROM_CODE = 4400;

const listeners = new Set();
const topics = new Map();
// A page that was opened behind others connects when somebody looks at it, and may be old by then.
const line = { socket: undefined, hasRoom: document.querySelector('leptos-island') !== null, isWanted: false, isOver: false, isGreeted: document.hidden, isHeard: true, wait: FIRST_WAIT_MS, timer: 0, hidden: 0 };

/** Sent if the line is open, and answers whether; what is lost is made good by what is asked after it came back. */
export function tell(frame) {
  if (line.socket?.readyState !== WebSocket.OPEN) return false;
  line.socket.send(JSON.stringify(frame));
  return true;
}

/** A chat room listens to it on its own connection, as to what the person is told. */
const isHeardInRoom = (topic) => line.hasRoom && (topic.startsWith('user:') || document.querySelector(`[data-hears~="${topic}"]`) !== null);
const ownTopics = () => [...topics.keys()].filter((topic) => !isHeardInRoom(topic));

function deliver(text) {
  line.isHeard = true;
  const frame = JSON.parse(text);
  if (frame.type !== 'hello') return listeners.forEach(({ hear }) => hear(frame));
  // Between two connections anything may have happened.
  if (line.isGreeted) listeners.forEach(({ again }) => again());
  line.isGreeted = true;
}

function open() {
  clearTimeout(line.timer);
  if (line.socket || line.isOver || !line.isWanted || document.hidden) return;
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`);
  line.socket = socket;
  line.isHeard = true;
  socket.addEventListener('open', () => {
    if (socket !== line.socket) return socket.close();
    line.wait = FIRST_WAIT_MS;
    for (const topic of ownTopics()) tell({ type: 'subscribe', topic });
  });
  socket.addEventListener('message', ({ data }) => { if (socket === line.socket) deliver(data); });
  socket.addEventListener('close', ({ code }) => { if (socket === line.socket) lost(code); });
}

function lost(code) {
  line.socket = undefined;
  line.isOver = code >= OVER_FROM_CODE;
  line.timer = setTimeout(open, Math.random() * line.wait);
  line.wait = Math.min(2 * line.wait, LONGEST_WAIT_MS);
}

/** One that is still connecting closes itself: browsers report it otherwise. */
function close() {
  const { socket } = line;
  line.socket = undefined;
  clearTimeout(line.timer);
  if (socket && socket.readyState !== WebSocket.CONNECTING) socket.close();
}

function wake() {
  line.wait = FIRST_WAIT_MS;
  open();
}

/** A dead network says nothing by itself. */
function prove() {
  if (!line.socket || document.hidden) return;
  if (!line.isHeard) {
    close();
    return open();
  }
  line.isHeard = false;
  tell({ type: 'ping' });
}

function want() {
  line.isWanted = true;
  open();
}

/** Takes part in the page's connection. Without an own topic to follow, a page with a room listens along there. */
function start() {
  addEventListener('pagehide', close);
  addEventListener('pageshow', ({ persisted }) => { if (persisted) wake(); });
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', () => {
    clearTimeout(line.hidden);
    if (document.hidden) line.hidden = setTimeout(close, HIDDEN_FOR_MS);
    else wake();
  });
  document.addEventListener('room:heard', ({ detail }) => {
    deliver(detail);
    // It came to life late: no second connection for what it hears as well.
    line.hasRoom = true;
    line.isWanted = ownTopics().length > 0;
    if (!line.isWanted) close();
  });
  setInterval(prove, PROVE_EVERY_MS);
  if (!line.hasRoom) return want();
  setTimeout(() => {
    line.hasRoom = document.querySelector('[data-hydrated]') !== null;
    if (!line.hasRoom) want();
  }, ROOM_IS_ALIVE_AFTER_MS);
}

/**
 * Hears every frame the page gets; `again` is called when something may have been missed. Answers what ends it.
 */
export function listen(hear, again) {
  if (listeners.size === 0) start();
  const listener = { hear, again };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** As `listen`, for the frames of one topic. */
export function follow(topic, hear, again) {
  const stop = listen((frame) => { if (frame.topic === topic) hear(frame); }, again);
  topics.set(topic, (topics.get(topic) ?? 0) + 1);
  if (!isHeardInRoom(topic)) {
    want();
    tell({ type: 'subscribe', topic });
  }
  return () => {
    stop();
    topics.set(topic, topics.get(topic) - 1);
    if (topics.get(topic) > 0) return;
    topics.delete(topic);
    if (!isHeardInRoom(topic)) tell({ type: 'unsubscribe', topic });
  };
}
