import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** Presses between two looks at where the focus is. */
const AT_ONCE = 20;
/** A page with more places than this is a list, and the rest of it are rows like those before. */
const MOST_PLACES = 300;

interface Watch {
  places: Element[];
  reached: Set<Element>;
  unseen: Set<Element>;
  isRound: boolean;
}

declare global {
  interface Window { keyboardWatch: Watch }
}

/** Everything that a mouse can use is reached by Tab alone, shows that it has the focus, and lets it go again. */
export async function checkKeyboard(page: Page): Promise<void> {
  if (test.info().project.name !== 'chromium') return;
  const places = await startWatch(page);
  const most = Math.min(places, MOST_PLACES);
  for (let pressed = 0; pressed < most + AT_ONCE; pressed += AT_ONCE) {
    for (let press = 0; press < AT_ONCE; press++) await page.keyboard.press('Tab');
    if (await page.evaluate(() => window.keyboardWatch.isRound)) break;
  }
  const { missed, unseen } = await page.evaluate((limit) => {
    const { places, reached, unseen } = window.keyboardWatch;
    const name = (element: Element) => element.outerHTML.slice(0, 140);
    return { missed: places.slice(0, limit).filter((place) => place.isConnected && !reached.has(place)).map(name), unseen: [...unseen].map(name) };
  }, most);
  expect(missed, `${page.url()} must be usable without a mouse: Tab never gets to these`).toEqual([]);
  expect(unseen, `${page.url()} must show where the focus is`).toEqual([]);
}

/** Notes what gets the focus from here on; answers how many places should. */
function startWatch(page: Page): Promise<number> {
  return page.evaluate(() => {
    const selector = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex^="-"])';
    const isVisible = (element: HTMLElement) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]');
    // Of radio buttons with one name the arrow keys choose; Tab goes to the chosen one.
    const isStop = (element: HTMLElement) => !(element instanceof HTMLInputElement && element.type === 'radio');
    const isUsable = (element: HTMLElement) => element.tabIndex >= 0 && !element.matches(':disabled') && isStop(element);
    const shows = (element: Element | null) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && outlineWidth !== '0px';
    };
    const watch: Watch = {
      places: [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => isVisible(element) && isUsable(element)),
      reached: new Set(),
      unseen: new Set(),
      isRound: false,
    };
    window.keyboardWatch = watch;
    document.addEventListener('focusin', ({ target }) => {
      if (!(target instanceof Element)) return;
      if (watch.reached.has(target)) watch.isRound = true;
      watch.reached.add(target);
      // What it stands for shows it: a card around a link, a label around a box.
      let around: Element | null = target;
      for (let level = 0; level < 4 && around; level++, around = around.parentElement) if (shows(around)) return;
      if (!shows(target.nextElementSibling)) watch.unseen.add(target);
    });
    (document.activeElement as HTMLElement | null)?.blur();
    getSelection()?.removeAllRanges();
    return watch.places.length;
  });
}
