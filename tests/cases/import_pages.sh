#!/bin/bash
# timeout: 400
# Registers imported by the pages of a real server, and withdrawn again: import_pages.py.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
# AddressSanitizer's allocator may be locked by another thread at the fork, and the child waits for it for ever.
[ $sanitised = no ] || export ZEREN_NO_FORK=1
data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
exec python3 "$(dirname "$0")/import_pages.py" "$zeren" "$data" "$example"
