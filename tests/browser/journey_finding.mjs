// A member inspects and records a finding; the unit makes measures and reports them done; another hand verifies and closes
// it with a number; who put it right is refused the verification. node journey_finding.mjs PROGRAM DATA [FOLDER for
// pictures]. Prints TAP and "N passed, N failed".
import { axeOn, base, browser, check, end, example as shots, visitor } from './site.mjs';

const wide = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 390, height: 844 } };
const text = page => page.innerText('main');

// Opens a step's form, fills it in, sends it.
async function step(page, move, fields, files) {
	const form = page.locator(`#do-${move}`);
	if (!await form.evaluate(x => x.open))
		await form.locator('summary').click();
	for (const [name, value] of Object.entries(fields)) {
		const input = form.locator(`[name="${name}"]`);
		if (await input.evaluate(x => x.tagName) === 'SELECT')
			await input.selectOption(value);
		else
			await input.fill(value);
	}
	if (files)
		await form.locator('[name=files]').setInputFiles(files);
	await form.locator('button').click();
}

async function picture(page, name) {
	if (shots)
		await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

let turn = 0;
for (const [javaScriptEnabled, how] of [[true, 'with scripts'], [false, 'without scripts']]) {
	turn++;
	const no = `W-${turn}`;
	const inspector = await visitor({ ...phone, javaScriptEnabled }, 'wang.li');

	// ---- on the spot, by phone ----
	await inspector.goto(`${base}/inspections`);
	await inspector.click(`main a:text-is("${turn === 1 ? 'D-1' : 'D-4'}")`);
	await step(inspector, 'hold', { day: '2022-03-10' });
	check((await text(inspector)).includes('已开展'), `it was held, ${how}`);
	await inspector.click('#i1 button[value=ok]');
	await inspector.waitForURL(/done=check#i1/);
	check(await inspector.locator('#i1 .t-met').count() > 0, `an item in order by one touch, ${how}`);
	await inspector.click('#i2 summary');
	await inspector.fill('#i2-what', `疏散通道堵塞，${how}`);
	await inspector.fill('[id="i2-no"]', no);
	await inspector.fill('[id="i2-cause"]', '无人巡查');
	await inspector.selectOption('[id="i2-level"]', '较重');
	await picture(inspector, `inspection-phone-${turn}`);
	await inspector.click('#i2 form.form button');
	check((await inspector.innerText('[role=status]')).includes('已列入问题整改'), `a problem makes a finding at once, ${how}`);
	check(!javaScriptEnabled || !await axeOn(inspector), `axe finds nothing: the checklist, ${how}`, javaScriptEnabled && await axeOn(inspector));
	await inspector.click('#i2 a[href^="/findings/"]');
	const finding = new URL(inspector.url()).pathname;
	await step(inspector, 'feedback', { day: '2022-03-12', no: `督〔2022〕${turn}号`, due: '2022-06-30' });
	check((await text(inspector)).includes('已反馈') && !await inspector.locator('#do-receipt').count(),
		`fed back; who did it does not sign the receipt, ${how}`);

	// ---- the unit ----
	const unit = await visitor({ ...wide, javaScriptEnabled }, 'shi.qiao');
	await unit.goto(base);
	await unit.click(`section[aria-labelledby=findings-wait] a:has-text("${no}")`);
	check(new URL(unit.url()).pathname === finding, `it waits on the desk of the unit, ${how}`);
	await step(unit, 'receipt', { day: '2022-03-13' });
	await step(unit, 'measure', { day: '2022-03-14', due: '2022-04-30', text: '清理通道，每周巡查' });
	await step(unit, 'plan', { day: '2022-03-15' });
	check((await text(unit)).includes('措施待审'), `measures are handed in, ${how}`);
	const reviewer = await visitor({ ...wide, javaScriptEnabled }, 'lin.zhu');
	await reviewer.goto(base + finding);
	await step(reviewer, 'approve', { day: '2022-03-16' });
	await unit.goto(base + finding);
	await step(unit, 'progress', { day: '2022-04-20', no: '1', progress: '100' });
	await step(unit, 'done', { day: '2022-04-21', text: '已清理' }, { name: '整改照.txt', mimeType: 'text/plain', buffer: Buffer.from(how) });
	check((await text(unit)).includes('申请销号') && await unit.locator('a:has-text("整改照.txt")').count() > 0, `put right, with evidence, ${how}`);
	check(!await unit.locator('#do-verify').count() && (await unit.innerText('.others')).includes('验收'),
		`who put it right is not offered the verification, and is told why, ${how}`);
	await picture(unit, `finding-unit-${turn}`);

	// ---- who put it right tries all the same: the verifier's form, sent from his session ----
	const verifier = await visitor({ ...wide, javaScriptEnabled }, 'fu.zhu');
	await verifier.goto(base + finding);
	const csrf = /name="csrf" value="([^"]*)"/.exec(await (await unit.request.get(`${base}/own`)).text())[1];
	const answer = await unit.request.post(base + finding, { headers: { Origin: base }, maxRedirects: 0,
		multipart: { csrf, do: 'verify', day: '2022-04-22', way: '实地', text: '属实' } });
	check(answer.status() === 403, `he is refused when he sends it all the same, ${how}`, answer.status());

	// ---- another hand ----
	await step(verifier, 'verify', { day: '2022-04-22', way: '实地', text: '' });
	check(await verifier.locator('[role=alert]').isVisible() && await verifier.locator('#do-verify').evaluate(x => x.open)
		&& await verifier.inputValue('#verify-way') === '实地', `without words it is not verified; what was typed stays, ${how}`);
	await step(verifier, 'verify', { text: '属实' });
	await step(verifier, 'close', { day: '2022-04-23', no: `销〔2022〕${turn}号`, due: '2022-10-01' });
	check((await text(verifier)).includes('已销号') && (await text(verifier)).includes(`销〔2022〕${turn}号`), `verified by another hand, closed with a number, ${how}`);
	await verifier.goto(`${base}/findings?state=closed`);
	check(await verifier.locator(`main a:text-is("${no}")`).count() > 0, `it stands among the closed ones, ${how}`);
	for (const page of [inspector, unit, reviewer, verifier])
		await page.context().close();
}

