// Whole ways through the pages in a real Chromium: node journeys.mjs PROGRAM DATA EXAMPLE; data has no account yet in
// DATA-first. Prints TAP and "N passed, N failed".
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { axeOn, base, browser, check, data, end, enrol, example, password, serve, signIn, visitor } from './site.mjs';

const wide = { viewport: { width: 1280, height: 900 } };
const ways = [[true, 'with scripts'], [false, 'without scripts']];

// The first run, and the first sign-in of each of the two; axe on every door on the way.
{
	const first = await serve(`${data}-first`);
	const context = await browser.newContext(wide);
	const page = await context.newPage();
	const door = async name => check(!await axeOn(page), `axe finds nothing: ${name}`, await axeOn(page));

	await page.goto(first.address);
	await door('the first run');
	await page.fill('[name="admin.login"]', 'an');
	await page.fill('[name="admin.name"]', '安管理');
	await page.fill('[name="admin.password"]', password);
	await page.fill('[name="login"]', 'wang.li');
	await page.fill('[name="name"]', '王丽');
	await page.fill('[name="password"]', password);
	await page.selectOption('[name="role"]', 'filler');
	await page.click('form button');
	await page.waitForURL(/signin/);
	await door('signing in');
	await signIn(page, 'wang.li', 'not-the-password');
	check(await page.locator('[role=alert]').isVisible(), 'a wrong password is told');
	await door('signing in again');
	await page.fill('#password', password);
	await page.keyboard.press('Enter');
	await page.waitForURL(first.base + '/');
	check((await page.innerText('h1')).includes('工作台'), 'the first account lands on its desk');
	await page.click('a.person');
	await page.click('form[action="/signout"] button');
	await signIn(page, 'an');
	await page.waitForURL(/enrol/);
	await door('a second factor is asked for');
	await page.click('form[action="/enrol/start"] button');
	await door('its key');
	await page.goto(first.base + '/accounts');
	check(page.url().includes('/enrol'), 'nothing else opens before');
	await context.close();

	const admin = await browser.newContext(wide);
	const seat = await admin.newPage();
	await seat.goto(first.base);
	await signIn(seat, 'an');
	await seat.waitForURL(/enrol/);
	await enrol(seat);
	check(seat.url().includes('/accounts'), 'the administrator lands on the accounts');
	await seat.fill('main #login', 'li.si');
	await seat.fill('main #name', '李四');
	await seat.click('main form[action="/accounts"] button');
	const secret = await seat.innerText('code#password');
	await seat.selectOption('#role', 'viewer');
	await seat.click('main form.form button >> nth=0');
	check((await seat.innerText('main')).includes('角色已授予'), 'an account is made and has a role');
	const other = await (await browser.newContext(wide)).newPage();
	await other.goto(first.base);
	await signIn(other, 'li.si', secret);
	await other.waitForURL(/password/);
	check(!await axeOn(other), 'axe finds nothing: a password of one\'s own', await axeOn(other));
	await other.fill('#now', secret);
	await other.fill('#new', 'stille-Nacht-im-Tal');
	await other.fill('#again', 'stille-Nacht-im-Tal');
	await other.click('form button');
	await other.waitForURL(first.base + '/');
	check(true, 'the new account has chosen its password and sees the desk');
	first.server.kill('SIGTERM');
}

// Pages of administrators.
for (const [login, paths] of [['an', ['/accounts', '/accounts/wang.li', '/own', '/help']], ['shen', ['/log', '/log/5', '/verify', '/accounts']],
	['xi', ['/settings', '/verify']]])
	for (const colorScheme of ['light', 'dark'])
		for (const lang of ['zh', 'en']) {
			const page = await visitor({ ...wide, colorScheme }, login);
			await page.goto(`${base}/settings?lang=${lang}`);
			for (const path of paths) {
				await page.goto(base + path);
				const found = await axeOn(page);
				check(!found, `axe finds nothing: ${path} as ${login} ${lang} ${colorScheme}`, found);
				await page.setViewportSize({ width: 390, height: 844 });
				const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
				check(over <= 0, `${path} does not scroll sideways on a phone`, `${over} px too wide`);
				await page.setViewportSize(wide.viewport);
			}
			await page.context().close();
		}

