// A duty changed by form in a real Chromium: node journey_scheme.mjs PROGRAM DATA EXAMPLE; shen.he reviews, kan.ke looks.
// Prints TAP and "N passed, N failed".
import { axeOn, base, check, end, visitor } from './site.mjs';

const wide = { viewport: { width: 1280, height: 900 } };
const slots = page => page.locator('main table tbody th').allInnerTexts();

async function clean(page, name) {
	const found = await axeOn(page);
	check(!found, `axe finds nothing: ${name}`, found);
}

// Half a year becomes a quarter from 1 July with scripts, a quarter becomes a month from 1 October without.
for (const [javaScriptEnabled, how, duty, owner, was, is, said, from, kept, more] of [
	[true, 'with scripts', 'A01', '主任', 'half', 'quarter', '半年 → 季度', '2022-07-01', ['上半年'], ['3季度', '4季度']],
	[false, 'without scripts', 'A10', '副主任（文稿综合）', 'quarter', 'month', '季度 → 月', '2022-10-01', ['1季度', '2季度', '3季度'], ['10月', '11月', '12月']]]) {
	const page = await visitor({ ...wide, javaScriptEnabled }, 'shen.he');

	await page.goto(base);
	await page.click('a[href="/scheme"]');
	await page.click(`a[href="/scheme/duties/${duty}"]`);
	check(await page.inputValue('[id="k-need.each"]') === was, `the form says how often, ${how}`);

	await page.fill('[id="k-points"]', '六分');
	await page.click('form.stack button');
	check((await page.innerText('[id="k-points-h"]')).includes('points') && await page.inputValue('[id="k-points"]') === '六分',
		`a wrong value comes back beside its field, ${how}`, await page.innerText('main'));
	check(/第\d+行/.test(await page.innerText('[id="k-points-h"]')), `with line and column, ${how}`);
	if (javaScriptEnabled)
		await clean(page, 'a form with a wrong value');
	await page.fill('[id="k-points"]', '6');
	await page.selectOption('[id="k-need.each"]', is);
	await page.fill('[id="k-cadence"]', `改为${is}`);
	await page.click('form.stack button');

	const effect = await page.innerText('main');
	check(effect.includes('need.each') && effect.includes(said), `the effect shows the keys, ${how}`, effect);
	const row = page.locator('main table tbody tr', { hasText: owner });
	check(/\+\d/.test(await row.innerText()), `and who gains how much work, ${how}`, effect);
	if (javaScriptEnabled)
		await clean(page, 'the effect of a change');
	await page.fill('#from', from);
	await page.click('main form button');
	check((await page.innerText('[role=status]')).includes('已采用'), `it is adopted, ${how}`, await page.innerText('main'));
	check((await page.innerText('main')).includes(from), `with its first day, ${how}`);
	if (javaScriptEnabled)
		await clean(page, 'a version');

	await page.goto(`${base}/duties/${duty}`);
	const list = (await slots(page)).join(' ');
	check(more.every(x => list.includes(x)), `the duty has its new slots, ${how}`, list);
	check(kept.every(x => list.includes(x)), `and the past keeps its old ones, ${how}`, list);
	check(!list.includes(javaScriptEnabled ? '1季度' : '4季度'), `neither of them twice, ${how}`, list);
	await page.goto(`${base}/scheme?on=2022-03-01`);
	check((await page.innerText('main .note')).includes('不在有效期内'),
		`on a day before, the older version is shown, ${how}`);
	await page.context().close();
}

// Who may not change it reads it.
{
	const page = await visitor(wide, 'kan.ke');

	await page.goto(`${base}/scheme`);
	check(await page.locator('main table tbody tr').count() > 26, 'a viewer reads the scheme');
	check(!await page.locator('a[href^="/scheme/duties/"], form[method="post"][action="/scheme"]').count(), 'and is offered no change');
	await page.goto(`${base}/scheme/duties/A01`);
	check((await page.innerText('main')).includes('权限') || !await page.locator('form.stack').count(), 'nor gets the form by its address');
	await page.context().close();
}
await end();
