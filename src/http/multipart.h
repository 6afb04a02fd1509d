/* Uploads: multipart/form-data (RFC 7578), as browsers write it, over a body in memory or in a file. The content of a
 * file stays where it is and is named by its place, so an upload of any size costs a window of memory. */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "http/form.h"
#include "http/http.h"

enum { MULTIPART_PARTS = 200, MULTIPART_HEADER = 4096, MULTIPART_NAME = 255 };

struct multipart_file {
	struct str field;           /* name of the field */
	struct str name;            /* of the file: UTF-8, 1 to MULTIPART_NAME bytes, no path, no control character */
	struct str type;            /* as the client says; "" when it doesn't */
	int64_t at, size;           /* place in the body: http_body_read(), or body.fd */
};

struct multipart {
	struct form form;           /* the fields that are no files, in order */
	struct multipart_file *files;
	size_t nfiles;
};

/* Reads a whole body. `type` is the Content-Type. A file input that was left empty (no name, no bytes) is left out.
 * ERR_INPUT: not of that form; nothing may stand before the first part or behind the last; of the headers of a part
 * only Content-Disposition and Content-Type; a file name that is none. ERR_LIMIT: more parts, longer headers than
 * above, and
 * as form_read. ERR_IO as http_body_read. */
enum err_code multipart_read(struct arena *a, struct str type, const struct http_body *body, struct multipart *out,
	struct err *err);

#endif
