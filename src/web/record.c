/* One record: what it says, the evidence it names, and what counts it; and the files themselves. */
#include "log/object.h"
#include "web/pages.h"
#include "web/register_view.h"
#include "web/scope.h"

#include <fcntl.h>

SQL(record_proofs_sql, "select name, digest from p_proof where origin = ?1 and seq = ?2 order by name");
SQL(file_name_sql,
	"select name, size from p_object where digest = ?1 order by seq limit 1");
SQL(register_file_sql,
	"select t.digest from p_record r join p_import_table t on t.origin = r.origin and t.seq = r.import_seq"
	" and t.n = r.import_n where r.origin = ?1 and r.seq = ?2");

SQL(file_records_sql,
	"select r.seq from p_proof p join p_record r on r.origin = p.origin and r.rev_seq = p.seq where p.digest = ?1"
	" and r.origin = 1 union select subject from p_step where subject_origin = 1 and proof like ?2");

const struct fact *call_record(const struct call *c, int64_t seq)
{
	const struct facts *f = &c->facts;

	for (size_t t = 0; t < f->scheme->ntypes; t++) {
		const struct fact_set *set = facts_of(f, &f->scheme->types[t]);

		for (size_t i = 0; i < set->n; i++)
			if (set->p[i].id.origin == 1 && set->p[i].id.seq == seq)
				return &set->p[i];
	}
	return NULL;
}

static void put_fields(struct call *c, struct record_view *v, const struct fact *r)
{
	const struct node *raw = fact_raw(&c->facts, r);

	for (size_t i = 0; i < r->type->nfields; i++) {
		const struct field *f = &r->type->fields[i];
		const struct node *written = raw ? node_get(raw, f->name) : NULL;
		struct str text = written && written->kind == NODE_TEXT
			? written->text
			: datum_text(c->arena, c->lang, fact_value(&c->facts, r, f, c->on));

		if (text.n)
			*ARENA_PUSH(c->arena, v->fields.p, v->fields.n, v->fields.cap) =
				(struct said_field){f->title.n ? f->title : f->name, text, written != NULL};
	}
}

static enum err_code put_proofs(struct call *c, struct record_view *v, const struct fact *r, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(log_db(c->log), &record_proofs_sql, ARGS(V_INT(r->id.origin), V_INT(r->rev_seq)), &q, err));
	while (query_next(&q, err)) {
		struct proof_view *p = ARENA_PUSH(c->arena, v->proofs.p, v->proofs.n, v->proofs.cap);
		struct str digest = query_text(&q, 1);
		char hex[HASH_TEXT];

		p->name = arena_str(c->arena, query_text(&q, 0));
		p->there = digest.n == HASH_BYTES;
		if (!p->there)
			continue;
		p->digest = arena_str(c->arena, hash_text((const struct hash *)digest.p, hex));
		p->url = url_add(c->arena, url_path("/files"), p->digest);
		p->digest = str_sub(p->digest, 0, 12);
	}
	return err->code;
}

static bool among(const struct fact_list *list, const struct fact *r)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->p[i]->no == r->no)
			return true;
	return false;
}

static void put_uses(struct call *c, struct record_view *v, const struct fact *r)
{
	for (size_t d = 0; d < c->facts.scheme->nduties; d++) {
		const struct duty_state *s = &c->figures.duties[d];

		for (size_t i = 0; i < s->nslots; i++)
			if (among(&s->slots[i].facts, r))
				*ARENA_PUSH(c->arena, v->uses.p, v->uses.n, v->uses.cap) = (struct use_view){
					arena_printf(c->arena, STR_FMT " " STR_FMT " · " STR_FMT, STR_ARG(s->duty->id),
						STR_ARG(s->duty->title), STR_ARG(s->slots[i].label)),
					tr(c->lang, N_("duty of the scheme")),
					url_at(c->arena, slot_view(c, s, &s->slots[i]).url, S("behind"))};
	}
	for (size_t i = 0; i < c->figures.n; i++)
		if (among(&c->figures.p[i].facts, r))
			*ARENA_PUSH(c->arena, v->uses.p, v->uses.n, v->uses.cap) =
				(struct use_view){c->figures.p[i].title, tr(c->lang, N_("figure")),
					url_at(c->arena,
						url_query(c->arena, call_url(c, url_path("/figures")), "figure",
							c->figures.p[i].name),
						S("behind"))};
}

/* ---- what became of it ---- */

