#include "ofd_part.h"

#include <expat.h>
#include <zip.h>

int complaints;

/* ---- XML into a tree */

void *must(void *p)
{
	if (!p) {
		fputs("no memory\n", stderr);
		exit(2);
	}
	return p;
}

static char *copy(const char *s)
{
	return must(strdup(s));
}

static const char *local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

static void on_start(void *data, const char *name, const char **attrs)
{
	struct xml **at = data, *n = must(calloc(1, sizeof *n));
	size_t k = 0;

	n->name = copy(local(name));
	n->text = copy("");
	while (attrs[k])
		k++;
	n->attrs = must(calloc(k + 1, sizeof *n->attrs));
	for (size_t i = 0; i < k; i++)
		n->attrs[i] = copy(i % 2 ? attrs[i] : local(attrs[i]));
	n->up = *at;
	if (*at && (*at)->last)
		(*at)->last->next = n;
	else if (*at)
		(*at)->first = n;
	if (*at)
		(*at)->last = n;
	*at = n;
}

static void on_end(void *data, const char *name)
{
	struct xml **at = data;

	(void)name;
	if ((*at)->up)
		*at = (*at)->up;
}

static void on_text(void *data, const char *s, int n)
{
	struct xml *at = *(struct xml **)data;
	size_t had = strlen(at->text);

	at->text = must(realloc(at->text, had + (size_t)n + 1));
	memcpy(at->text + had, s, (size_t)n);
	at->text[had + (size_t)n] = 0;
}

const char *attr(const struct xml *n, const char *name)
{
	for (size_t i = 0; n && n->attrs[i]; i += 2)
		if (!strcmp(n->attrs[i], name))
			return n->attrs[i + 1];
	return NULL;
}

double attr_num(const struct xml *n, const char *name, double otherwise)
{
	const char *v = attr(n, name);

	return v ? strtod(v, NULL) : otherwise;
}

struct xml *child(const struct xml *n, const char *name)
{
	for (struct xml *c = n ? n->first : NULL; c; c = c->next)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

/* ---- the package */

static zip_t *package;

bool package_open(const char *path)
{
	int e;

	package = zip_open(path, ZIP_RDONLY, &e);
	return package != NULL;
}

char *part(const char *name, size_t *n)
{
	zip_stat_t st;
	zip_file_t *f = zip_stat(package, name, 0, &st) ? NULL : zip_fopen(package, name, 0);

	if (!f) {
		COMPLAIN("%s is not in the package", name);
		return NULL;
	}
	char *bytes = must(malloc(st.size + 1));

	*n = (size_t)st.size;
	if (zip_fread(f, bytes, st.size) != (zip_int64_t)st.size)
		COMPLAIN("%s can't be read", name);
	zip_fclose(f);
	return bytes;
}

struct xml *part_xml(const char *name)
{
	size_t n;
	char *bytes = part(name, &n);
	struct xml *at = NULL;

	if (!bytes)
		return NULL;
	XML_Parser p = XML_ParserCreate(NULL);

	XML_SetUserData(p, &at);
	XML_SetElementHandler(p, on_start, on_end);
	XML_SetCharacterDataHandler(p, on_text);
	if (XML_Parse(p, bytes, (int)n, 1) != XML_STATUS_OK)
		COMPLAIN("%s: %s", name, XML_ErrorString(XML_GetErrorCode(p)));
	XML_ParserFree(p);
	free(bytes);
	return at;
}

/* loc as it stands in the part at `in`: from the root with /, else beside that part. */
char *beside(const char *in, const char *loc)
{
	const char *slash = strrchr(in, '/');
	size_t folder = loc[0] == '/' || !slash ? 0 : (size_t)(slash - in) + 1;
	char *out = must(malloc(folder + strlen(loc) + 2));

	memcpy(out, in, folder);
	strcpy(out + folder, loc[0] == '/' ? loc + 1 : loc);
	return out;
}
