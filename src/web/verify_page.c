/* The page of verifying: where the log stands, what was found last, and the button. */
#include "web/log_view.h"
#include "web/pages.h"
#include "web/verify.h"

static const struct {
	const char *word, *text;
	enum verify_depth depth;
} depths[] = {
	{"quick", N_("the head and the newest events"), VERIFY_QUICK},
	{"full", N_("every event and every file"), VERIFY_FULL},
};

static struct str hash_of(struct call *c, const struct hash *h)
{
	char hex[HASH_TEXT];

	return arena_str(c->arena, hash_text(h, hex));
}

static void put_state(struct call *c, struct verify_view *v)
{
	struct verify_state s;

	verifier_state(c->verifier, c->arena, &s);
	v->running = s.running;
	v->ran = s.ran;
	for (size_t i = 0; i < LEN(depths); i++)
		if (depths[i].depth == s.depth)
			v->depth = depths[i].text;
	v->done = s.done;
	v->percent = s.all ? s.done * 100 / s.all : 0;
	v->failed = s.failed;
	v->ended = s.ended ? call_time(c, s.ended) : STR_NONE;
	v->events = s.result.events;
	v->objects = s.result.objects;
	v->ran_root = hash_of(c, &s.result.root);
	v->sound = s.ran && !s.failed.n && !s.result.nfindings;
	v->findings.p = ARENA_ARRAY(c->arena, struct str, s.result.nfindings);
	for (; v->findings.n < s.result.nfindings; v->findings.n++)
		v->findings.p[v->findings.n] = s.result.findings[v->findings.n].what;
}

static enum err_code put_log(struct call *c, struct verify_view *v, struct err *err)
{
	struct hash root = range_root(&c->head);
	struct err none = {.lang = c->lang};
	struct range checkpoint;
	struct event last;

	v->size = c->head.n;
	v->root = hash_of(c, &root);
	if (log_get(c->log, c->arena, (struct id){1, c->head.n - 1}, &last, NULL, &none) == OK)
		v->last = call_time(c, last.at);
	err_clear(&none);
	v->has_checkpoint = log_checkpoint_read(c->log, c->arena, &checkpoint, &none) == OK;
	if (!v->has_checkpoint)
		return OK;
	root = range_root(&checkpoint);
	v->checkpoint_size = checkpoint.n;
	v->checkpoint_root = hash_of(c, &root);
	return OK;
}

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	struct verify_view v = {.wrong = wrong};

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_VERIFY, call_say(c, N_("Verify")));
	TRY(put_log(c, &v, err));
	put_state(c, &v);
	if (v.running)
		TRY(http_set(c->resp, "Refresh", S("2"), err));
	page_verify(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code verify_page(struct call *c, struct err *err)
{
	return show(c, STR_NONE, err);
}

static enum err_code begin(struct call *c, struct err *err)
{
	struct str word = value_of(&c->values, "depth");

	for (size_t i = 0; i < LEN(depths); i++)
		if (str_is(word, depths[i].word))
			return verifier_start(c->verifier, depths[i].depth, c->lang, err);
	return fail(err, ERR_INPUT, "depth: expected quick or full");
}

enum err_code verify_post(struct call *c, struct err *err)
{
	struct str wrong;

	if (begin(c, err) == OK)
		return call_go(c, url_path("/verify"), err);
	wrong = call_refused(c, err);
	return wrong.n ? show(c, wrong, err) : err->code;
}
