// Draws dashboards with Grafana's components in a headless browser and says what is wrong with them:
//   node pictures.mjs --prometheus=http://127.0.0.1:9090 --out=FOLDER [--seconds=60] [--step=1] [--interval=10] [NAME...]
// A name may choose a variable: service?service=10.0.0.1:80. Ends with 1 if a panel has an error or no data.
import { createServer } from 'node:http';
import { createReadStream, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import puppeteer from 'puppeteer-core';
import UPNG from 'upng-js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PAGE = join(HERE, 'target/page'), DASHBOARDS = join(HERE, '../dashboards');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--hide-scrollbars',
];
const PATIENCE = 60_000, WIDTH = 1400;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    prometheus: { type: 'string' }, out: { type: 'string' }, browser: { type: 'string', default: '/usr/bin/chromium' },
    seconds: { type: 'string', default: '60' }, step: { type: 'string', default: '1' }, interval: { type: 'string', default: '10' },
  },
});

const titles = Object.fromEntries(readdirSync(DASHBOARDS).filter(it => it.endsWith('.json'))
  .map(it => [it.replace('.json', ''), JSON.parse(readFileSync(join(DASHBOARDS, it))).title]));
const wanted = positionals.length ? positionals : Object.keys(titles);

/** The page, the dashboards, and Prometheus' answers, all from one origin. */
async function serve() {
  const server = createServer((request, response) => answer(request, response).catch(error => {
    response.writeHead(500).end(String(error));
  }));
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return server;
}

async function answer({ url }, response) {
  const { pathname, search } = new URL(url, 'http://here');
  if (pathname.startsWith('/api/')) {
    const answered = await fetch(options.prometheus + pathname + search);
    response.writeHead(answered.status, { 'Content-Type': 'application/json' }).end(await answered.text());
    return;
  }
  const path = normalize(pathname);
  const file = path.startsWith('/dashboards/') ? join(DASHBOARDS, path.slice('/dashboards/'.length)) : join(PAGE, path === '/' ? 'index.html' : path);
  if (!existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}

/** Draws one dashboard; what is wrong with it, one line a problem. */
async function draw(browser, origin, [name, choice = '']) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', error => problems.push(`the page failed: ${error.message}`));
  await page.setViewport({ width: WIDTH, height: 900 });
  const others = Object.values(titles).filter(it => it !== titles[name]).map(it => it.replace('JLVS ', '')).join(',');
  const { seconds, step, interval } = options;
  await page.goto(`${origin}/?${new URLSearchParams({ dashboard: name, seconds, step, interval, others })}&${choice}`);
  await page.waitForFunction('document.body.dataset.drawn || document.body.dataset.failed', { timeout: PATIENCE });
  const failed = await page.evaluate('document.body.dataset.failed');
  if (failed) return [...problems, failed];
  const height = await page.$eval('#page', it => it.clientHeight);
  await page.setViewport({ width: WIDTH, height });
  await settled(page);
  writeFileSync(join(options.out, `${name}.png`), small(await page.screenshot({ clip: { x: 0, y: 0, width: WIDTH, height } })));
  problems.push(...await page.$$eval('[data-problem]', all => all.map(it => `${it.dataset.panel}: ${it.dataset.problem}`)));
  problems.push(...await page.$$eval('[data-panel]', all => all
    .filter(it => !it.dataset.problem && !it.querySelector('canvas, [role=gridcell]') && it.innerText.trim() === it.dataset.panel)
    .map(it => `${it.dataset.panel}: nothing was drawn`)));
  await page.close();
  return problems;
}

/** The same with 256 colors, a third of the size. */
function small(png) {
  const image = UPNG.decode(png.buffer.slice(png.byteOffset, png.byteOffset + png.length));
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, 256));
}

/** Waits until what was resized has been painted. */
const settled = page => page.evaluate(async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
});

const server = await serve();
const browser = await puppeteer.launch({ executablePath: options.browser, args: FLAGS });
let wrong = 0;
try {
  mkdirSync(options.out, { recursive: true });
  for (const it of wanted) {
    const problems = await draw(browser, `http://127.0.0.1:${server.address().port}`, it.split('?'));
    problems.forEach(problem => console.log(`${it}: ${problem}`));
    wrong += problems.length;
  }
} finally {
  await browser.close();
  server.close();
}
console.log(`${wanted.length} dashboards drawn, ${wrong} problems`);
process.exit(wrong ? 1 : 0);
