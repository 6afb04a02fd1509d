#!/bin/bash
# The pages of zeren serve, asked for over HTTP: who is let in, what each page holds, the way from a number to the file.
source "$(dirname "$0")/kit.bash"

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
printf '第一段。\n\n全年采用九百条。<b>\n' | "$zeren" narrative write 一（二） --data "$data" >/dev/null || exit 1
expect 3 err '0\.0\.0\.0:80: .*127\.0\.0\.1' serve --data "$data" --listen 0.0.0.0:80 --lang en
expect 4 err 'no-such' serve --data "$tmp/no-such" --lang en
exec python3 "$(dirname "$0")/serve_pages.py" "$zeren" "$data" "$passed" "$failed"
