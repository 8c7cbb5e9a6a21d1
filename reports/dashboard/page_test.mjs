// The page in a real browser: Debian's Chromium, driven by playwright-core and checked by axe-core.
//
//   node page_test.mjs PACKAGES_DIRECTORY awlab_report write_example_history
//
// CHROMIUM names another browser; SCREENSHOTS=DIRECTORY keeps pictures of the tested pages. Exits
// with 1 and a list of the failed checks. A missing part (browser, package, program) is a failure
// too.
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

const [packages, awlabReport, writeExamples] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(packages, 'package.json'));
const {chromium} = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const sections = ['lanes', 'findings', 'matrix', 'coverage', 'trends', 'outcomes', 'history'];
const charts = {verdicts: 2, rates: 1, canaries: 6};  // drawings in each
const desktop = {width: 1280, height: 900};
const phone = {width: 360, height: 740};
const patience = 120_000;  // milliseconds: of what happens at once, unless the machine is busy

const failures = [];
let checks = 0;
function check(holds, what) {
  ++checks;
  if (!holds) failures.push(what);
}

const work = mkdtempSync(join(tmpdir(), 'awlab-page-'));
function makePage(name, nights, how) {
  const directory = join(work, name);
  mkdirSync(directory);
  execFileSync(writeExamples, [directory, String(nights), how]);
  const page = join(work, `${name}.html`);
  execFileSync(awlabReport, ['report', 'dashboard', directory, '--out', page], {stdio: ['ignore', 'ignore', 'ignore']});
  return pathToFileURL(page).href;
}

// Opens a page and collects everything that goes wrong meanwhile. `settings` are a context's.
async function open(browser, url, settings = {}) {
  const context = await browser.newContext({viewport: desktop, ...settings});
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const trouble = [];
  page.on('console', (message) => trouble.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await context.route('**/*', (route) => {
    const wanted = route.request().url();
    if (wanted === url || wanted.startsWith(`${url}#`)) return route.continue();
    trouble.push(`request: ${wanted.slice(0, 100)}`);
    return route.abort();
  });
  await page.goto(url);
  return {context, page, trouble};
}

async function shoot(page, name) {
  if (!process.env.SCREENSHOTS) return;
  mkdirSync(process.env.SCREENSHOTS, {recursive: true});
  await page.screenshot({path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true});
}

async function checkSections(page, name) {
  for (const id of sections) {
    const text = await page.locator(`section#${id}`).innerText();
    const heading = await page.locator(`section#${id} h2`).innerText();
    check(text.trim().length > heading.length + 10, `${name}: section ${id} is empty`);
  }
  check(await page.locator('h1').count() === 1, `${name}: there is not one h1`);
  // No heading level is skipped on the way down.
  const levels = await page.locator('h1,h2,h3,h4').evaluateAll(
      (all) => all.map((heading) => Number(heading.tagName[1])));
  check(levels.every((level, i) => i === 0 || level <= levels[i - 1] + 1),
        `${name}: headings skip a level: ${levels}`);
  check(await page.locator('table:not(:has(caption))').count() === 0,
        `${name}: a table has no caption`);
  check(await page.locator('th:not([scope])').count() === 0, `${name}: a th has no scope`);
}

async function checkCharts(page, name) {
  for (const [id, drawings] of Object.entries(charts)) {
    const figure = page.locator(`figure#chart-${id}`);
    const large = figure.locator('svg[role=img]');
    check(await large.count() === drawings, `${name}: chart ${id} has not ${drawings} drawings`);
    const marks = await large.evaluateAll((all) => all.map(
        (svg) => svg.querySelectorAll('[data-mark=dot] *, [data-mark=line] *, [data-mark=rule] *, ' +
                                      '[data-mark=tick] *').length));
    check(marks.length > 0 && marks.every((count) => count > 0),
          `${name}: chart ${id} has a drawing without marks: ${marks}`);
    const names = await large.evaluateAll((all) => all.map((svg) => svg.getAttribute('aria-label')));
    check(names.every((text) => text), `${name}: chart ${id} has a drawing without a name`);
    check(await page.locator(`figure#chart-${id} + details table tbody tr`).count() > 0,
          `${name}: chart ${id} has no table`);
  }
}

async function checkWidth(page, name) {
  const {scroll, widest} = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const over = [...document.querySelectorAll('main *')].find((element) => {
      return !element.closest('.scroll') && !element.closest('svg') &&
             element.getBoundingClientRect().right > limit + 1;
    });
    return {scroll: document.documentElement.scrollWidth, widest: over?.outerHTML.slice(0, 120)};
  });
  check(scroll <= phone.width, `${name}: ${scroll} px wide, because of ${widest}`);
  check(!widest, `${name}: sticks out: ${widest}`);
}

