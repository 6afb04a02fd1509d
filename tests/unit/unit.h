/*
 * What every unit test includes first: cmocka with the headers it needs, minus the macros that take names of
 * ours (fail_msg() stands in for fail).
 */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#undef fail
#undef skip

#endif
