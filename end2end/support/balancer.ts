import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/**
 * What stands in front of several nodes: passes connections on in turn, WebSockets to where the fewest are, and past a node
 * that does not answer.
 *
 * It looks at the first line alone. When a node dies, its connections end, as they do behind a real one.
 */
export class Balancer {
  private readonly connections = new Set<Socket>();
  private readonly open: number[];
  private turn = 0;

  private constructor(private readonly proxy: Server, private readonly ports: number[]) {
    this.open = ports.map(() => 0);
    proxy.on('connection', (socket) => {
      this.watch(socket);
      socket.once('data', (first) => {
        socket.pause();
        socket.unshift(first);
        const isWebSocket = first.toString('latin1').startsWith('GET /ws');
        this.turn += 1;
        const node = isWebSocket ? this.open.indexOf(Math.min(...this.open)) : this.turn;
        this.passOn(socket, node, this.ports.length, isWebSocket);
      });
      socket.resume();
    });
  }

  /** WebSockets that are open, by node. */
  get webSockets(): number[] {
    return [...this.open];
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

  private passOn(socket: Socket, turn: number, tries: number, isWebSocket: boolean): void {
    const node = turn % this.ports.length;
    const upstream = connect(this.ports[node], '127.0.0.1');
    const tryNext = () => (tries > 1 ? this.passOn(socket, turn + 1, tries - 1, isWebSocket) : socket.destroy());
    upstream.once('error', tryNext);
    upstream.once('connect', () => {
      upstream.off('error', tryNext);
      this.watch(upstream);
      if (isWebSocket) this.open[node] += 1;
      upstream.on('close', () => {
        if (isWebSocket) this.open[node] -= 1;
        socket.destroy();
      });
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
