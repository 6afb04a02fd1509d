#!/bin/bash
# Records by hand on pages: entered with a file, corrected, withdrawn, restored; entry_pages.py.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
exec python3 "$(dirname "$0")/entry_pages.py" "$zeren" "$data"
