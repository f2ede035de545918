import type { Page } from '@playwright/test';
import { inRoom, openGeneral, post, publishedEvent, register } from '../support/event.ts';
import { waitUntilHydrated } from '../support/page.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test as base } from '../support/test.ts';
import { TwoNodes } from '../support/two-nodes.ts';

// From the moment a node is gone until both people read each other again: a promise to them, not a wait of the test.
const GOES_ON_WITHIN_MS = 5_000;

const test = base.extend<object, { nodes: TwoNodes }>({
  nodes: [
    async ({}, use) => {
      const nodes = await TwoNodes.start();
      await use(nodes);
      await nodes.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: ({ nodes }, use) => use(nodes.url),
});

/** Ada and Ben write, each in a browser of their own, and remember what. */
class Talk {
  readonly written: string[] = [];

  constructor(private readonly ada: Page, private readonly ben: Page) {}

  async say(page: Page, text: string): Promise<void> {
    this.written.push(text);
    await post(page, text);
  }

  /** Both write at once; what a browser can't send yet waits in it. */
  async round(name: string): Promise<void> {
    await Promise.all([this.say(this.ada, `Ada, ${name}.`), this.say(this.ben, `Ben, ${name}.`)]);
  }

  /** Both read both messages of a round. */
  async isHeard(name: string, timeout: number): Promise<void> {
    const pages = [this.ada, this.ben];
    const texts = [`Ada, ${name}.`, `Ben, ${name}.`];
    const checks = pages.flatMap((page) => texts.map((text) => expect(inRoom(page, text)).toHaveCount(1, { timeout })));
    await Promise.all(checks);
    await Promise.all(pages.map((page) => expect(page.locator('.message[data-state]'), 'acknowledged').toHaveCount(0, { timeout })));
  }

  /** Nothing is lost, nothing doubled, and both have the same order, which is that of each writer. */
  async isTheSameForBoth(): Promise<void> {
    const [adas, bens] = await Promise.all([texts(this.ada), texts(this.ben)]);
    expect(adas).toEqual(bens);
    expect([...adas].sort()).toEqual([...this.written].sort());
    for (const name of ['Ada', 'Ben']) {
      const of = (all: string[]) => all.filter((text) => text.startsWith(name));
      expect(of(adas)).toEqual(of(this.written));
    }
  }
}

function texts(page: Page): Promise<string[]> {
  return page.getByRole('log').getByText(/^(Ada|Ben), .*\.$/).allTextContents();
}

async function inGeneral(page: Page, name: string, event: Parameters<typeof register>[1]): Promise<Page> {
  await signUp(page, person(name));
  await register(page, event);
  await openGeneral(page, event);
  await waitUntilHydrated(page);
  return page;
}

/**
 * Puts one of the two who write on each node: a page that is left ends its WebSocket some time after the next page has opened
 * one, so the balancer alone would place them by chance.
 */
async function oneNodeEach(nodes: TwoNodes, last: Page, leaving: Page): Promise<void> {
  const room = last.url();
  await Promise.all([leaving.goto('about:blank'), last.goto('about:blank')]);
  const total = () => nodes.webSockets[0] + nodes.webSockets[1];
  await expect.poll(total, 'only the other one is connected').toBe(1);
  await last.goto(room);
  await waitUntilHydrated(last);
  await expect.poll(() => nodes.webSockets, 'each is on a node of their own').toEqual([1, 1]);
}

test('either node is killed while two people write; both go on within 5 s, nothing is lost or doubled', async ({ page, newPerson, nodes, browserErrors }) => {
  test.setTimeout(240_000);
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  const ada = await inGeneral(await newPerson(), 'Ada', event);
  const ben = await inGeneral(await newPerson(), 'Ben', event);
  await oneNodeEach(nodes, ben, page);
  const talk = new Talk(ada, ben);
  await talk.round('before');
  await talk.isHeard('before', 10_000);
  // A node that dies under a connection: the browser reports each.
  browserErrors.allow(/net::ERR_|WebSocket connection to .* failed/);

  for (const which of [0, 1] as const) {
    const name = `node ${which + 1}`;
    // Under way while it dies: some reach it, some don't, and of some the answer is lost.
    const writing = (async () => {
      for (let n = 1; n <= 4; n++) await talk.round(`as ${name} dies ${n}`);
    })();
    await nodes.kill(which);
    const goesOn = talk.isHeard(`as ${name} dies 4`, GOES_ON_WITHIN_MS);
    await Promise.all([writing, goesOn]);
    await talk.isTheSameForBoth();
    await talk.round(`without ${name}`);
    await talk.isHeard(`without ${name}`, GOES_ON_WITHIN_MS);
    await nodes.restart(which);
  }

  await talk.isTheSameForBoth();
  await Promise.all([ada.reload(), ben.reload()]);
  await talk.isTheSameForBoth();
});
