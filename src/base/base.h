/* What every file may use: attributes, small macros, BUG. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LEN(a)      (sizeof(a) / sizeof((a)[0]))
#define MIN(a, b)   ((a) < (b) ? (a) : (b))
#define MAX(a, b)   ((a) > (b) ? (a) : (b))
#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define PRINTF(fmt_at, args_at) __attribute__((format(printf, fmt_at, args_at)))

/* Our own mistake, never the user's: prints where and aborts. Stays on in release builds. */
#define BUG(...)      bug_(__FILE__, __LINE__, __VA_ARGS__)
#define BUG_IF(cond)  ((cond) ? bug_(__FILE__, __LINE__, "%s", #cond) : (void)0)

__attribute__((noreturn)) void bug_(const char *file, int line, const char *fmt, ...) PRINTF(3, 4);

#endif
