/* One record: what it says, the evidence it names, and what counts it; and the files themselves. */
#include "log/object.h"
#include "web/pages.h"
#include "web/register_view.h"
#include "web/scope.h"

#include <fcntl.h>

SQL(record_proofs_sql, "select name, digest from p_proof where origin = ?1 and seq = ?2 order by name");
SQL(file_name_sql,
	"select p.name, o.size from p_proof p join p_object o on o.digest = p.digest where p.digest = ?1"
	" order by p.seq limit 1");

SQL(file_records_sql,
	"select r.seq from p_proof p join p_record r on r.origin = p.origin and r.rev_seq = p.seq where p.digest = ?1"
	" and r.origin = 1");

static const struct fact *find(const struct facts *f, int64_t seq)
{
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
					tr(c->lang, N_("duty")),
					url_at(c->arena, slot_view(c, s, &s->slots[i]).url, S("behind"))};
	}
	for (size_t i = 0; i < c->figures.n; i++)
		if (among(&c->figures.p[i].facts, r))
			*ARENA_PUSH(c->arena, v->uses.p, v->uses.n, v->uses.cap) =
				(struct use_view){c->figures.p[i].name, tr(c->lang, N_("figure")),
					url_at(c->arena,
						url_query(c->arena, call_url(c, url_path("/figures")), "figure",
							c->figures.p[i].name),
						S("behind"))};
}

enum err_code record_page(struct call *c, struct err *err)
{
	int64_t seq = value_int(&c->values, "id");
	struct record_view v = {0};
	struct record_line line;
	const struct fact *r;

	TRY(call_world(c, err));
	r = find(&c->facts, seq);
	if (!r || !call_sees(c, r))
		return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)seq);
	line = record_line(c, r);
	v.id = arena_printf(c->arena, "%lld", (long long)seq);
	v.title = line.title;
	v.register_title = r->type->title;
	v.register_url = call_url(c, url_add(c->arena, url_path("/registers"), r->type->name));
	v.source = fact_row(c->arena, r);
	v.entered = call_day(c, r->entered);
	v.late = line.late;
	v.unproved = line.unproved;
	v.outside = r->outside;
	v.corrected = r->rev_seq != seq ? r->rev_seq : 0;
	v.frame = call_frame(c, NAV_REGISTERS, v.title);
	put_fields(c, &v, r);
	TRY(put_proofs(c, &v, r, err));
	put_uses(c, &v, r);
	page_record(page_begin(c), &v);
	return page_end(c, err);
}

/* Does a record that he sees name the file? Who sees all asks no record. */
static enum err_code sees_file(struct call *c, struct str digest, bool *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = call_sees_all(c);
	if (*out)
		return OK;
	TRY(call_world(c, err));
	TRY(db_query(log_db(c->log), &file_records_sql, ARGS(V_BLOB(digest)), &q, err));
	while (!*out && query_next(&q, err)) {
		const struct fact *r = find(&c->facts, query_int(&q, 0));

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
