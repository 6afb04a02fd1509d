#!/bin/bash
# An office that writes English: every word that the program adds to its report, registers and charts is English, in all
# formats, whatever language the reader's messages have; the files say that they are; what was written is known again.
# timeout: 300
source "$(dirname "$0")/kit.bash"
export ZEREN_DATA=$tmp/data

cat >"$tmp/org.json" <<'JSON'
{"year": 2022, "office": {"id": "U1", "name": "Harbour Trust", "short": "Trust"},
 "units": [{"id": "U1", "name": "Harbour Trust", "short": "Trust", "parent": ""}, {"id": "U2", "name": "Front office", "parent": "U1"}],
 "posts": [{"id": "P1", "name": "Director", "unit": "U1"}, {"id": "P2", "name": "Data protection officer", "unit": "U2"}],
 "holders": [], "portfolios": []}
JSON
python3 - schemes/data-protection.yaml >"$tmp/scheme.yaml" <<'PY'
import sys
text = open(sys.argv[1], encoding="utf-8").read()
paper = """  paper:
    form: red
    mark: "{office}"
    number: "DP〔{year}〕7号"
    signers: [Jane Doe, John Roe]
    addressee: "The Board"
    signature: ["{office}"]
    date: 2023-01-05
    copies: "The Regulator"
    issuer: "{office}"
    postscript: "Contact: Jane Doe"
    annexes:
      - {register: finding, title: Findings of the year}
      - {register: breach, title: Breaches of the year}
      - {chart: heat, title: Units and duties, landscape: yes}
"""
text = text.replace("  suggested:", paper + "  suggested:", 1)
text = text.replace("          own: 一（一）\n", """          own: 一（一）
          charts:
            - {chart: ageing, title: Open findings by age}
            - {chart: strip, title: The year of the findings, duty: DP-13}
""", 1)
text += """    - heading: Days
      points:
        - lead: The day
          say: "This is as of {on}."
"""
sys.stdout.write(text)
PY
"$zeren" init "$ZEREN_DATA" --org "$tmp/org.json" --scheme "$tmp/scheme.yaml" >"$tmp/init" 2>&1 || { cat "$tmp/init"; exit 1; }
for n in 1 2 3; do
	"$zeren" record add finding no=F$n what="Door $n" found_on=2022-0$n-03 unit="Front office" limit=2022-06-30 >"$tmp/add" 2>&1 ||
		cat "$tmp/add"
done

