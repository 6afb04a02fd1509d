#!/bin/bash
# timeout: 600
# Bad input: one clear error that names file and place, in both languages, the right exit status, nothing stored,
# bounded memory and time.
source "$(dirname "$0")/kit.bash"

data=$tmp/data bad=$tmp/bad
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" --lang en >/dev/null || exit 1
export ZEREN_DATA=$data
before=$(stored_in "$data")
limit_mb=300
[ $sanitised = no ] || limit_mb=600      # shadow memory, and freed memory held back

python3 - "$example" "$bad" <<'PY'
import json, os, pathlib, random, re, shutil, sys, zipfile, zlib
example, bad = map(pathlib.Path, sys.argv[1:])
meetings = (example / "01会议台账.xlsx").read_bytes()
adopted = (example / "05信息采用情况.csv").read_bytes().decode("gb18030").splitlines()
rng = random.Random(7)

def put(folder, name, content):
    path = bad / folder
    path.mkdir(parents=True, exist_ok=True)
    (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())

def xlsx(change):
    """The meetings' workbook with its parts passed through change(name, bytes)."""
    import io
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(meetings)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return out.getvalue()

def in_part(part, old, new):
    return lambda name, b: b.replace(old, new, 1) if name.endswith(part) else b

name = "01会议台账.xlsx"
put("cut", name, meetings[:len(meetings) // 2])
put("noise", name, b"PK\x03\x04" + rng.randbytes(5000))
put("text", name, "会议时间,会议类别\n")
put("empty_file", name, b"")
flipped = bytearray(meetings)
with zipfile.ZipFile(example / name) as z:
    info = z.getinfo("xl/worksheets/sheet1.xml")
    at = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
for i in range(at, at + 16):
    flipped[i] ^= 0x55
put("flipped", name, bytes(flipped))
put("doctype", name, xlsx(in_part("sheet1.xml", b"<worksheet", b'<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet')))
laughs = b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in range(ord("b"), ord("k"))) + b"]>"
put("laughs", name, xlsx(lambda n, b: re.sub(rb"<(worksheet|sst)", laughs + rb"<\1", b, count=1)
    if n.endswith(("sheet1.xml", "sharedStrings.xml")) else b))
put("broken_xml", name, xlsx(in_part("sheet1.xml", b"</sheetData>", b"</sheetDat>")))
put("no_sheet", name, xlsx(lambda n, b: b"" if n == "xl/workbook.xml" else b))

def bomb(row, mb):
    """A sheet that inflates to that size, made without holding it."""
    path = bad / "tmp.xlsx"
    with zipfile.ZipFile(example / name) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for info in old.infolist():
            if info.filename != "xl/worksheets/sheet1.xml":
                new.writestr(info.filename, old.read(info))
        with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as f:
            f.write(b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                b"<sheetData>")
            chunk = row * ((1 << 20) // len(row) + 1)
            for _ in range(mb):
                f.write(chunk)
            f.write(b"</sheetData></worksheet>")
    b = path.read_bytes()
    path.unlink()
    return b
bad.mkdir(parents=True, exist_ok=True)
blanks = bomb(b" " * 1024, 1100)
put("bomb_blank", name, blanks)
put("bomb_rows", name, bomb(b"<row><c t=\"inlineStr\"><is><t>" + b"x" * 900 + b"</t></is></c></row>", 700))
put("bomb_cell", name, xlsx(lambda n, b: re.sub(rb"<sheetData>", b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>' +
    b"y" * (40 << 20) + b"</t></is></c></row>", b, count=1) if n.endswith("sheet1.xml") else b))
# A directory that states another size than what comes out.
lying = bytearray(blanks)
at = lying.rfind(b"xl/worksheets/sheet1.xml") - 46
assert lying[at:at + 4] == b"PK\x01\x02"
lying[at + 24:at + 28] = (1000).to_bytes(4, "little")
put("bomb_lying", name, bytes(lying))

csv = "05信息采用情况.csv"
head, *rows = adopted
def as_csv(lines, encoding="utf-8"):
    return ("\n".join(lines) + "\n").encode(encoding)
put("utf16", csv, as_csv(adopted, "utf-16"))
put("bytes", csv, as_csv(adopted[:3]) + b"BS-1,\xff\xff\xff\xfe,x\n" + as_csv(adopted[3:]))
put("zeros", csv, as_csv(adopted[:3]) + b"\0\0\0,\0\n")
plain = [line for line in adopted if '"' not in line]
put("quote", csv, as_csv([*plain[:4], '"BS2022-001,没有右引号', *plain[4:]]))
put("unknown_column", csv, as_csv([line + "," + ("办公电话" if i == 0 else "1") for i, line in enumerate(adopted)]))
n = head.split(",").index("采用刊物")
put("missing_column", csv, as_csv([",".join(c for i, c in enumerate(line.split(",")) if i != n) for line in adopted]))
put("two_columns", csv, as_csv([line + "," + ("刊物" if i == 0 else "1") for i, line in enumerate(adopted)]))
d = head.split(",").index("采用日期")
wrong = [head, *rows[:5]]
cells = wrong[3].split(",")
cells[d] = "2022年2月30日"
wrong[3] = ",".join(cells)
put("no_such_day", csv, as_csv(wrong))
put("no_head", csv, "一,二,三\n1,2,3\n")
put("big_cell", csv, as_csv([head, rows[0] + "x" * 70000]))
put("wide", csv, as_csv([head + ",x" * 1100, rows[0]]))
line = as_csv([rows[0]])
(bad / "big_csv").mkdir()
with open(bad / "big_csv" / csv, "wb") as f:
    f.write(as_csv([head]))
    for _ in range(100):
        f.write(line * ((1 << 20) // len(line) + 1))
(bad / "big_xlsx").mkdir()
shutil.copy(example / name, bad / "big_xlsx" / name)
os.truncate(bad / "big_xlsx" / name, 100 << 20)
ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)
put("xls", "01会议台账.xls", ole)
put("xls_named_xlsx", name, ole)
(bad / "empty_folder").mkdir()
put("no_registers", "说明.txt", "没有台账\n")
put("big_proof", csv, (example / csv).read_bytes())
put("big_proof", name, meetings)
(bad / "big_proof" / "佐证").mkdir()
with zipfile.ZipFile(example / name) as z:
    shown = z.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in z.namelist() else z.read(
        "xl/worksheets/sheet1.xml").decode()
proof = next(p.name for p in sorted((example / "佐证").iterdir()) if p.name in shown)
with open(bad / "big_proof" / "佐证" / proof, "wb") as f:
    f.truncate(300 << 20)
# good ones beside a bad one
put("mixed", csv, (example / csv).read_bytes())
put("mixed", "02周例会月度汇总.csv", (example / "02周例会月度汇总.csv").read_bytes())
put("mixed", "10督查检查台账.xlsx", meetings[:3000])

# ---- schemes
scheme = (example / "scheme.yaml").read_text("utf-8")
def scheme_with(kind, old, new, encoding="utf-8"):
    assert old in scheme, (kind, old)
    put("scheme", kind + ".yaml", scheme.replace(old, new, 1).encode(encoding))
scheme_with("unknown_key", "\nrecords:\n", "\nrekords: {}\nrecords:\n")
scheme_with("alias", "  colour: [红, 橙, 黄, 蓝]", "  colour: *level")
scheme_with("anchor", "  colour: [红", "  colour: &a [红")
scheme_with("tag", "  colour: [红", "  colour: !!seq [红")
scheme_with("duplicate", "\nrecords:\n", "\ntitle: 又一个\nrecords:\n")
scheme_with("type", "      agenda:      text", "      agenda:      person")
scheme_with("about", "    about: meeting", "    about: message")
scheme_with("version", "zeren: 1", "zeren: 9")
scheme_with("indent", "    about: meeting", "     about: meeting\n    title: x")
scheme_with("gbk", "zeren: 1", "zeren: 1", "gb18030")
put("scheme", "large.yaml", scheme.encode() + b"#" * (1 << 20))
put("scheme", "deep.yaml", "a: " + "[" * 2000 + "]" * 2000 + "\n")
put("scheme", "nothing.yaml", b"")
put("scheme", "binary.yaml", meetings)

# ---- organisations
org = (example / "org.json").read_text("utf-8")
def org_with(kind, old, new):
    assert old in org, (kind, old)
    put("org/" + kind, "org.json", org.replace(old, new, 1))
org_with("syntax", '"units"', 'units')
org_with("cut", org[len(org) // 2:], "")
org_with("unknown_key", '"units"', '"untis"')
org_with("duplicate_key", '"units"', '"year": 2021, "units"')
org_with("day", re.search('"from": "[0-9-]{10}"', org)[0], '"from": "2022-02-30"')
org_with("number", '"year": 2022', '"year": 1e999')
put("org/utf16", "org.json", org.encode("utf-16"))
put("org/empty", "org.json", b"")
put("org/list", "org.json", b"[]")
put("org/deep", "org.json", b"[" * 100000)
put("org/large", "org.json", org.rstrip()[:-1] + " " * (20 << 20) + "}")
value = json.loads(org)
value["units"][1]["parent"] = "U99"
put("org/parent", "org.json", json.dumps(value, ensure_ascii=False, indent=1))
put("org/broken_xlsx", "org.xlsx", meetings[:2000])
put("org/other_xlsx", "org.xlsx", meetings)
PY
[ $? = 0 ] || { echo "the bad files could not be made"; exit 1; }

measured() {    # ARGS...: run, also sets mb: what the program and its children took at most, seconds
	read -r status mb seconds <<<"$(python3 - "$tmp/out" "$tmp/err" "$zeren" "$@" <<'PY'
import resource, subprocess, sys, time
start = time.monotonic()
with open(sys.argv[1], "wb") as out, open(sys.argv[2], "wb") as err:
    try:
        code = subprocess.run(sys.argv[3:], stdin=subprocess.DEVNULL, stdout=out, stderr=err, timeout=120).returncode
    except subprocess.TimeoutExpired:
        code = "timeout"
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, int(time.monotonic() - start))
PY
)"
}

bad() {         # NAME STATUS PATTERN ARGS...: in both languages; the pattern names file and place
	local name=$1 want=$2 pattern=$3 lang why now english=''
	shift 3
	for lang in en zh; do
		measured "$@" --lang $lang
		why=''
		[ "$status" = "$want" ] || why="status $status, not $want"
		[ "$(wc -l <"$tmp/err")" = 1 ] || why+=" $(wc -l <"$tmp/err") lines on stderr"
		grep -q '^zeren: ' "$tmp/err" || why+=" no message"
		grep -Eq -- "$pattern" "$tmp/err" || why+=" without $pattern"
		[ "$lang" = en ] && english=$(cat "$tmp/err")
		[ "$lang" = zh ] && [ "$english" = "$(cat "$tmp/err")" ] && why+=" not in Chinese"
		[ "$(wc -c <"$tmp/err")" -lt 1100 ] || why+=" too long"
		[ "$mb" -le $limit_mb ] || why+=" $mb MB"
		[ "$seconds" -lt 60 ] || why+=" $seconds s"
		[ -z "$(ls -A "$TMPDIR")" ] || { why+=" left something in TMPDIR"; rm -rf "${TMPDIR:?}"/*; }
		now=$(stored_in "$data")
		[ "$now" = "$before" ] || { why+=" stored something: $now, not $before"; before=$now; }
		[ -z "$why" ]
		case_is $? "$name, $lang ($mb MB, $seconds s)"
		[ -z "$why" ] || { echo "# $why"; shown; }
	done
}

# ---- registers: looking and accepting alike -----------------------------------------------------

looked() {      # FOLDER STATUS PATTERN
	bad "$1" "$2" "$3" import "$bad/$1"
	bad "$1, accepted" "$2" "$3" import "$bad/$1" --accept --partial
	bad "$1, tried" "$2" "$3" try "$bad/$1" --out "$tmp/out_of_try" --scheme "$example/scheme.yaml"
}
accepted() { bad "$1" "$2" "$3" import "$bad/$1" --accept --partial; }     # where one look takes seconds
for folder in "$bad"/*/; do
	cp "$example/org.json" "$folder" 2>/dev/null
done
sep='(: |：| )'      # in Chinese a place within the file follows with a blank
looked cut 3 "01会议台账\.xlsx$sep"
looked noise 3 "01会议台账\.xlsx$sep"
looked text 3 "01会议台账\.xlsx$sep"
looked empty_file 3 "01会议台账\.xlsx$sep"
looked flipped 3 "01会议台账\.xlsx$sep.*(sheet1\.xml|会议台账)"
looked doctype 3 "01会议台账\.xlsx$sep.*sheet1\.xml"
looked laughs 3 "01会议台账\.xlsx$sep.*(sharedStrings|sheet1)\.xml"
looked broken_xml 3 "01会议台账\.xlsx$sep.*sheet1\.xml.*[0-9]"
looked no_sheet 3 "01会议台账\.xlsx$sep"
accepted bomb_blank 3 "01会议台账\.xlsx$sep.*[0-9]"
accepted bomb_rows 3 "01会议台账\.xlsx$sep.*[0-9]"
accepted bomb_cell 3 "01会议台账\.xlsx$sep.*[0-9]"
accepted bomb_lying 3 "01会议台账\.xlsx$sep"
looked utf16 3 "05信息采用情况\.csv$sep"
looked bytes 3 "05信息采用情况\.csv$sep.*4"
looked zeros 3 "05信息采用情况\.csv$sep.*4"
looked quote 3 "05信息采用情况\.csv$sep.*5"
looked big_cell 3 "05信息采用情况\.csv$sep.*[0-9]"
looked wide 3 "05信息采用情况\.csv$sep.*[0-9]"
accepted big_csv 3 "05信息采用情况\.csv$sep.*[0-9]{8}"
accepted big_xlsx 3 "01会议台账\.xlsx$sep.*[0-9]{8}"
looked xls 3 "01会议台账\.xls$sep.*[xX][lL][sS]"
looked xls_named_xlsx 3 "01会议台账\.xlsx$sep"
looked mixed 3 "10督查检查台账\.xlsx$sep"
bad "empty folder" 3 "empty_folder$sep" import "$bad/empty_folder"
bad "a folder without registers" 3 "no_registers$sep" import "$bad/no_registers"
bad "no such folder" 4 "nowhere$sep" import "$bad/nowhere"
bad "no such file" 4 "nowhere\.xlsx$sep" import "$bad/nowhere.xlsx"
bad "a device" 3 'zero|null' import /dev/zero
run import "$bad/big_proof" --accept --partial --lang en
[ "$status" = 3 ] && [ "$(wc -l <"$tmp/err")" = 1 ] && grep -Eq '佐证/.*[0-9]{9}' "$tmp/err"
case_is $? "evidence too large"
is "${before%%,*}" "event $(size_of "$data")" "evidence too large: no event"
before=$(stored_in "$data")               # files that no event names may lie there

# ---- tables that are read but cannot be taken ---------------------------------------------------

untaken() {     # FOLDER STATUS PATTERN
	bad "$1" "$2" "05信息采用情况\.csv.*$3" import "$bad/$1" --accept
	run import "$bad/$1" --lang en
	[ "$status" = 1 ] && [ ! -s "$tmp/err" ] && grep -Eq "05信息采用情况\.csv.*$3" "$tmp/out"
	case_is $? "$1: a look shows the same, status 1"
	run try "$bad/$1" --scheme "$example/scheme.yaml" --out "$tmp/tried" --lang en
	[ "$status" = 1 ] && grep -Eq "05信息采用情况\.csv.*$3" "$tmp/out"
	case_is $? "$1: so does try"
	is "$before" "$(stored_in "$data")" "$1: nothing stored"
}
untaken unknown_column 3 '1.*[A-Z].*办公电话'
untaken missing_column 3 '1.*采用刊物'
untaken two_columns 3 '1.*采用刊物.*刊物'
untaken no_head 3 '30.*报送编号'
untaken no_such_day 5 '4.*采用日期.*2022年2月30日'

# ---- schemes ------------------------------------------------------------------------------------

scheme() {      # KIND STATUS PATTERN
	bad "scheme $1" "$2" "$1\.yaml$sep$3" scheme check "$bad/scheme/$1.yaml"
	bad "init with scheme $1" "$2" "$1\.yaml$sep$3" init "$tmp/made" --org "$example/org.json" --scheme "$bad/scheme/$1.yaml"
	[ ! -e "$tmp/made" ]
	case_is $? "scheme $1: no data directory is made"
}
line() { grep -n "$1" "$bad/scheme/$2.yaml" | head -n 1 | cut -d: -f1; }
scheme unknown_key 3 ".*$(line '^rekords' unknown_key).*1.*rekords.*records"
scheme alias 3 ".*$(line 'colour: \*' alias).*11"
scheme anchor 3 ".*$(line 'colour: &' anchor).*11"
scheme tag 3 ".*$(line 'colour: !' tag).*11"
scheme duplicate 3 ".*$(line '又一个' duplicate).*1.*title.*$(line '^title' duplicate)"
scheme type 3 ".*$(line 'agenda: *person' type).*20.*person"
scheme about 3 ".*$(line 'about: message' about).*12.*message"
scheme version 3 ".*$(line '^zeren' version).*8.*9"
scheme indent 3 ".*$(($(line '     about: meeting' indent) + 1))"
scheme gbk 3 '.*[0-9]'
scheme large 3 '.*1048576'
scheme deep 3 '.*1.*16'
scheme nothing 3 '.*1.*1'
scheme binary 3 '.*1'
sed '/{register: honour, title/s/{.*}/{chart: bars, title: 图}/' "$example/scheme.yaml" >"$bad/scheme/outline.yaml"       # found only when the outline is read
scheme outline 3 ".*$(line 'chart: bars' outline).*9"
bad "no such scheme" 4 'nowhere\.yaml' init "$tmp/made" --org "$example/org.json" --scheme "$bad/nowhere.yaml"
bad "try without a scheme" 4 'scheme\.yaml' try "$bad/cut" --out "$tmp/out_of_try"
bad "a scheme that is a folder" 3 'scheme' init "$tmp/made" --org "$example/org.json" --scheme "$bad/scheme"

# ---- organisations ------------------------------------------------------------------------------

org() {         # KIND STATUS PATTERN [FILE]
	local file=${4:-org.json}
	bad "organisation $1" "$2" "$file$sep$3" init "$tmp/made" --org "$bad/org/$1/$file" --scheme "$example/scheme.yaml"
	[ ! -e "$tmp/made" ]
	case_is $? "organisation $1: no data directory is made"
	cp "$example"/05* "$bad/org/$1/"
	bad "try with organisation $1" "$2" "$file$sep$3" try "$bad/org/$1" --out "$tmp/out_of_try" --scheme "$example/scheme.yaml"
}
org syntax 3 '.*[0-9]'
org cut 3 '.*[0-9]'
org unknown_key 3 '.*units'
org duplicate_key 3 '.*year'
org day 3 '.*2022-02-30'
org number 3 '.*[0-9]'
org utf16 3 ''
org empty 3 ''
org list 3 ''
org deep 3 ''
org large 3 '.*[0-9]{8}'
org parent 3 '.*U99'
org broken_xlsx 3 '' org.xlsx
org other_xlsx 3 '.*单位' org.xlsx
[ ! -e "$tmp/out_of_try" ]
case_is $? "no try has written anything"

# ---- --json, and a data directory that is not whole ----------------------------------------------

run import "$bad/cut" --json --lang en
is 3 $status "--json: the status is the same"
[ ! -s "$tmp/err" ]
case_is $? "--json: nothing on stderr"
json 'set(v) == {"error"} and v["error"]["code"] == "input" and "01会议台账.xlsx" in v["error"]["text"]'
run import "$bad/big_csv" --json --lang en
json 'v["error"]["code"] == "limit"'
bad "no data directory" 4 'nowhere' import "$example" --data "$tmp/nowhere"
cp -r "$data" "$tmp/hurt"
digest=$(sha256sum <"$example/scheme.yaml" | cut -d' ' -f1)
hurt=$tmp/hurt/objects/${digest:0:2}/${digest:2}
chmod u+w "$hurt"
echo '# more' >>"$hurt"
bad "the scheme in force was changed" 7 "$(basename "$hurt")" import "$example" --data "$tmp/hurt"
rm -f "$hurt"
bad "the scheme in force is gone" 7 "$(basename "$hurt")" import "$example" --data "$tmp/hurt"
expect 0 out '完好' verify --deep --lang zh
finish
