import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** WCAG 2.2 A and AA as far as a machine can tell, in the state the page is in. */
export async function checkA11y(page: Page): Promise<void> {
  // The HTML is the same in the other projects; checking it once is enough, and axe is a script.
  if (test.info().project.name !== 'chromium') return;
  await page.waitForLoadState('load');
  await page.evaluate(() => document.fonts.ready);
  expect(await coveredTargets(page), `${page.url()} must let a mouse reach everything`).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const report = violations.map(({ id, help, nodes }) => [`${id}: ${help}`, ...nodes.map((node) => node.target.join(' '))].join('\n  '));
  expect(report, `${page.url()} must be accessible`).toEqual([]);
}

/** One part of a page, such as what opens over it and may cover what is below. */
export async function checkPart(page: Page, part: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).withTags(RULES).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`), `${part} must be accessible`).toEqual([]);
}

/** Links and controls whose middle belongs to something else once they are in sight: an overlay that covers them. */
function coveredTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const before = scrollY;
    const isCovered = (target: HTMLElement) => {
      target.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const [box] = target.getClientRects();
      if (!box || box.width < 4 || box.height < 4) return false;
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
      const hit = document.elementFromPoint(x, y);
      const label = hit?.closest('label');
      // A toast goes away by itself, or when it is told to; the skip link is there while it has the focus.
      if (hit?.closest('.toast, .skip-link')) return false;
      return !(hit && (target.contains(hit) || hit.contains(target) || label?.control === target || label?.contains(target)));
    };
    const isReachable = (target: HTMLElement) => target.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && getComputedStyle(target).pointerEvents !== 'none' && !target.matches('.skip-link, [hidden]');
    const targets = [...document.querySelectorAll<HTMLElement>('a[href], button, summary, select, textarea, input:not([type=hidden])')];
    const covered = targets.filter(isReachable).filter(isCovered).map((target) => target.outerHTML.slice(0, 120));
    scrollTo({ top: before, behavior: 'instant' });
    return covered;
  });
}

const ELSEWHERE = [{ width: 390, height: 844 }, { width: 820, height: 1180 }];

/**
 * What shows only elsewhere: on a phone and a tablet nothing is wider than the screen and everything has a name, in the dark
 * everything is readable.
 */
export async function checkElsewhere(page: Page): Promise<void> {
  if (test.info().project.name !== 'chromium') return;
  const before = page.viewportSize()!;
  for (const size of ELSEWHERE) {
    await page.setViewportSize(size);
    expect(await tooWide(page), `${page.url()} must fit a screen of ${size.width} px`).toEqual([]);
    expect(await broken(page, ['link-name', 'button-name']), `${page.url()} must name everything at ${size.width} px`).toEqual([]);
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'dark' });
  const unreadable = await broken(page, ['color-contrast', 'link-in-text-block']);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(unreadable, `${page.url()} must be readable in the dark`).toEqual([]);
}

/** What reaches beyond the screen, where the page scrolls sideways. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = document.scrollingElement!.scrollWidth > innerWidth;
    const sticksOut = (element: Element) => element.getBoundingClientRect().right > innerWidth + 1;
    return scrolls ? [...document.querySelectorAll('body *')].filter(sticksOut).map((element) => element.outerHTML.slice(0, 120)) : [];
  });
}

async function broken(page: Page, rules: string[]): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withRules(rules).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

/** What this worker has seen pass: pages that look alike but for their texts and the number of their rows. */
const passed = new Set<string>();

/** From here on every page that is opened by its address is checked, each kind once per worker. */
export function checkVisits(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (url, options) => {
    const response = await goto(url, options);
    if (test.info().project.name !== 'chromium' || url === 'about:blank') return response;
    const kind = await kindOf(page);
    if (!passed.has(kind)) await checkA11y(page);
    passed.add(kind);
    return response;
  };
}

async function kindOf(page: Page): Promise<string> {
  const parts = await page.evaluate(() => {
    const elements = [...document.querySelectorAll('body, body *')];
    const shapes = new Set(elements.map((element) => `${element.tagName}.${element.className}[${element.getAttributeNames().join()}]`));
    return [matchMedia('(prefers-color-scheme: dark)').matches, ...[...shapes].sort()];
  });
  return [page.viewportSize()?.width, ...parts].join(' ');
}
