// The other end of Leptos' <AutoReload>: a WebSocket that says "reload". One-way, so it needs no WebSocket library.

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

// RFC 6455, section 1.3.
const HANDSHAKE_KEY = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const SERVER_PATIENCE_MS = 60_000;

export function reloadServer(port) {
  const sockets = new Set();
  const http = createServer((_request, response) => response.writeHead(404).end());
  http.on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + HANDSHAKE_KEY).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', () => {});
  });
  http.on('error', (error) => console.error(`dev: pages will not reload by themselves: ${error.message}`));
  http.listen(port, '127.0.0.1');

  return {
    reload() {
      for (const socket of sockets) socket.write(textFrame('{"all":"changed"}'));
    },
    async serverIsUp(url) {
      const deadline = Date.now() + SERVER_PATIENCE_MS;
      while (Date.now() < deadline) {
        if (await fetch(url).then((response) => response.ok, () => false)) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

/** A final, unmasked text frame; the texts here are shorter than 126 bytes. */
function textFrame(text) {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, payload.length]), payload]);
}
