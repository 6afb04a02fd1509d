/* Shutting a process in: what a parser of foreign bytes may still do is read and write what is already open,
 * and use memory. Private to pack/. */
#ifndef PACK_SEAL_H
#define PACK_SEAL_H

#include "pack/child.h"

/* Address space this process has now, in bytes; 0 when unknown. Reads /proc, so call it before sealing:
 * RLIMIT_AS counts what a forked child has inherited as well. */
size_t seal_address_space(void);

/* Limits, Landlock (where the kernel has it) and the seccomp filter, for this process and for good. A call
 * outside the list kills the process (SIGSYS). ERR_IO when the kernel offers no seccomp. Single-threaded
 * callers only. */
enum err_code seal(struct child_limits limits, size_t address_space, struct err *err);

#endif