hanzi() {       # FILE: the lines of a text that hold a Hanzi or a Chinese mark, but for the number as the office wrote it
	sed 's/〔2022〕7号//; s/—//g' "$1" | grep -P '[\x{3000}-\x{303f}\x{3400}-\x{9fff}\x{ff00}-\x{ffef}]' | head -5
}
plain() {       # FILE: its words into $tmp/words
	case $1 in
	*.pdf) pdftotext -layout "$1" "$tmp/words" ;;
	*.docx) unzip -p "$1" word/document.xml word/footer*.xml | sed 's/<[^>]*>/\n/g' >"$tmp/words" ;;
	*.ofd) mkdir -p "$tmp/ofd" && unzip -qo "$1" -d "$tmp/ofd" && cat "$tmp"/ofd/Doc_0/Pages/*/Content.xml | sed 's/<[^>]*>/\n/g' >"$tmp/words" ;;
	*.html) sed '/<style>/,/<\/style>/d; s/<style>.*<\/style>//; s/<[^>]*>/\n/g' "$1" >"$tmp/words" ;;
	*) cp "$1" "$tmp/words" ;;
	esac
}

for lang in zh en; do
	ZEREN_LANG=$lang "$zeren" report --out "$tmp/$lang" >/dev/null 2>&1
	for f in docx pdf ofd html md txt; do
		plain "$tmp/$lang/report.$f"
		is "" "$(hanzi "$tmp/words")" "report.$f with --lang $lang: all is English"
	done
done
for f in docx pdf ofd html md txt; do
	cmp -s "$tmp/zh/report.$f" "$tmp/en/report.$f"
	case_is $? "report.$f is the same whatever the reader's messages are in"
done
# each of the words stands in the text
for words in '^1\. What was done' '^(1) Organisation' '^Figure 1  Open findings' '^1) The day. This is as of 31 December 2022.' \
	'Signed by: Jane Doe' '^The Board:$' '^Annex: 1. Findings of the year' '^2. Breaches' '^Annex 1$' '^No.	No.	' '^None$' \
	'^5 January 2023$' '^(Contact: Jane Doe)$' '^Copy to: The Regulator\.$' 'Issued __ ________ 2022\|Issued 5 January 2023' 'DP〔2022〕7号'; do
	grep -q "$words" "$tmp/zh/report.txt"
	case_is $? "the report says: $words"
done

# the files say that they are English
pdfinfo -meta "$tmp/zh/report.pdf" >"$tmp/meta" 2>/dev/null
qpdf --qdf --object-streams=disable "$tmp/zh/report.pdf" "$tmp/plain.pdf" 2>/dev/null
is 1 "$(grep -ac '/Lang (en)' "$tmp/plain.pdf")" "PDF: /Lang"
is 1 "$(grep -c '<html lang="en">' "$tmp/zh/report.html")" "HTML: lang"
unzip -p "$tmp/zh/report.docx" word/styles.xml | grep -q '<w:lang w:val="en"'
case_is $? "DOCX: w:lang"
unzip -p "$tmp/zh/report.docx" docProps/core.xml | grep -q '<dc:language>en<'
case_is $? "DOCX: its language"

# nothing of what was written is taken for somebody's
expect 0 out 'says what the log says' report adopt "$tmp/zh/report.docx" --lang en
run report adopt "$tmp/zh/report.docx" --json
json 'v["items"] == [] and v["figures"] == 0'

# registers taken along
for f in pdf docx html; do
	expect 0 out . export finding --format $f --out "$tmp/finding.$f"
	plain "$tmp/finding.$f"
	is "" "$(hanzi "$tmp/words")" "a register as $f: all is English"
done
is 1 "$(grep -c '<html lang="en">' "$tmp/finding.html")" "a register says its language"

# the report's page says that the text is English, whatever the page speaks
export ZEREN_PASSWORD_COST=low
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
cat >"$tmp/page.py" <<'PY'
import re, sys
sys.path.insert(0, sys.argv[3])
from site_of import Browser, Site, Tally, account
case = Tally()
account(sys.argv[1], sys.argv[2], "jane", "viewer")
site = Site(sys.argv[1], sys.argv[2])
jane = Browser(site)
jane.sign_in("jane")
page = jane.page("/report")[1]
article = re.search(r'<article class="text" lang="en">.*</article>', page, re.S)
case(article is not None and '<html lang="zh-CN"' in page, "a Chinese page with an English text", page[:200])
case(article and re.search(r'<h3 id="annex-3">Annex 3 Units and duties</h3>', article[0]), "with the chart of its annex")
case(article and not re.search("[\u3400-\u9fff]", "".join(re.findall(r"<svg.*?</svg>", article[0], re.S))), "charts in English")
site.stop()
sys.exit(case.end())
PY
python3 "$tmp/page.py" "$zeren" "$ZEREN_DATA" "$(dirname "$0")" >"$tmp/pages"
sed -n '/^\(not \)\?ok\|^#/p' "$tmp/pages"
passed=$((passed + $(grep -c '^ok' "$tmp/pages"))) failed=$((failed + $(grep -c '^not ok' "$tmp/pages")))
grep -q '^ok' "$tmp/pages" || failed=$((failed + 1))

# charts taken along speak their taker's language, and say which
ZEREN_LANG=en "$zeren" chart ageing --format pdf --out "$tmp/ages.pdf" >/dev/null
qpdf --qdf --object-streams=disable "$tmp/ages.pdf" "$tmp/plain.pdf" 2>/dev/null
is 1 "$(grep -ac '/Lang (en)' "$tmp/plain.pdf")" "a chart's PDF: /Lang"
plain "$tmp/ages.pdf"
is "" "$(hanzi "$tmp/words")" "a chart's PDF: all is English"
"$zeren" chart ageing --format pdf --out "$tmp/ages.pdf" >/dev/null
qpdf --qdf --object-streams=disable "$tmp/ages.pdf" "$tmp/plain.pdf" 2>/dev/null
is 1 "$(grep -ac '/Lang (zh-CN)' "$tmp/plain.pdf")" "the same in Chinese: /Lang"
finish
