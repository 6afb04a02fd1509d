/* The office's kinds of event: schemes, imports, records. Documented field by field in docs/events.md. */
#ifndef RECORD_KINDS_H
#define RECORD_KINDS_H

#include "log/event.h"

extern const struct event_kind office_kinds[];   /* schemes and imports; each table is ended by a kind without name */
extern const struct event_kind record_kinds[];   /* single records */

#endif
