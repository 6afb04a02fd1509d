/*
 * Functions that must not be called in this project, as compile errors.
 *
 * The build puts this file before every source of ours (gcc -include), so no file includes it itself.
 * A banned call becomes a call of an undeclared function whose name says what to use instead, and
 * -Werror=implicit-function-declaration refuses it. The headers that declare the real functions come
 * first, because the macros would break their declarations.
 */
#ifndef ZEREN_BASE_BANNED_H
#define ZEREN_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#define BANNED(func, instead) sorry_##func##_is_banned__use_##instead

/* no bound on what they write */
#undef strcpy
#define strcpy(...) BANNED(strcpy, struct_buf)
#undef strcat
#define strcat(...) BANNED(strcat, struct_buf)
#undef stpcpy
#define stpcpy(...) BANNED(stpcpy, struct_buf)
#undef sprintf
#define sprintf(...) BANNED(sprintf, snprintf_or_buf_printf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf, vsnprintf_or_buf_vprintf)
#undef gets
#define gets(...) BANNED(gets, fgets_or_getline)

/* may leave the end off, or pad megabytes with zeros */
#undef strncpy
#define strncpy(...) BANNED(strncpy, memcpy_or_struct_buf)
#undef strncat
#define strncat(...) BANNED(strncat, struct_buf)

/* hidden state: wrong as soon as two callers meet */
#undef strtok
#define strtok(...) BANNED(strtok, str_cut)
#undef localtime
#define localtime(...) BANNED(localtime, struct_date)
#undef gmtime
#define gmtime(...) BANNED(gmtime, gmtime_r)
#undef ctime
#define ctime(...) BANNED(ctime, struct_date)
#undef asctime
#define asctime(...) BANNED(asctime, struct_date)
#undef ctime_r
#define ctime_r(...) BANNED(ctime_r, struct_date)
#undef asctime_r
#define asctime_r(...) BANNED(asctime_r, struct_date)
#undef rand
#define rand(...) BANNED(rand, getrandom)
#undef tmpnam
#define tmpnam(...) BANNED(tmpnam, mkstemp)
#undef mktemp
#define mktemp(...) BANNED(mktemp, mkstemp)

/* no way to tell a number from rubbish */
#undef atoi
#define atoi(...) BANNED(atoi, strtol_with_checks)
#undef atol
#define atol(...) BANNED(atol, strtol_with_checks)
#undef atoll
#define atoll(...) BANNED(atoll, strtoll_with_checks)
#undef atof
#define atof(...) BANNED(atof, scaled_integers)

#endif
