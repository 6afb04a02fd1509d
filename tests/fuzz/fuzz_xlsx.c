/* A whole workbook, as book_read gets it, parsed in this process. */
#include "sheet/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct err err = {.lang = LANG_EN};
	struct book book;
	char path[64];
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	setenv("ZEREN_NO_FORK", "1", 1);
	if (book_read(&a, path, (struct sheet_progress){0}, &book, &err) != err.code)
		abort();
	if (str_ends(str_c(err.text), S("the reader of the file answered nonsense")))
		abort();
	arena_free(&a);
	close(fd);
	return 0;
}
