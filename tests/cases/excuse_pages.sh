#!/bin/bash
# timeout: 400
# Excuses and handovers by the pages of a real server: excuse_pages.py.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
# AddressSanitizer's allocator may be locked by another thread at the fork, and the child waits for it for ever.
[ $sanitised = no ] || export ZEREN_NO_FORK=1
source "$(dirname "$0")/handover_office.bash"
exec python3 "$(dirname "$0")/excuse_pages.py" "$zeren" "$data"
