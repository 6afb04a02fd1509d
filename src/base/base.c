#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void bug_(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "zeren: BUG at %s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}
