// Pages in a real Chromium: node pages.mjs PROGRAM DATA EXAMPLE. Prints TAP and "N passed, N failed".
// axe-core on every page in both languages and both themes; what scrolls is reached by keys; the way from a red square to the file by mouse and by
// keyboard, without scripts; phone width and 200 % zoom without a page that scrolls sideways.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { axeOn, base, browser, check, end, example, visitor } from './site.mjs';

const paths = ['/', '/duties', '/duties/A08', '/registers', '/registers/meeting', '/report?figure=meetings.total', '/figures',
	`/report?edit=${encodeURIComponent('三')}`, `/report/history?section=${encodeURIComponent('三')}`,
	'/registers/meeting/new', '/records/101/correct', '/import',
	'/records/101', '/settings', '/own', '/more', '/org', '/org/posts/G03', '/org/units/U01', '/search?q=会议', '/verify', '/help',
	'/help/manual', '/password', '/enrol', '/step', '/nothing-here', '/report?only=1', '/findings', '/inspections',
	'/registers/submission?rows=200&w.theme=', '/scheme', '/plan', '/burden', '/risks', '/risks/consult', '/warnings', '/warnings/backtest', '/assess',
	'/appeals', '/excuses', '/handovers', '/handovers/posts/G03', '/report/paper', '/report/preview', '/report/versions', '/report/compare'];

for (const lang of ['zh', 'en'])
	for (const colorScheme of ['light', 'dark']) {
		const page = await visitor({ viewport: { width: 1280, height: 900 }, colorScheme });
		await page.goto(`${base}/settings?lang=${lang}`);
		for (const path of paths) {
			await page.goto(base + path);
			const found = await axeOn(page);
			check(!found, `axe finds nothing: ${path} ${lang} ${colorScheme}`, found);
		}
		await page.context().close();
	}