// Every page: axe in both languages and themes, a phone's width, by keyboard.
const finding = await (async () => {
	const page = await visitor(wide, 'wang.li');
	await page.goto(`${base}/findings`);
	const all = await page.locator('main a[href^="/findings/"]').evaluateAll(x => x.map(a => a.getAttribute('href')));
	await page.context().close();
	return all;
})();
const paths = ['/findings', '/findings?state=dropped', '/inspections', ...finding.slice(0, 5)];
for (const lang of ['zh', 'en'])
	for (const colorScheme of ['light', 'dark']) {
		const page = await visitor({ ...wide, colorScheme }, 'wang.li');
		await page.goto(`${base}/settings?lang=${lang}`);
		await page.goto(`${base}/inspections`);
		const inspections = await page.locator('main th a[href^="/inspections/"]').evaluateAll(x => x.map(a => a.getAttribute('href')));
		for (const path of [...paths, ...inspections]) {
			await page.setViewportSize(wide.viewport);
			await page.goto(base + path);
			await page.evaluate(() => document.querySelectorAll('main details').forEach(d => { d.open = true; }));
			const found = await axeOn(page);
			check(!found, `axe finds nothing: ${path} ${lang} ${colorScheme}`, found);
			await picture(page, `${path.replace(/\W+/g, '-').slice(1)}-${lang}-${colorScheme}`);
			if (lang === 'en')
				continue;
			await page.setViewportSize(phone.viewport);
			const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
			const wider = over > 0 && await page.evaluate(() => [...document.querySelectorAll('main *')].filter(e =>
				e.getBoundingClientRect().right > window.innerWidth && !e.closest('.scroll, .chart')).slice(-2).map(e => e.outerHTML.slice(0, 200)).join('\n# '));
			check(over <= 0, `${path} does not scroll sideways on a phone`, `${over} px too wide: ${wider}`);
			await picture(page, `${path.replace(/\W+/g, '-').slice(1)}-phone-${colorScheme}`);
		}
		await page.context().close();
	}
await end();
