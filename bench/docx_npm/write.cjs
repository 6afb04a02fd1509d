// node write.cjs FILE.json OUT.docx: the same paragraphs, faces, sizes and tables as Zeren writes, by the docx package.
const fs = require('fs')
const docx = require('docx')
const doc = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))
const mm = v => Math.round(v * 1440 / 25.4)
const faces = { title: ['小标宋体', 44], h1: ['黑体', 32], h2: ['楷体_GB2312', 32], caption: ['黑体', 24], source: ['仿宋_GB2312', 21] }
const font = name => ({ ascii: name, hAnsi: name, eastAsia: name })
const run = (text, name, size) => new docx.TextRun({ text, font: font(name), size })

function paragraph(b) {
	const [name, size] = faces[b.kind] || ['仿宋_GB2312', 32]
	const middle = b.kind === 'title' || b.kind === 'caption'
	return new docx.Paragraph({
		alignment: middle ? docx.AlignmentType.CENTER : docx.AlignmentType.BOTH,
		indent: middle || b.kind === 'addressee' ? undefined : { firstLine: 640 },
		spacing: { line: 589, lineRule: 'exact' },
		heading: { h1: docx.HeadingLevel.HEADING_1, h2: docx.HeadingLevel.HEADING_2, h3: docx.HeadingLevel.HEADING_3 }[b.kind],
		children: [run(b.text || '', name, size)],
	})
}

function table(t) {
	const covered = new Set()
	const rows = t.rows.map((row, r) => new docx.TableRow({
		tableHeader: r < (t.nheads || 0),
		children: row.flatMap((cell, c) => {
			if (covered.has(`${r} ${c}`)) return []
			const { text = '', cols = 1, rows = 1 } = typeof cell === 'string' ? { text: cell } : cell
			for (let i = 0; i < rows; i++) for (let k = 0; k < cols; k++) covered.add(`${r + i} ${c + k}`)
			return [new docx.TableCell({
				columnSpan: cols, rowSpan: rows,
				children: [new docx.Paragraph({ children: [run(text, r < (t.nheads || 0) ? '黑体' : '仿宋_GB2312', 24)] })],
			})]
		}),
	}))
	return new docx.Table({ width: { size: 100, type: docx.WidthType.PERCENTAGE }, rows })
}

const number = align => new docx.Footer({ children: [new docx.Paragraph({ alignment: align,
	children: [new docx.TextRun({ children: ['— ', docx.PageNumber.CURRENT, ' —'], size: 28 })] })] })
const children = doc.blocks.map(b => b.table ? table(b.table) : paragraph(b))
for (const text of [...(doc.sign?.names || []), doc.sign?.date]) if (text) children.push(paragraph({ kind: 'sign', text }))
const file = new docx.Document({
	title: doc.title, creator: doc.author, evenAndOddHeaderAndFooters: true,
	sections: [{
		properties: { page: { size: { width: mm(210), height: mm(297) }, margin: { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26) } } },
		footers: { default: number(docx.AlignmentType.RIGHT), even: number(docx.AlignmentType.LEFT) },
		children,
	}],
})
docx.Packer.toBuffer(file).then(bytes => fs.writeFileSync(process.argv[3], bytes))
