/* An OFD package and its XML, for ofd_read. */
#ifndef OFD_PART_H
#define OFD_PART_H

#include <cairo.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern int complaints; /* how often something could not be read or found */
#define COMPLAIN(...) (complaints++, fprintf(stderr, __VA_ARGS__), fputc('\n', stderr))

struct xml {
	char *name, *text;
	char **attrs; /* name, value, …, NULL */
	struct xml *first, *last, *next, *up;
};

void *must(void *p); /* p, or the end: no memory */
bool package_open(const char *path);
char *part(const char *name, size_t *n); /* bytes of a part; NULL and a complaint where it is absent */
struct xml *part_xml(const char *name); /* names without prefix; NULL likewise */
char *beside(const char *in, const char *loc); /* loc as it stands in the part `in` */
const char *attr(const struct xml *n, const char *name); /* NULL: absent, as n may be */
double attr_num(const struct xml *n, const char *name, double otherwise);
struct xml *child(const struct xml *n, const char *name); /* the first of that name; n may be NULL */

/* A page's ink beside that of a picture PREFIX-N.pgm, whatever the digits of N; says what differs. */
bool ink_compare(cairo_surface_t *s, const char *prefix, int page);

#endif