// A meeting entered with its file, in under a minute of clicks: desk, register, form, record, undone.
for (const [javaScriptEnabled, how] of ways) {
	const page = await visitor({ ...wide, javaScriptEnabled });
	await page.goto(base);
	await page.click('.chips a:has-text("其他台账")');
	await page.click('main a:has-text("会议") >> nth=0');
	await page.click('a.button:has-text("登记一条")');
	await page.fill('[id="f-date"]', '2022-12-15');
	await page.selectOption('[id="f-kind"]', '室务会').catch(() => page.fill('[id="f-kind"]', '室务会'));
	await page.fill('[id="f-name"]', `年底室务会，${how}`);
	await page.setInputFiles('#files', { name: '签到.txt', mimeType: 'text/plain', buffer: Buffer.from(`签到 ${how}`) });
	await page.click('main form.form button >> nth=0');
	check((await page.innerText('[role=status]')).includes('已登记'), `a meeting with a file is recorded, ${how}`);
	check(!javaScriptEnabled || !await axeOn(page), `axe finds nothing: what was just recorded`);
	const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href^="/files/"]:has-text("签到.txt")')]);
	check(readFileSync(await download.path(), 'utf8') === `签到 ${how}`, `its file comes back, ${how}`);
	await page.click('a.button:has-text("更正")');
	await page.fill('[id="f-date"]', '2022-12-16');
	await page.click('main form.form button >> nth=0');
	check(await page.locator('.steps ins').count() > 0, `a correction stands in its history, ${how}`);
	await page.click('main details summary');
	await page.fill('main details input[name=why]', '只是一试');
	await page.click('main details button');
	check((await page.innerText('main')).includes('已撤回'), `it is withdrawn, ${how}`);
	await page.context().close();
}

