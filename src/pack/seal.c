#include "pack/seal.h"

#include "base/file.h"

#include <fcntl.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(ZEREN_SANITISED) || defined(__SANITIZE_ADDRESS__)
enum { SANITISED = 1 };
#else
enum { SANITISED = 0 };
#endif

size_t seal_address_space(void)
{
	CLEANUP(fd_close) int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	char text[64] = "";
	long page = sysconf(_SC_PAGESIZE);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);

	return n <= 0 || page <= 0 ? 0 : (size_t)strtoul(text, NULL, 10) * (size_t)page;
}

static void limit(int what, rlim_t soft, rlim_t hard)
{
	struct rlimit r = {soft, hard}, now;

	if (getrlimit((__rlimit_resource_t)what, &now) == 0 && now.rlim_max != RLIM_INFINITY) {
		r.rlim_max = MIN(r.rlim_max, now.rlim_max);
		r.rlim_cur = MIN(r.rlim_cur, r.rlim_max);
	}
	(void)setrlimit((__rlimit_resource_t)what, &r);   /* the filter below is what must hold */
}

static void limits_set(struct child_limits limits, size_t address_space)
{
	rlim_t cpu = (rlim_t)limits.cpu_seconds, memory = (rlim_t)address_space + limits.memory_bytes;

	limit(RLIMIT_CPU, cpu, cpu + 1);
	limit(RLIMIT_CORE, 0, 0);
	limit(RLIMIT_NOFILE, 0, 0);
	limit(RLIMIT_NPROC, 0, 0);
	if (SANITISED)
		return;                       /* ASan maps terabytes, and reports to a file perhaps */
	limit(RLIMIT_AS, memory, memory);
	limit(RLIMIT_FSIZE, 0, 0);
}

/* linux/landlock.h of older systems lacks the later fields and bits, so they stand here. */
struct ruleset {
	uint64_t fs, net, scoped;
};

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self  446
#endif

static void landlock(void)
{
	static const unsigned char fs_bits[] = {0, 13, 14, 15, 15, 16};   /* file rights known to an ABI */
	long abi = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, 1U);
	struct ruleset r = {0};
	size_t size = abi < 4 ? 8 : abi < 6 ? 16 : sizeof r;
	CLEANUP(fd_close) int fd = -1;

	if (abi < 1)
		return;                       /* before Linux 5.13, or switched off: the filter remains */
	r.fs = (UINT64_C(1) << fs_bits[MIN(abi, (long)LEN(fs_bits) - 1)]) - 1;
	r.net = 3;                            /* TCP bind, connect */
	r.scoped = 3;                         /* abstract UNIX sockets, signals */
	if (abi < 4)
		r.net = 0;
	if (abi < 6)
		r.scoped = 0;
	fd = (int)syscall(SYS_landlock_create_ruleset, &r, size, 0U);
	if (fd >= 0)
		(void)syscall(SYS_landlock_restrict_self, fd, 0U);
}

/* What malloc, the pipe and a clean or unclean end need. Nothing here takes a path, makes a descriptor or a
 * process, or reaches another one. */
static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(lseek), SCMP_SYS(close),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk), SCMP_SYS(madvise), SCMP_SYS(futex),
	SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
	SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigaction), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(restart_syscall),
};

static int rules(scmp_filter_ctx f)
{
	int bad = 0;

	for (size_t i = 0; i < LEN(allowed); i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, allowed[i], 0);
	bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,        /* abort() */
		SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
	if (SANITISED) {
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(sched_yield), 0);
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(sigaltstack), 0);
	}
	return bad;
}

static bool filter(void)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool done;

	if (!f)
		return false;
	done = rules(f) == 0 && seccomp_attr_set(f, SCMP_FLTATR_CTL_NNP, 1) == 0 && seccomp_load(f) == 0;
	seccomp_release(f);
	return done;
}

enum err_code seal(struct child_limits limits, size_t address_space, struct err *err)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return fail_errno(err, N_("the reader of foreign files cannot be shut in on this system"));
	landlock();                           /* makes a descriptor: before RLIMIT_NOFILE */
	limits_set(limits, address_space);
	if (!filter())
		return fail(err, ERR_IO, N_("the reader of foreign files cannot be shut in on this system "
			"(no seccomp)"));
	return OK;
}
