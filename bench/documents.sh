#!/bin/bash
# One report of 22 pages with tables (tests/layout/long.py) as PDF, OFD, DOCX, HTML and Markdown in one command, beside
# LibreOffice (that DOCX to PDF), pandoc (that Markdown to DOCX) and the npm package docx (the same content): seconds
# and the most memory each holds. Each is a new process; LibreOffice has its profile already.
#     ./dev bench documents [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
zeren=${ZEREN:-$here/../build/zeren}
rounds=${1:-5}
driver=$(dirname "$zeren")/bench/bench_documents
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$here/../tests/layout/long.py" clean >"$work/report.json"
"$driver" -f pdf,ofd,laid,html,md -o "$work" "$work/report.json" | grep -o '"pages":[0-9]*'
name=$(basename "$(ls "$work"/*.docx)" .docx)
pairs=(
	'zeren, five formats' "$driver -f pdf,ofd,laid,html,md -o $work $work/report.json"
	'zeren, pdf' "$driver -f pdf -o $work $work/report.json"
	'zeren, ofd' "$driver -f ofd -o $work $work/report.json"
	'zeren, docx' "$driver -f laid -o $work $work/report.json"
	'zeren, docx without a layout' "$driver -f docx -o $work $work/report.json"
)
if command -v soffice >/dev/null; then
	lo="soffice -env:UserInstallation=file://$work/profile --headless --convert-to pdf --outdir $work/lo $work/$name.docx"
	$lo >/dev/null 2>&1
	pairs+=('LibreOffice, docx to pdf' "$lo")
fi
if command -v pandoc >/dev/null; then
	pairs+=('pandoc, md to docx' "pandoc -f gfm $work/$name.md -o $work/pandoc.docx")
fi
if command -v npm >/dev/null && cp -r "$here/docx_npm" "$work/npm" && (cd "$work/npm" && npm ci --silent >/dev/null 2>&1); then
	pairs+=('docx of npm, docx' "node $work/npm/write.cjs $work/report.json $work/npm.docx")
fi
python3 "$here/side.py" "$rounds" "${pairs[@]}"