for (const [name, options] of [['phone', { viewport: { width: 390, height: 844 } }],
	['200 % zoom', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
	['large print', { viewport: { width: 1366, height: 768 } }]]) {
	const page = await visitor(options);
	await page.goto(`${base}/settings?size=${name === 'large print' ? 'large' : 'normal'}`);
	for (const path of paths) {
		await page.goto(base + path);
		const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
		check(over <= 0, `${name}: ${path} does not scroll sideways`, `${over} px too wide`);
		const caught = await page.evaluate(() => [...document.querySelectorAll('.scroll, .chart')].filter(x =>
			x.scrollWidth > x.clientWidth + 1 && x.tabIndex < 0).map(x => x.outerHTML.slice(0, 80)));
		check(!caught.length, `${name}: what scrolls on ${path} takes the focus`, caught.join('\n'));
	}
	await page.context().close();
}

// From a red square to its slot, the record, the original file; without scripts.
{
	const page = await visitor({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
	await page.goto(`${base}/duties`);
	check((await page.locator('p.take').boundingBox()).height < 40, 'the files of a list stand in one line');
	await page.click('a[href*="A08"]:has(.missed) >> nth=0');
	check(page.url().includes('/duties/A08'), 'a red square opens its duty');
	await page.locator('tr:visible', { hasText: '国安科' }).first().locator('th a').click();
	check(await page.locator('#behind').isVisible(), 'a slot opens the records behind it');
	await page.click('#behind li a');
	check(page.url().includes('/records/'), 'a record opens');
	await page.goto(`${base}/report`);
	await page.click('article a.fig >> nth=0');
	await page.click('#behind li a');
	const files = page.locator('a[href^="/files/"]');
	let tries = 0;
	for (; !(await files.count()) && tries < 20; tries++) {
		await page.goBack();
		await page.click(`#behind li a >> nth=${tries + 1}`);
	}
	const [download] = await Promise.all([page.waitForEvent('download'), files.first().click()]);
	const bytes = readFileSync(await download.path());
	check(download.url().endsWith(createHash('sha256').update(bytes).digest('hex')), 'three clicks from a figure: the original file');
	await page.context().close();
}

// By keyboard: skip link, heat map, a slot.
{
	const page = await visitor({ viewport: { width: 1280, height: 900 } });
	await page.goto(`${base}/duties`);
	await page.keyboard.press('Tab');
	check(await page.evaluate(() => document.activeElement.className) === 'skip', 'the first stop skips to the content');
	await page.keyboard.press('Enter');
	for (let i = 0; i < 80 && !(await page.evaluate(() => document.activeElement.matches('.drawing a:has(.missed)'))); i++)
		await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/duties\/A/);
	check(true, 'a red square is reached and opened by keyboard');
	await page.context().close();
}

// The day asked about is chosen in the head of a page and stays.
{
	const page = await visitor({ viewport: { width: 1280, height: 900 } });
	await page.goto(`${base}/duties/A08?unit=U01`);
	await page.click('.asked summary');
	await page.fill('.asked input[type=date]', '2022-06-30');
	await page.click('.asked button');
	check(page.url().includes('on=2022-06-30') && page.url().includes('unit=U01'), 'another day, the same page');
	await page.click('.rail .wide a >> nth=0');
	check(page.url().includes('on=2022-06-30'), 'the day stays from page to page');
	await page.context().close();
}

// A paragraph edited, a contradiction seen beside its sentence, a problem dropped, the document taken out: with and
// without scripts.
for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with scripts' : 'without scripts';
	const words = javaScriptEnabled ? '七次' : '三十七次';
	const page = await visitor({ viewport: { width: 1400, height: 900 }, javaScriptEnabled });
	await page.goto(`${base}/report`);
	await page.locator('section.own', { hasText: '班子分工' }).or(page.locator('section.own', { hasText: '定期研究' })).first()
		.locator('a.edit').first().click();
	check(await page.locator('#words').isVisible() && await page.locator('#behind dt').count() > 5, `a section opens to be written, ${how}`);
	await page.fill('#words', `全年定期研究意识形态工作${words}。\n\n其余照旧。`);
	await page.click('.writing button');
	check(await page.locator('.told').isVisible() && page.url().includes('#own-'), `it is saved, ${how}`);
	const said = page.locator('.said', { hasText: `意识形态工作${words}` });
	check((await said.locator('mark').first().innerText()).includes(words) && (await said.locator('.aside').innerText()).includes(words),
		`the contradiction stands beside its sentence, ${how}`);
	const note = await said.locator('.aside').boundingBox(), text = await said.locator('p').boundingBox();
	check(note.x >= text.x + text.width && Math.abs(note.y - text.y) < 40, `in the margin, ${how}`, JSON.stringify([note, text]));
	await page.locator('.folds details', { has: page.locator('ol') }).locator('summary').first().click();
	await page.locator('.folds ol a', { hasText: words }).click();
	check(/#c\d+$/.test(page.url()), `the list at the top leads there, ${how}`);
	const problem = page.locator('.problem', { hasText: 'A05' });
	await problem.locator('input[name=why]').fill('已说明');
	await problem.locator('button', { hasText: javaScriptEnabled ? '不列入' : '改为列入' }).click();
	check((await page.locator('.problem', { hasText: 'A05' }).innerText()).includes(javaScriptEnabled ? '改为列入' : '列为问题'), `a problem is decided, ${how}`);
	await page.locator('.export summary').click();
	const [download] = await Promise.all([page.waitForEvent('download'), page.click('.export button')]);
	check(download.suggestedFilename().startsWith('区委办关于2022年') && download.suggestedFilename().endsWith('.docx')
		&& readFileSync(await download.path()).subarray(0, 2).toString() === 'PK', `the document is taken out by its name, ${how}`, download.suggestedFilename());
	await page.locator('section.own', { hasText: words }).locator('a', { hasText: '修改史' }).click();
	check(await page.locator('.versions ins').count() > 0 && await page.locator('.versions del').count() > 0, `history marks what changed, ${how}`);
	await page.context().close();
}

// A section is written by keyboard alone.
{
	const page = await visitor({ viewport: { width: 390, height: 844 } });
	await page.goto(`${base}/report?edit=${encodeURIComponent('三')}`);
	check(await page.evaluate(() => document.activeElement.id) === 'words', 'the section in hand has the focus');
	await page.keyboard.press('Control+A');
	await page.keyboard.type('一句话。');
	for (let i = 0; i < 9 && await page.evaluate(() => document.activeElement.tagName) !== 'BUTTON'; i++)
		await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.waitForURL(/saved=/);
	check((await page.innerText('article')).includes('一句话。'), 'a section is written by keyboard');
	await page.context().close();
}

// A messy register imported, refusals seen, undone; with scripts and without.
for (const javaScriptEnabled of [true, false]) {
	const way = javaScriptEnabled ? 'with scripts' : 'without scripts';
	const page = await visitor({ viewport: { width: 1280, height: 900 }, javaScriptEnabled });
	const read = async files => {
		await page.click('.rail a[href="/import"]');
		await page.setInputFiles('#files', files);
		await page.click('main form[enctype] button');
		await page.locator('.decide').waitFor({ timeout: 60000 });       // the page looks again by itself
	};
	const small = async (name, path, see) => {
		const storageState = await page.context().storageState();
		for (const [colorScheme, width] of [['light', 1280], ['dark', 390]]) {
			const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme, storageState });
			const other = await context.newPage();
			await other.goto(base + path);
			const found = await axeOn(other);
			const over = await other.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
			check(!found && over <= 0 && await other.locator(see).count(), `${name}: axe finds nothing, ${width} px are enough`,
				`${found} ${over} px too wide`);
			await context.close();
		}
	};
	const lines = new TextDecoder('gb18030').decode(readFileSync(`${example}/05信息采用情况.csv`)).split(/\r?\n/);
	const cells = lines[2].split(',');
	cells[cells.length - 1] = `补记：${way}`;
	lines[2] = cells.join(',');
	await read([{ name: '05信息采用情况.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) }]);
	const here = new URL(page.url()).pathname;
	check(await page.locator('.why').first().isVisible(), `${way}: a refused row is seen with its reason`);
	await small(`${way}: the upload`, here, '.decide');
	await small(`${way}: what changes`, `${here}?show=changed`, 'ins');
	const [download] = await Promise.all([page.waitForEvent('download'), page.click('.decide a[href$="/refused"]')]);
	check(download.suggestedFilename() === '退回的行.xlsx', `${way}: the refused rows come as a workbook`, download.suggestedFilename());
	await page.click('button[value="good"]');
	await page.click('.decide a[href^="/imports/"]');
	const past = new URL(page.url()).pathname;
	await small(`${way}: the import`, past, '#undo');
	check((await page.locator('main').innerText()).includes('恢复原来的内容'), `${way}: the consequence of undoing stands there`);
	await page.fill('#why', way);
	await page.click('main form button');
	check((await page.locator('[role=status]').innerText()).includes('已撤回'), `${way}: the import is withdrawn`);
	await page.context().close();
}

await end();
