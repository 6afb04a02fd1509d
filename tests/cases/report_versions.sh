#!/bin/bash
# Versions of the report: approved by another hand, sent, withdrawn; written again byte for byte; compared with now and with last
# year's; the preview and the paper as pages. report_versions.py.
# timeout: 400
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
data=$tmp/data
python3 - "$example/scheme.yaml" >"$tmp/scheme.yaml" <<'PY'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
text = re.sub(r"(?m)^  paper:\n(?:    .*\n)*", "", text)
block = '''  paper:
    form: red
    mark: "{office}文件"
    number: "青委办〔{year}〕{no}号"
    addressee: 区委
    signature: ["{office}"]
    issuer: "{office}"
    limit: 12000
'''
sys.stdout.write(text.replace("  suggested:", block + "  suggested:", 1))
PY
"$zeren" init "$data" --org "$example/org.json" --scheme "$tmp/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
"$zeren" narrative import "$example/narrative.md" --data "$data" >/dev/null
exec python3 "$(dirname "$0")/report_versions.py" "$zeren" "$data" "$tmp"
