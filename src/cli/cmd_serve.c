#include "cli/cli.h"
#include "web/web.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

command_fn cmd_serve;

/* Waits for Ctrl-C or an order to end; both are blocked in every thread, and taken here. */
static void wait_for_end(const sigset_t *ends)
{
	int signal;

	while (sigwait(ends, &signal) == EINTR)
		continue;
}

enum err_code cmd_serve(struct cli *c, int *status, struct err *err)
{
	struct web_opt opt = {
		.dir = c->data, .log = {.kinds = cli_kinds()}, .listen = cli_opt(c, "listen"),
		.host = cli_opt(c, "host"), .lang = c->lang};
	struct web *web = NULL;
	sigset_t ends;

	if (!opt.listen)
		opt.listen = "127.0.0.1:8350";
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	TRY(web_start(&opt, &web, err));
	say(c, web_first(web) ? N_("there is no account yet; open this address within a day to make the first ones, "
				   "and show it to nobody:")
			      : N_("open this address and sign in:"));
	say_text(c, web_address(web));
	say(c, "Ctrl-C ends; until then other programs may read the log, but not write");
	fflush(stdout);
	wait_for_end(&ends);
	web_stop(web);
	web_wait(&web);
	return OK;
}