static void put_step(struct call *c, struct record_view *v, const struct record_step *s)
{
	struct step_line *line = ARENA_PUSH(c->arena, v->history.p, v->history.n, v->history.cap);
	bool first = s->act == RECORD_ADDED;

	*line = (struct step_line){.what = record_act_name(s->act),
		.who = call_person(c, s->actor),
		.when = call_time(c, s->at),
		.source = s->source,
		.why = s->why,
		.event = arena_printf(c->arena, "%lld", (long long)s->event.seq),
		.proof = s->proof};
	line->changes.p = ARENA_ARRAY(c->arena, struct step_change, s->n);
	for (size_t i = 0; i < s->n && !first; i++) {
		const struct field *f = s->changes[i].field;

		line->changes.p[line->changes.n++] = (struct step_change){
			f->title.n ? f->title : f->name, s->changes[i].before, s->changes[i].after};
	}
}

/* Newest first. */
static enum err_code put_history(struct call *c, struct record_view *v, struct id id, struct err *err)
{
	struct record_history h;

	TRY(record_history(c->log, c->arena, c->facts.scheme, c->lang, id, &h, err));
	for (size_t i = h.n; i-- > 0;)
		put_step(c, v, &h.steps[i]);
	v->withdrawn = h.withdrawn;
	v->rev = h.rev_seq;
	v->register_title = h.type->title;
	v->register_url = call_url(c, url_add(c->arena, url_path("/registers"), h.type->name));
	if (!h.withdrawn || !h.n)
		return OK;
	for (size_t i = 0; i < h.steps[0].n; i++)       /* what it said at first */
		*ARENA_PUSH(c->arena, v->fields.p, v->fields.n, v->fields.cap) = (struct said_field){
			h.steps[0].changes[i].field->title.n ? h.steps[0].changes[i].field->title
							     : h.steps[0].changes[i].field->name,
			h.steps[0].changes[i].after, false};
	return OK;
}

static const struct {
	const char *word, *text;
	bool undo;
} dones[] = {
	{"add", N_("Recorded."), true},
	{"correct", N_("Corrected; what it said before stands in its history."), false},
	{"same", N_("It says that already; nothing was written."), false},
	{"withdraw", N_("Withdrawn: it counts no more, and stays in the log."), false},
	{"restore", N_("It counts again."), false},
};

/* unit: that keeps it; NULL: the office. */
static void put_rights(struct call *c, struct record_view *v, const struct unit *unit)
{
	struct str done = c->req->method == HTTP_GET ? value_of(&c->values, "done") : STR_NONE;

	v->may_correct = call_may_unit(c, ACT_RECORD_CHANGE, unit);
	v->may_withdraw = call_may_unit(c, ACT_RECORD_WITHDRAW, unit);
	v->url = url_add(c->arena, url_path("/records"), v->id);
	v->correct = call_url(c, url_add(c->arena, v->url, S("correct")));
	for (size_t i = 0; i < LEN(dones); i++)
		if (str_is(done, dones[i].word)) {
			v->done = dones[i].text;
			v->undo = dones[i].undo && v->may_withdraw && !v->withdrawn;
		}
}

/* One that was withdrawn is no record any more: its history is shown to who sees all that its unit keeps. */
static enum err_code show_withdrawn(struct call *c, struct record_view *v, struct id id, struct err *err)
{
	struct err quiet = {.lang = c->lang};
	const struct unit *unit;

	if (record_lies(log_db(c->log), c->arena, c->facts.scheme, &c->world->org, id, &unit, &quiet) != OK ||
		!(call_sees_all(c) || call_may_unit(c, ACT_VIEW, unit)) || put_history(c, v, id, &quiet) != OK ||
		!v->withdrawn)
		return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)id.seq);
	v->title = v->register_title;
	put_rights(c, v, unit);
	v->frame = call_frame(c, NAV_REGISTERS, v->title);
	page_record(page_begin(c), v);
	return page_end(c, err);
}

