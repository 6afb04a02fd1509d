#!/bin/bash
# Numbers on paper open their records: the address of report.paper, links of PDF, DOCX and OFD, followed to the pages that are
# served. report_links.py.
# timeout: 300
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en ZEREN_DATA=$tmp/data ZEREN_PASSWORD_COST=low
"$zeren" init "$ZEREN_DATA" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --accept --partial >/dev/null
"$zeren" narrative import "$example/narrative.md" >/dev/null
"$zeren" report --out "$tmp/plain" >/dev/null

# ---- what is an address ----
refused() {     # ADDRESS PATTERN
	expect 3 err "$2" report paper address "$1"
}
for wrong in zeren.example.gov.cn ftp://zeren.example.gov.cn https:// 'https://zeren.example.gov.cn/pages' 'https://a b' \
	'https://a.cn?x=1' 'https://a.cn#x' 'https://user@a.cn' 'https://a.cn:0' 'https://a.cn:65536' 'https://a.cn:' 'https://责任.cn' \
	"https://a.cn'" 'https://[::1' 'https://a..cn' javascript:1 '{office}'; do
	refused "$wrong" 'address: expected https:// or http:// and a server, such as https://zeren.example.gov.cn'
done
refused "https://$(printf 'a%.0s' {1..220}).cn" 'address: at most 200 bytes'
expect 0 out '0 values' report paper address -
ZEREN_LANG=zh expect 3 err 'address（本系统网址）：应为 https://' report paper address zeren
for right in https://zeren.example.gov.cn http://10.0.0.8:8443 'https://[2001:db8::1]:443' http://localhost; do
	expect 0 out '1 values' report paper address "$right"
done
expect 0 out '1 values' report paper address https://zeren.example.gov.cn/
run report paper --json
json '[x["value"] for x in v if x["field"] == "address"] == ["https://zeren.example.gov.cn"]'
expect 0 out '0 values' report paper address https://zeren.example.gov.cn

bad() {         # ADDRESS PATTERN: in a scheme
	sed "s|^  paper:|  paper:\n    address: $1|" "$example/scheme.yaml" >"$tmp/scheme.yaml"
	expect 3 err "scheme.yaml.*line [0-9]+, column [0-9]+: address: $2" scheme check "$tmp/scheme.yaml"
}
bad zeren.example.gov.cn 'expected https'
bad "https://$(printf 'a%.0s' {1..220}).cn" 'at most 200 bytes'
bad '[https://a.cn]' 'expected such as'

# ---- a document that was edited knows its numbers, links or not ----
"$zeren" report --out "$tmp/linked" >/dev/null
expect 0 out 'says what the log says' report adopt "$tmp/linked/report.docx"
expect 0 out 'says what the log says' report adopt "$tmp/plain/report.docx"
python3 - "$tmp/linked/report.docx" "$tmp/edited.docx" <<'PY'
import re, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as had, zipfile.ZipFile(sys.argv[2], "w") as out:
    for name in had.namelist():
        part = had.read(name).decode() if name == "word/document.xml" else had.read(name)
        if name == "word/document.xml":
            changed = re.sub(r'(<w:hyperlink[^>]*><w:r>.*?>)12(</w:t></w:r></w:hyperlink>)', r"\g<1>13\2", part, count=1)
            assert changed != part
            part = changed.encode()
        out.writestr(name, part)
PY
expect 1 out '13' report adopt "$tmp/edited.docx"
grep -q '12' "$tmp/out"
case_is $? "a number that was changed inside its link is told with the records' one"

# ---- redacted: none; taken back: as before ----
"$zeren" report --redact --out "$tmp/hidden" >/dev/null
! unzip -p "$tmp/hidden/report.docx" word/_rels/document.xml.rels | grep -q example && ! unzip -p "$tmp/hidden/report.ofd" '*.xml' | grep -q 'ofd:URI' &&
	! qpdf --qdf --object-streams=disable "$tmp/hidden/report.pdf" - | grep -aq '/URI' && ! grep -rq example.gov "$tmp/hidden"
case_is $? "redacted files lead nowhere"
"$zeren" report --out "$tmp/linked2" >/dev/null
diff -r "$tmp/linked" "$tmp/linked2"
case_is $? "the same files again, byte for byte"
for f in html md txt redacted.md; do
	cmp -s "$tmp/plain/report.$f" "$tmp/linked/report.$f"
	case_is $? "report.$f has nothing of it"
done
expect 0 out '1 values' report paper address -
"$zeren" report --out "$tmp/back" >/dev/null
diff -r "$tmp/plain" "$tmp/back"
case_is $? "without an address all files are as they were"

exec python3 "$(dirname "$0")/report_links.py" "$zeren" "$ZEREN_DATA" "$tmp" "$passed" "$failed"
