// Members judged one by one, by keys alone, without scripts and on a phone, in a real Chromium: node journey_each.mjs PROGRAM
// DATA EXAMPLE. A scorer gives points in rows, a second person confirms one row, then the rest.
import { axeOn, base, check, end, visitor } from './site.mjs';

const phone = { viewport: { width: 390, height: 800 } }, wide = { viewport: { width: 1280, height: 900 } };
const rows = page => page.locator('#i-M1 + tr .things');
const got = async page => (await page.innerText('#i-M1 td.n >> nth=2')).split(' ')[0];
const sheet = page => page.goto(`${base}/assess/U01`);
const said = page => page.innerText('[role=status]');
const shot = async (page, name) => process.env.SHOTS && page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });

const he = await visitor(wide, 'he.ping');
await sheet(he);
await he.click('button:has-text("开始考核")');

// By keys: open the rows, go from field to field, send with Enter.
await rows(he).locator('summary').focus();
await he.keyboard.press('Enter');
check(await rows(he).locator('tbody tr').count() === 3, 'a row for each member');
await rows(he).locator('[name="p.G01"]').focus();
await he.keyboard.type('18');
await he.keyboard.press('Tab');
await he.keyboard.type('述职迟交');
await he.keyboard.press('Tab');
await he.keyboard.type('20');
check(await he.evaluate(() => document.activeElement.name) === 'p.G02', 'the next row is one key away');
await shot(he, 'rows-wide');
const wrong = await axeOn(he);
check(!wrong, 'axe finds nothing: rows', wrong);
await he.keyboard.press('Enter');
await he.waitForSelector('[role=status]:has-text("评分已记录")');
check((await said(he)).includes('评分已记录') && await got(he) === '20', 'two rows are recorded by Enter and wait', await he.innerText('main'));

// A second person without scripts, on a phone.
const fu = await visitor({ ...phone, javaScriptEnabled: false }, 'fu.he');
await sheet(fu);
await shot(fu, 'rows-phone');
check(await rows(fu).locator('details[open], [open]').count() >= 0 && await rows(fu).getAttribute('open') !== null, 'what waits for him stands open');
const box = await rows(fu).locator('[name="w.G01"]').boundingBox();
check(box.x >= 0 && box.x + box.width <= 390, 'a field of a row fits the phone', JSON.stringify(box));
await rows(fu).locator('.waits button >> nth=0').click();
check((await said(fu)).includes('已确认') && await got(fu) === '19.333', 'one row is confirmed and counts', await got(fu));
await rows(fu).locator('button:has-text("全部确认")').click();
check((await said(fu)).includes('已确认') && await rows(fu).locator('.waits').count() === 0, 'and the rest', await said(fu));
end();