/* Where the register itself is had that the record came from: of who sees all, since other rows stand in it too. */
static enum err_code put_register_file(struct call *c, struct record_view *v, struct id id, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	char hex[HASH_TEXT];

	if (!call_sees_all(c))
		return OK;
	TRY(db_query(log_db(c->log), &register_file_sql, ARGS(V_ID(id)), &q, err));
	if (query_next(&q, err) && query_text(&q, 0).n == HASH_BYTES) {
		v->from_file = true;
		v->file = url_add(c->arena, url_path("/files"),
			arena_str(c->arena, hash_text((const struct hash *)query_text(&q, 0).p, hex)));
	}
	return err->code;
}

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	int64_t seq = value_int(&c->values, "id");
	struct record_view v = {.id = arena_printf(c->arena, "%lld", (long long)seq), .wrong = wrong};
	struct record_line line;
	const struct fact *r;

	if (c->req->method == HTTP_POST)
		v.why = value_of(&c->values, "why");
	TRY(call_world(c, err));
	r = call_record(c, seq);
	if (!r)
		return show_withdrawn(c, &v, (struct id){1, seq}, err);
	if (!call_sees(c, r))
		return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)seq);
	line = record_line(c, r);
	v.title = line.title;
	v.source = fact_row(c->arena, r);
	v.entered = call_day(c, r->entered);
	v.late = line.late;
	v.unproved = line.unproved;
	v.outside = r->outside;
	put_fields(c, &v, r);
	TRY(put_history(c, &v, r->id, err));
	TRY(put_proofs(c, &v, r, err));
	TRY(put_register_file(c, &v, r->id, err));
	put_uses(c, &v, r);
	put_rights(c, &v, call_record_unit(c, r));
	v.frame = call_frame(c, NAV_REGISTERS, v.title);
	page_record(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code record_page(struct call *c, struct err *err)
{
	return show(c, STR_NONE, err);
}

struct taking {
	struct call *c;
	struct id id;
	struct str why;
};

static enum err_code do_withdraw(struct tx *tx, void *ctx, struct err *err)
{
	struct taking *t = ctx;

	return record_withdraw(
		tx, t->c->facts.scheme, t->id, MAX(value_int(&t->c->values, "rev"), 0), t->why, err);
}

static enum err_code do_restore(struct tx *tx, void *ctx, struct err *err)
{
	struct taking *t = ctx;

	return record_restore(tx, t->c->facts.scheme, t->id, t->why, err);
}

static enum err_code take(struct call *c, intent_fn *fn, const char *done, struct err *err)
{
	struct taking t = {c, {1, value_int(&c->values, "id")}, value_of(&c->values, "why")};
	struct str no = arena_printf(c->arena, "%lld", (long long)t.id.seq), wrong;

	TRY(call_world(c, err));
	if (call_write(c, fn, &t, err) == OK)
		return call_go(c,
			url_query(c->arena, call_url(c, url_add(c->arena, url_path("/records"), no)), "done",
				str_c(done)),
			err);
	if (err->code == ERR_NOT_FOUND)
		return err->code;
	wrong = call_refused(c, err);
	return wrong.n ? show(c, wrong, err) : err->code;
}

enum err_code withdraw_post(struct call *c, struct err *err)
{
	return take(c, do_withdraw, "withdraw", err);
}

enum err_code record_restore_post(struct call *c, struct err *err)
{
	return take(c, do_restore, "restore", err);
}

/* ---- files ---- */

/* Does a record that he sees, or a step of it, name the file? Who sees all asks no record. */
static enum err_code sees_file(struct call *c, struct str digest, bool *out, struct err *err)
{
	struct str hex = value_of(&c->values, "digest");
	struct query q CLEANUP(query_done) = {0};

	*out = call_sees_all(c);
	if (*out)
		return OK;
	TRY(call_world(c, err));
	hex = arena_printf(c->arena, "%%\"" STR_FMT "\"%%", STR_ARG(hex));
	TRY(db_query(log_db(c->log), &file_records_sql, ARGS(V_BLOB(digest), V_TEXT(hex)), &q, err));
	while (!*out && query_next(&q, err)) {
		const struct fact *r = call_record(c, query_int(&q, 0));

		*out = r && call_sees(c, r);
	}
	return err->code;
}

/* Evidence is handed out as it came, never shown as a page of ours. */
enum err_code file_page(struct call *c, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct str name, digest;
	struct hash h;
	bool sees;
	int fd;

	if (!hash_parse(value_of(&c->values, "digest"), &h))
		return fail(err, ERR_NOT_FOUND, "there is no such file");
	digest = (struct str){(const char *)h.b, HASH_BYTES};
	TRY(sees_file(c, digest, &sees, err));
	if (!sees)
		return fail(err, ERR_NOT_FOUND, "there is no such file");
	if (db_one(log_db(c->log), &file_name_sql, ARGS(V_BLOB(digest)), &q, err) != OK) {
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "there is no such file");
	}
	name = arena_str(c->arena, query_text(&q, 0));
	fd = open(object_path(c->arena, c->log, &h).p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return fail_errno(err, "%s", name.p);
	http_type(c->resp, "application/octet-stream");
	http_attachment(c->resp, name);
	http_file(c->resp, fd, 0, query_int(&q, 1));
	return OK;
}