// By keyboard alone: signed in, a meeting recorded with its file, taken back, found in its register.
{
	const page = await (await browser.newContext(wide)).newPage();
	const until = async test => {
		for (let i = 0; i < 120; i++) {
			if (await page.evaluate(test))
				return true;
			await page.keyboard.press('Tab');
		}
		return false;
	};

	await page.goto(base);
	await page.locator('#login:focus').waitFor();
	await page.keyboard.type('wang.li');
	await page.keyboard.press('Tab');
	await page.keyboard.type(password);
	await page.keyboard.press('Enter');
	await page.waitForURL(base + '/');
	check(await until(() => document.activeElement.textContent === '其他台账'), 'a register is reached by keyboard');
	await page.keyboard.press('Enter');
	await page.waitForURL(/registers$/);
	await until(() => document.activeElement.textContent === '会议');
	await page.keyboard.press('Enter');
	await page.waitForURL(/meeting$/);
	await until(() => document.activeElement.textContent === '登记一条');
	await page.keyboard.press('Enter');
	await page.waitForURL(/new$/);
	await page.locator(':focus').waitFor();
	check(await page.evaluate(() => document.activeElement.id) === 'f-kind', 'the first field to fill has the focus');
	await page.keyboard.type('室务会');
	await page.keyboard.press('Tab');
	await page.keyboard.type('全凭键盘的会');
	check(await until(() => document.activeElement.id === 'files'), 'files are reached by keyboard');
	await page.setInputFiles('#files', { name: '通知.txt', mimeType: 'text/plain', buffer: Buffer.from('通知') });
	await until(() => document.activeElement.textContent === '登记');
	await page.keyboard.press('Enter');
	await page.waitForURL(/done=add/);
	check((await page.innerText('h1')).includes('全凭键盘的会') && await page.locator('a[href^="/files/"]:has-text("通知.txt")').count() === 1,
		'a meeting with a file is recorded by keyboard');
	check(await until(() => document.activeElement.textContent === '撤回'), 'taking it back is the first thing at hand');
	await page.keyboard.press('Enter');
	await page.waitForURL(/done=withdraw/);
	check((await page.innerText('main')).includes('已撤回'), 'it is taken back by keyboard');

	// A register read in and taken back.
	const lines = new TextDecoder('gb18030').decode(readFileSync(`${example}/05信息采用情况.csv`)).split(/\r?\n/);
	lines[2] = lines[2].replace(/,[^,]*$/, ',补记：键盘');
	await page.goto(`${base}/import`);
	await page.setInputFiles('#files', { name: '05信息采用情况.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
	await until(() => document.activeElement.matches('main form[enctype] button'));
	await page.keyboard.press('Enter');
	await page.locator('.decide').waitFor({ timeout: 60000 });
	check(await until(() => document.activeElement.value === 'good'), 'taking the good rows is reached by keyboard');
	await page.keyboard.press('Enter');
	await page.locator('.decide a[href^="/imports/"]').waitFor();
	await until(() => document.activeElement.matches('.decide a[href^="/imports/"]'));
	await page.keyboard.press('Enter');
	await page.waitForURL(/imports/);
	await until(() => document.activeElement.id === 'why');
	await page.keyboard.type('键盘一试');
	await page.keyboard.press('Enter');
	await page.locator('[role=status]').waitFor();
	check((await page.innerText('[role=status]')).includes('已撤回'), 'an import is taken and withdrawn by keyboard');

	// The report as a document.
	await page.goto(`${base}/report`);
	await until(() => document.activeElement.matches('.export summary'));
	await page.keyboard.press('Enter');
	await until(() => document.activeElement.matches('.export button'));
	const [document_] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
	check(document_.suggestedFilename().endsWith('.docx'), 'the report is taken out by keyboard', document_.suggestedFilename());
	await page.context().close();
}

// By keyboard alone: "/" searches, a result opens.
{
	const page = await visitor(wide);
	await page.goto(base);
	await page.keyboard.press('/');
	await page.keyboard.type('室务会');
	await page.keyboard.press('Enter');
	await page.waitForURL(/search/);
	check(await page.locator('main a[href^="/records/"]').count() > 0, 'the search is reached by / and finds records');
	await page.context().close();
}

// From ten figures, chosen by chance but the same each time, to the original file in three clicks.
{
	const page = await visitor(wide);
	const files = new Map(readdirSync(example, { recursive: true, withFileTypes: true }).filter(f => f.isFile())
		.map(f => [createHash('sha256').update(readFileSync(`${f.parentPath ?? f.path}/${f.name}`)).digest('hex'), f.name]));
	let seed = 20261129;

	await page.goto(`${base}/figures`);
	const names = await page.locator('main tbody tr').evaluateAll(rows => rows.filter(r => Number(r.cells[2].innerText) > 0)
		.map(r => r.querySelector('a').getAttribute('href')));
	check(names.length > 20, 'there are figures with records', names.length);
	for (let i = 0; i < 10; i++) {
		seed = seed * 1103515245 + 12345 & 0x7fffffff;
		await page.goto(`${base}/figures`);
		await page.click(`main a[href="${names[seed % names.length]}"]`);
		await page.click('#behind li a >> nth=0');
		const [download] = await Promise.all([page.waitForEvent('download'), page.click('#said-fields a[href^="/files/"]')]);
		const digest = createHash('sha256').update(readFileSync(await download.path())).digest('hex');
		check(files.get(digest) === download.suggestedFilename(), `${decodeURIComponent(names[seed % names.length])}: three clicks to ${download.suggestedFilename()}`, digest);
	}
	await page.context().close();
}

await end();
