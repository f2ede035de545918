import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/**
 * What stands in front of several nodes: passes connections on in turn, and past a node that does not answer.
 *
 * It knows nothing of HTTP. When a node dies, its connections end, as they do behind a real one.
 */
export class Balancer {
  private readonly connections = new Set<Socket>();
  private turn = 0;

  private constructor(private readonly proxy: Server, private readonly ports: number[]) {
    proxy.on('connection', (socket) => {
      this.turn += 1;
      this.watch(socket);
      this.passOn(socket, this.turn, this.ports.length);
    });
  }

  static open(ports: number[]): Promise<Balancer> {
    return new Promise((resolve) => {
      const proxy = createServer({ pauseOnConnect: true });
      const balancer = new Balancer(proxy, ports);
      proxy.listen(0, '127.0.0.1', () => resolve(balancer));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const socket of this.connections) socket.destroy();
    this.proxy.close();
  }

  private passOn(socket: Socket, turn: number, tries: number): void {
    const upstream = connect(this.ports[turn % this.ports.length], '127.0.0.1');
    const tryNext = () => (tries > 1 ? this.passOn(socket, turn + 1, tries - 1) : socket.destroy());
    upstream.once('error', tryNext);
    upstream.once('connect', () => {
      upstream.off('error', tryNext);
      this.watch(upstream);
      upstream.on('close', () => socket.destroy());
      socket.on('close', () => upstream.destroy());
      socket.pipe(upstream).pipe(socket);
    });
  }

  private watch(socket: Socket): void {
    this.connections.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.connections.delete(socket));
  }
}