async function checkAccessibility(page, name) {
  // Folded parts are checked too, because people read them.
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => one.open = true));
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => globalThis.axe.run({resultTypes: ['violations']}));
  for (const {id, impact, nodes} of violations) {
    if (impact !== 'serious' && impact !== 'critical') continue;
    failures.push(`${name}: axe: ${id}: ${nodes[0].html.slice(0, 160)}`);
  }
  ++checks;
}

async function checkKeyboard(page, name) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return {name: document.activeElement.className, seen: box.left >= 0 && box.width > 0};
  });
  check(first.name === 'skip' && first.seen, `${name}: Tab does not show the skip link first`);
  await page.keyboard.press('Enter');
  check(await page.evaluate(() => document.activeElement.id) === 'main',
        `${name}: the skip link does not lead to the main part`);
  const reached = new Set();
  for (let i = 0; i < 400; ++i) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => {
      const element = document.activeElement;
      return element.matches('.scroll') ? element.getAttribute('aria-label') : element.className;
    });
    if (reached.size > 0 && label === 'skip') break;  // once around
    reached.add(label);
  }
  const regions = await page.locator('.scroll').evaluateAll(
      (all) => all.filter((one) => one.checkVisibility()).map((one) => one.ariaLabel));
  const missed = regions.filter((label) => !reached.has(label));
  check(regions.length > 4 && missed.length === 0, `${name}: Tab does not reach ${missed}`);
  check(reached.has('copy'), `${name}: Tab does not reach a copy button`);
  check(reached.has('note'), `${name}: Tab does not reach a note of the matrix`);
}

async function checkCopy(page, context, name) {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const command = await page.locator('pre.command').first().innerText();
  await page.locator('button.copy').first().click();
  await page.locator('.copy + [role=status]').first().filter({hasText: 'Copied'}).waitFor();
  check(await page.evaluate(() => navigator.clipboard.readText()) === command,
        `${name}: the button does not copy the command`);
}

async function testLook(browser, url, name, how) {
  for (const colorScheme of ['light', 'dark']) {
    const title = `${name}, ${colorScheme}`;
    const {context, page, trouble} = await open(browser, url, {colorScheme});
    await checkSections(page, title);
    await checkCharts(page, title);
    await shoot(page, `${name}-${colorScheme}`);
    if (how.keyboard && colorScheme === 'light') {
      await checkKeyboard(page, title);
      await checkCopy(page, context, title);
    }
    await checkAccessibility(page, title);
    check(trouble.length === 0, `${title}: ${trouble}`);
    await context.close();
  }
  const {context, page, trouble} = await open(browser, url, {viewport: phone});
  await checkWidth(page, `${name}, phone`);
  await checkCharts(page, `${name}, phone`);
  await shoot(page, `${name}-phone`);
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => one.open = true));
  await checkWidth(page, `${name}, phone, all unfolded`);
  check(trouble.length === 0, `${name}, phone: ${trouble}`);
  await context.close();
}

