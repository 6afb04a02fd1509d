// What the cases in a browser share: zeren serve, Chromium, visitors that are signed in, TAP. Arguments of the script that
// imports it: PROGRAM DATA EXAMPLE.
import { createHmac } from 'node:crypto';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

export const [program, data, example] = process.argv.slice(2);
export const password = 'klar-wie-Morgentau-31';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let passed = 0, failed = 0;

export function check(good, name, shown = '') {
	good ? passed++ : failed++;
	console.log(`${good ? 'ok' : 'not ok'} ${passed + failed} - ${name}`);
	if (!good && shown)
		console.log(String(shown).slice(0, 1200).replace(/^/gm, '# '));
}

export async function serve(folder) {
	const server = spawn(program, ['serve', '--data', folder, '--listen', '127.0.0.1:0', '--lang', 'zh']);
	process.on('exit', () => server.kill());        // a case that breaks off leaves no server
	for await (const line of createInterface({ input: server.stdout }))
		if (line.startsWith('http://'))
			return { server, address: line, base: new URL(line).origin };
	throw new Error('zeren serve has printed no address');
}

const { server, base } = await serve(data);
export { base };
export const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

export async function signIn(page, login, secret = password) {
	await page.fill('#login', login);
	await page.fill('#password', secret);
	await page.click('form button');
}

// A click returns when the page that it leads to has begun, before its style sheet has come: what is asked then, whether
// something is seen on paper, is asked of half a page. So each click waits for the whole page.
// SLOW=500 lets every style sheet and script come that many milliseconds late: finds what is asked too early all the same.
const open = browser.newContext.bind(browser);
browser.newContext = async options => {
	const context = await open(options);
	context.setDefaultTimeout(90000);                       // a busy machine is slow, not wrong
	if (process.env.SLOW)
		await context.route(/\.(css|js)$/, async route => {
			await new Promise(done => setTimeout(done, Number(process.env.SLOW)));
			await route.continue().catch(() => {});         // the page has gone on meanwhile
		});
	context.on('page', page => {
		const frame = page.mainFrame(), click = frame.click.bind(frame);
		frame.click = async (...what) => {
			await click(...what);
			await page.waitForLoadState();
		};
	});
	return context;
};

// Signed in once, then by the same cookie.
const states = {};

export async function visitor(options, login = 'wang.li') {
	const context = await browser.newContext({ ...options, storageState: states[login] });
	const page = await context.newPage();
	await page.goto(base);
	if (page.url().includes('/signin')) {
		await signIn(page, login);
		await page.waitForURL(url => !url.pathname.startsWith('/signin'));
		if (page.url().includes('/enrol'))
			await enrol(page);
		states[login] = await context.storageState();
	}
	return page;
}

// RFC 6238: SHA-1, 30 seconds, six digits.
export function totp(secret) {
	const bits = [...secret.replace(/ /g, '')].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
	const time = Buffer.alloc(8);
	time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
	const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)))).update(time).digest();
	return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

export async function enrol(page) {
	if (!await page.locator('#secret').count())
		await page.click('form[action="/enrol/start"] button');
	await page.fill('#code', totp(await page.innerText('#secret')));
	await page.click('form[action="/enrol"] button');
	await page.click('a.button');
}

export async function axeOn(page) {
	await page.evaluate(axe);
	const { violations } = await page.evaluate(() => axe.run());
	return violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html).join(' ')}`).join('\n');
}

export async function end() {
	await browser.close();
	server.kill('SIGTERM');
	console.log(`1..${passed + failed}\n${passed} passed, ${failed} failed`);
	process.exit(failed ? 1 : 0);
}
