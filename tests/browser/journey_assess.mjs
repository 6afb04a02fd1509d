// An assessment by four hands in a real Chromium, with and without scripts: node journey_assess.mjs PROGRAM DATA EXAMPLE.
// A scorer scores, a second person confirms, it is settled; the unit appeals, the panel upholds, the score changes.
import { axeOn, base, check, end, visitor } from './site.mjs';

const wide = { viewport: { width: 1280, height: 900 } };
const item = (page, id) => page.locator(`#i-${id} + tr`);

for (const [javaScriptEnabled, how, unit, filler] of [[true, 'with scripts', '石桥镇', 'shi.qiao'], [false, 'without scripts', '竹溪镇', 'zhu.xi']]) {
	const options = { ...wide, javaScriptEnabled };
	const [he, fu, own, panel] = await Promise.all([visitor(options, 'he.ping'), visitor(options, 'fu.he'), visitor(options, filler),
		visitor(options, 'zhong.cai')]);
	const said = page => page.innerText('[role=status]');
	const sheet = async page => {
		await page.goto(base);
		await page.click('nav a:has-text("考核") >> nth=0');
		await page.click(`main th a:has-text("${unit}")`);
	};
	const total = async page => (await page.innerText('.totals dd >> nth=0')).split(' ')[0];
	const score = async (page, points, text, word) => {
		await item(page, 'A2').locator(`summary:has-text("${word}")`).click();
		const form = item(page, 'A2').locator('details[open] form');
		await form.locator('[name=points]').fill(points);
		await form.locator('[name=text]').fill(text);
		await form.locator('button').click();
	};

	await sheet(he);
	await he.click('button:has-text("开始考核")');
	check((await said(he)).includes('考核已开始'), `the scorer opens it, ${how}`);
	await sheet(own);
	await score(own, '19', '材料齐全', '自评');
	check((await said(own)).includes('自评已登记'), `the unit scores itself, ${how}`);
	await sheet(he);
	const before = await total(he);
	await score(he, '16.5', '两份材料过薄', '评分');
	check((await said(he)).includes('第二人确认') && await total(he) === before, `a score awaits its second person, ${how}`);
	check(!javaScriptEnabled || !await axeOn(he), 'axe finds nothing: a score that waits', javaScriptEnabled && await axeOn(he));
	await sheet(fu);
	await item(fu, 'A2').locator('button:has-text("确认评分")').click();
	const scored = await total(fu);
	check((await said(fu)).includes('已确认') && scored !== before, `a second person confirms it, ${how}`);
	await sheet(he);
	await he.click('button:has-text("定分")');
	check((await said(he)).includes('已定分'), `it is settled, ${how}`);

	await sheet(own);
	check(await item(own, 'A2').locator('summary:has-text("自评")').count() === 0, `a settled sheet takes no score, ${how}`);
	await item(own, 'A2').locator('summary:has-text("申诉")').click();
	await item(own, 'A2').locator('details[open] [name=text]').fill('另有会议纪要两份');
	await item(own, 'A2').locator('details[open] button').click();
	check((await said(own)).includes('申诉已提出'), `the unit appeals, ${how}`);
	await panel.goto(`${base}/appeals`);
	await panel.locator('tr', { hasText: unit }).locator('th a').click();
	await panel.click('button[value="take-up"]');
	await panel.fill('#why', '纪要属实');
	check(!javaScriptEnabled || !await axeOn(panel), 'axe finds nothing: an appeal', javaScriptEnabled && await axeOn(panel));
	await panel.click('button[value="uphold"]');
	check((await said(panel)).includes('申诉成立'), `the panel upholds it, ${how}`);
	await panel.click('a:has-text("去该项目")');
	check(panel.url().includes('#i-A2'), `and finds the item, ${how}`);
	await sheet(he);
	await score(he, '19.5', '按申诉意见', '重新评分');
	await sheet(fu);
	await item(fu, 'A2').locator('button:has-text("确认评分")').click();
	check(await total(fu) !== scored, `the score changes, ${how}`, await total(fu));
	await sheet(he);
	await he.click('button:has-text("定分")');
	check((await said(he)).includes('已定分'), `and is settled again, ${how}`);
	if (javaScriptEnabled)
		for (const lang of ['zh', 'en'])
			for (const colorScheme of ['light', 'dark']) {
				const page = await visitor({ ...wide, colorScheme }, 'he.ping');
				await page.goto(`${base}/settings?lang=${lang}`);
				for (const path of ['/assess', '/assess/T01', '/assess/T03?on=2022-06-30', '/appeals', new URL(panel.url()).pathname]) {
					await page.goto(base + path);
					const found = await axeOn(page);
					check(!found, `axe finds nothing: ${path} ${lang} ${colorScheme}`, found);
					await page.setViewportSize({ width: 390, height: 844 });
					const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
					check(over <= 0, `${path} does not scroll sideways on a phone`, `${over} px too wide`);
					await page.setViewportSize(wide.viewport);
				}
				await page.context().close();
			}
	for (const page of [he, fu, own, panel])
		await page.context().close();
}
await end();
