#!/bin/bash
# A form that is refused says so at the field, keeps what was typed, and says it to who does not see: accounts, the
# organisation, excuses, assessments. form_wrong.py.
source "$(dirname "$0")/kit.bash"
source "$(dirname "$0")/assess_site.bash"
export ZEREN_PASSWORD_COST=low
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
data=$tmp/data
assess_site "$data"
"$zeren" assess open --unit T01 --by G16 --data "$data" >/dev/null || exit 1
exec python3 "$(dirname "$0")/form_wrong.py" "$zeren" "$data"
