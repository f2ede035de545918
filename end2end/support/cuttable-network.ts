import type { BrowserContext } from '@playwright/test';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * A proxy between one browser and the server that can drop every connection and refuse new ones.
 *
 * Chromium's own offline mode only holds the frames of an open WebSocket back and delivers them later; a train in a
 * tunnel loses them.
 */
export class CuttableNetwork {
  private readonly connections = new Set<Duplex>();
  private isCut = false;

  private constructor(private readonly proxy: Server) {
    proxy.on('connection', (socket: Socket) => this.admit(socket));
    proxy.on('request', (incoming: IncomingMessage, response: ServerResponse) => forward(incoming, response));
    proxy.on('connect', (incoming: IncomingMessage, socket: Duplex) => this.tunnel(incoming, socket));
  }

  static open(): Promise<CuttableNetwork> {
    return new Promise((resolve) => {
      const proxy = createServer();
      const network = new CuttableNetwork(proxy);
      proxy.listen(0, '127.0.0.1', () => resolve(network));
    });
  }

  get address(): string {
    return `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}`;
  }

  /** The browser learns of it too, as it would from the operating system. */
  async cut(context: BrowserContext): Promise<void> {
    this.dropAll();
    await context.setOffline(true);
  }

  async restore(context: BrowserContext): Promise<void> {
    this.isCut = false;
    await context.setOffline(false);
  }

  close(): void {
    this.dropAll();
    this.proxy.close();
  }

  private dropAll(): void {
    this.isCut = true;
    for (const connection of this.connections) connection.destroy();
  }

  private admit(socket: Duplex): void {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.connections.delete(socket));
    this.connections.add(socket);
    if (this.isCut) socket.destroy();
  }

  /** How a browser sends WebSockets through a proxy. */
  private tunnel(incoming: IncomingMessage, socket: Duplex): void {
    const { hostname, port } = new URL(`http://${incoming.url}`);
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    this.admit(upstream);
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
  }
}

function forward(incoming: IncomingMessage, response: ServerResponse): void {
  const upstream = request(incoming.url!, { method: incoming.method, headers: incoming.headers }, (answer) => {
    response.writeHead(answer.statusCode!, answer.rawHeaders);
    answer.pipe(response);
  });
  upstream.on('error', () => response.destroy());
  response.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
}
