#!/bin/bash
# Findings and inspections on pages: a checklist, forms of steps, refusals, who sees what; finding_pages.py.
source "$(dirname "$0")/kit.bash"
source "$(dirname "$0")/finding_site.bash"
exec python3 "$(dirname "$0")/finding_pages.py" "$zeren" "$data"
