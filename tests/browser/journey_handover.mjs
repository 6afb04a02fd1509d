// Excuses and handovers in a real Chromium: node journey_handover.mjs PROGRAM DATA EXAMPLE. Prints TAP and "N passed, N failed".
// SHOTS=folder keeps pictures of the pages.
import { axeOn, base, browser, check, end, visitor } from './site.mjs';

const wide = { viewport: { width: 1280, height: 900 } };
const shots = process.env.SHOTS;

async function shot(page, name) {
	if (shots)
		await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

// An excuse: asked for beside the slot, granted by another, with and without scripts.
for (const [javaScriptEnabled, how, slot, word] of [[true, 'with scripts', 'A02 第2次', 'grant'], [false, 'without scripts', '第8次室务会', 'refuse']]) {
	const page = await visitor({ ...wide, javaScriptEnabled }, 'zhang.yi');
	await page.goto(slot.startsWith('A') ? `${base}/duties/A02?on=2022-12-31` : base);
	await page.click(`main a:has-text("${slot.replace('A02 ', '')}")`);
	await page.click('#behind summary');
	if (javaScriptEnabled)
		check(!await axeOn(page), 'axe finds nothing: the form beside a slot', await axeOn(page));
	await shot(page, 'slot-form');
	await page.selectOption('#x-kind', 'not_applicable');
	await page.fill('#x-why', '防汛抗旱');
	await page.click('#behind form button');
	check((await page.innerText('#behind')).includes('已提出'), `${how}: asked for beside the slot`);
	await page.context().close();

	const other = await visitor({ ...wide, javaScriptEnabled }, 'wu.xin');
	await other.goto(base);
	await other.click('a[href*="/excuses"] >> nth=-1');
	await other.goto(`${base}/excuses`);
	if (javaScriptEnabled)
		check(!await axeOn(other), 'axe finds nothing: an excuse that waits', await axeOn(other));
	await shot(other, 'excuses-waiting');
	await other.fill('input[name="why"]', '情况属实');
	await other.click(`button[value="${word}"]`);
	check((await other.innerText('main [role=status]')).includes(word === 'grant' ? '已批准' : '未批准'), `${how}: decided by another`);
	await other.context().close();
}

// A post is handed over by one and taken by another.
for (const [javaScriptEnabled, how, at, leaves, comes] of [[true, 'with scripts', '/handovers/posts/G03?on=2022-06-30', 'chen.qian', 'lin.hou'],
	[false, 'without scripts', '/handovers/posts/G02?on=2022-07-10', null, 'wu.xin']]) {
	const page = await visitor({ ...wide, javaScriptEnabled }, 'zhang.yi');
	await page.goto(base + at);
	if (javaScriptEnabled)
		check(!await axeOn(page), 'axe finds nothing: what goes over', await axeOn(page));
	await shot(page, 'handover-post');
	await page.click('main form button');
	check((await page.innerText('main [role=status]')).includes('已留存'), `${how}: prepared`);
	const one = page.url().split('?')[0];
	if (leaves) {
		const gives = await visitor({ ...wide, javaScriptEnabled }, leaves);
		await gives.goto(one);
		check(!await axeOn(gives), 'axe finds nothing: a handover', await axeOn(gives));
		await shot(gives, 'handover');
		await gives.fill('#n-line', '1');
		await gives.fill('#n-text', '七月五日前一定报');
		await gives.click('button[value="note"]');
		check((await gives.innerText('main table')).includes('七月五日'), `${how}: a note at its line`);
		await gives.click('button[value="give"]');
		check((await gives.innerText('main [role=status]')).includes('移交人已确认'), `${how}: given`);
		await gives.context().close();
	}
	const takes = await visitor({ ...wide, javaScriptEnabled }, comes);
	await takes.goto(one);
	await takes.click(`button[value="${leaves ? 'take' : 'take-up'}"]`);
	check((await takes.innerText('main [role=status]')).includes(leaves ? '双方已确认' : '从缺位接手'), `${how}: taken`);
	await takes.emulateMedia({ media: 'print' });
	check(await takes.locator('.signs').isVisible() && !await takes.locator('.rail').isVisible(), `${how}: on paper it has lines to sign on`);
	await shot(takes, 'handover-print');
	await takes.context().close();
	await page.context().close();
}

// Both languages and themes; a phone.
const paths = ['/excuses', '/handovers', '/handovers/posts/G03?on=2022-06-30', '/handovers/posts/G03', '/org/posts/G03'];
for (const lang of ['en', 'zh'])
	for (const colorScheme of ['light', 'dark']) {
		const page = await visitor({ ...wide, colorScheme }, 'wu.xin');
		await page.goto(`${base}/settings?lang=${lang}`);
		for (const path of paths) {
			await page.goto(base + path);
			const found = await axeOn(page);
			check(!found, `axe finds nothing: ${path} ${lang} ${colorScheme}`, found);
			await shot(page, `${path.replace(/\W+/g, '-')}-${lang}-${colorScheme}`);
		}
		await page.context().close();
	}
{
	const page = await visitor({ viewport: { width: 390, height: 844 } }, 'wu.xin');
	for (const path of paths) {
		await page.goto(base + path);
		const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
		check(over <= 0, `phone: ${path} does not scroll sideways`, `${over} px too wide`);
		await shot(page, `${path.replace(/\W+/g, '-')}-phone`);
	}
	await page.context().close();
}
await end();
