/* Files that came with the program, compiled in by tools/embed. */
#ifndef OFFICE_SHIPPED_H
#define OFFICE_SHIPPED_H

#include <stddef.h>

struct shipped_file {
	const char *name;            /* china-2024.yaml; NULL at the end */
	size_t n;
	const unsigned char *bytes;  /* [n] */
};

extern const struct shipped_file shipped_calendars[];     /* calendars/ */

#endif
