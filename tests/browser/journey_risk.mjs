// A risk from a review that is overdue to a warning that is lifted, in a real Chromium, with and without scripts:
// node journey_risk.mjs PROGRAM DATA EXAMPLE. Prints TAP and "N passed, N failed".
import { axeOn, base, check, end, visitor } from './site.mjs';

const wide = { viewport: { width: 1280, height: 900 } };
const ways = [[true, 'with scripts', 'FX-02', '2022-07'], [false, 'without scripts', 'FX-07', '2022-10']];

for (const [javaScriptEnabled, how, no, month] of ways) {
	const day = n => `${month}-${n}`;
	const owner = await visitor({ ...wide, javaScriptEnabled }, no === 'FX-02' ? 'zhao' : 'sun');
	const main = async page => (await page.innerText('main')).replace(/\s+/g, ' ');

	// the desk says what waits; the risk is at the top of the register
	await owner.goto(`${base}/?on=${day('05')}`);
	await owner.click('main a:has-text("待研判的风险")');
	await owner.locator('table.register tbody tr').first().locator('th a').waitFor();
	check((await owner.innerText('table.register tbody')).includes('逾期'), `overdue reviews stand in the register, ${how}`);
	await owner.click(`table.register tr:has-text("${no}") th a`);
	check((await main(owner)).includes('风险研判逾期'), `the risk names its warning, ${how}`, await main(owner));

	// its warning is answered
	await owner.click('section[aria-labelledby="its-warnings"] a');
	await owner.fill('#a-text', '本周内完成研判');
	await owner.click('button:has-text("登记答复")');
	check((await main(owner)).includes('答复已登记'), `the warning is answered, ${how}`);
	check(!await owner.locator('button:has-text("解除预警")').count(), `and not lifted by the same hand, ${how}`);
	const warning = owner.url().replace(/[?&]done=\w+/, '');

	// reviewed
	await owner.click('dl.facts a');
	await owner.click('#do-review summary');
	await owner.fill('#review-day', day('05'));
	await owner.fill('#review-text', '本季度研判：风险上升');
	await owner.click('#do-review button');
	check((await main(owner)).includes('研判已登记'), `it is reviewed, ${how}`, await main(owner));

	// re-rated: the matrix shows the level first
	await owner.click('#rate svg a[aria-label^="高 × 严重"]');
	check((await owner.innerText('form.preview')).includes('重大'), `a cell of the matrix shows the level before it is sent, ${how}`);
	check(!(await main(owner)).includes('评定（'), 'and records nothing');
	await owner.selectOption('#likelihood', '中');
	await owner.click('button:has-text("看等级")');
	check((await owner.innerText('form.preview')).includes('中×严重'), `so do the two lists, ${how}`, await main(owner));
	await owner.selectOption('#likelihood', '高');
	await owner.click('button:has-text("看等级")');
	await owner.fill('#rate-day', day('05'));
	if (javaScriptEnabled)
		check(!await axeOn(owner), 'axe finds nothing on the preview', await axeOn(owner));
	await owner.click('button:has-text("登记评定")');
	check((await main(owner)).includes('已评定') && (await owner.innerText('.lead-in')).includes('重大'), `it is re-rated, ${how}`, await main(owner));

	// another hand lifts the warning, as of a day on which it stood
	const other = await visitor({ ...wide, javaScriptEnabled }, 'du');
	const before = warning.replace(/on=[\d-]+/, `on=${day('04')}`);
	await other.goto(before);
	await other.fill('#l-text', '已核实');
	await other.click('button:has-text("解除预警")');
	check((await main(other)).includes('预警已解除'), `another hand lifts it, ${how}`, await main(other));
	await other.goto(`${base}/warnings?on=${day('04')}&rule=review`);
	check(!(await main(other)).includes(no), `it left the list, ${how}`);
	await owner.context().close();
	await other.context().close();
}

// axe, phone
for (const colorScheme of ['light', 'dark'])
	for (const lang of ['zh', 'en']) {
		const page = await visitor({ ...wide, colorScheme }, 'zhao');
		await page.goto(`${base}/settings?lang=${lang}`);
		for (const path of ['/risks?on=2022-07-04', '/risks?on=2022-07-04&state=all', '/risks/FX-03?on=2022-07-04&likelihood=高&impact=一般',
			'/warnings?on=2022-07-04', '/warnings/backtest?from=2022', '/warnings?on=2022-07-04&rule=over']) {
			await page.goto(base + path);
			const found = await axeOn(page);
			check(!found, `axe finds nothing: ${path} ${lang} ${colorScheme}`, found);
			await page.setViewportSize({ width: 390, height: 844 });
			const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
			check(over <= 0, `${path} does not scroll sideways on a phone`, `${over} px too wide`);
			await page.setViewportSize(wide.viewport);
		}
		await page.goto(`${base}/warnings?on=2022-07-04`);
		await page.locator('table.register tbody th a').first().click();
		await page.waitForURL('**/warnings/**');
		const found = await axeOn(page);
		check(!found, `axe finds nothing: a warning ${lang} ${colorScheme}`, found);
		await page.context().close();
	}
await end();