async function testHostile(browser, url) {
  const {context, page, trouble} = await open(browser, url);
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => one.open = true));
  const found = await page.evaluate(() => ({
    images: document.querySelectorAll('img, iframe, object, embed, base').length,
    scripts: document.querySelectorAll('script').length,
    handlers: [...document.querySelectorAll('*')].filter(
        (one) => [...one.attributes].some(({name}) => name.startsWith('on'))).length,
    links: [...document.querySelectorAll('a[href]')].filter(
        (one) => !one.getAttribute('href').startsWith('#')).length,
    text: document.body.textContent,
  }));
  check(found.images === 0, 'hostile: text became an image or a frame');
  check(found.scripts === 2, `hostile: ${found.scripts} scripts`);
  check(found.handlers === 0, 'hostile: text became a handler');
  check(found.links === 0, 'hostile: text became a link');
  for (const text of ['<img src=x onerror=alert(1)>', '</script><script>alert(2)</script>',
                      '" onfocus="alert(3)', 'javascript:alert(4)', 'WWWWWWWW']) {
    check(found.text.includes(text), `hostile: '${text}' is not there as text`);
  }
  check(found.text.includes("onerror=alert(1)>.json"), 'hostile: a left out file is not named');
  check(trouble.length === 0, `hostile: ${trouble}`);
  await context.close();
}

// Tests the policy by an attack: an injected script would neither run nor reach anything.
async function testPolicy(browser, url) {
  const {context, page, trouble} = await open(browser, url);
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.body.append(script);
    const image = document.createElement('img');
    image.src = 'https://example.invalid/image.png';
    document.body.append(image);
    await new Promise((done) => setTimeout(done, 200));
    return globalThis.injected === true;
  });
  check(!ran, 'policy: a script that was added ran');
  check(!trouble.some((one) => one.startsWith('request')), `policy: ${trouble}`);
  await context.close();
}

async function testWithoutScripts(browser, url) {
  const {context, page, trouble} = await open(browser, url, {javaScriptEnabled: false});
  for (const id of sections) {
    check(await page.locator(`section#${id} table tbody tr`).count() > 0,
          `without scripts: section ${id} has no table`);
  }
  check(await page.locator('svg.figure').count() > 0, 'without scripts: no interleaving is drawn');
  check(trouble.length === 0, `without scripts: ${trouble}`);
  await context.close();
}

async function testYear(browser, url) {
  const {context, page, trouble} = await open(browser, url);
  await checkCharts(page, 'a year');
  check(await page.locator('section#history tbody tr').count() === 365, 'a year: not 365 runs');
  await shoot(page, 'year');
  check(trouble.length === 0, `a year: ${trouble}`);
  await context.close();
}

// A kill matrix without any run: there is nothing to draw, and that is not an error.
async function testMatrixAlone(browser) {
  const directory = join(work, 'matrix');
  mkdirSync(directory);
  execFileSync(writeExamples, [directory, '1', 'passing']);
  const file = join(work, 'matrix.html');
  execFileSync(awlabReport, ['report', 'dashboard', join(directory, 'kill-matrix.json'), '--out', file], {stdio: 'ignore'});
  const {context, page, trouble} = await open(browser, pathToFileURL(file).href);
  check(await page.locator('section#matrix tbody tr').count() > 5, 'matrix alone: no matrix');
  check(await page.locator('.chart .nothing').count() === 3, 'matrix alone: a chart says nothing');
  check(trouble.length === 0, `matrix alone: ${trouble}`);
  await context.close();
}

let browser;
try {
  browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
                                   args: ['--no-sandbox'], timeout: patience});
  const failing = makePage('failing', 14, 'failing');
  const hostile = makePage('hostile', 14, 'hostile');
  await testLook(browser, makePage('passing', 14, 'passing'), 'passing', {});
  await testLook(browser, failing, 'failing', {keyboard: true});
  await testLook(browser, hostile, 'hostile', {});
  await testHostile(browser, hostile);
  await testPolicy(browser, failing);
  await testWithoutScripts(browser, failing);
  await testMatrixAlone(browser);
  await testYear(browser, makePage('year', 365, 'failing'));
} catch (error) {
  failures.push(String(error.stack ?? error));
} finally {
  await browser?.close();
  rmSync(work, {recursive: true, force: true});
}
for (const failure of failures) console.error(`FAILED ${failure}`);
console.log(`${checks} checks, ${failures.length} failures`);
process.exit(failures.length === 0 ? 0 : 1);
