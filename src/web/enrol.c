/* The second factor, from the first code on. */
#include "web/pages.h"
#include "web/sign_view.h"

#include "who/signin.h"

#include <qrencode.h>

enum { QR_BORDER = 4 };

struct work {
	struct call *c;
	struct str secret, code;
	char codes[RECOVERY_CODES][RECOVERY_TEXT];
	struct signin_out out;
};

/* The dark squares of a QR code (ISO/IEC 18004) as the path of an SVG of size by size. */
static struct str qr_path(struct arena *a, struct str text, int64_t *size)
{
	QRcode *qr = QRcode_encodeString8bit(arena_str(a, text).p, 0, QR_ECLEVEL_M);
	struct buf out CLEANUP(buf_free) = BUF_MAX(1 << 20);
	struct str path;

	*size = 0;
	if (!qr)
		return STR_NONE;
	for (int y = 0; y < qr->width; y++)
		for (int x = 0; x < qr->width; x++)
			if (qr->data[y * qr->width + x] & 1)
				buf_printf(&out, "M%d %dh1v1h-1z", x + QR_BORDER, y + QR_BORDER);
	*size = qr->width + 2 * QR_BORDER;
	QRcode_free(qr);
	path = arena_str(a, buf_str(&out));
	return path;
}

static struct str in_fours(struct arena *a, struct str s)
{
	struct str out = S("");

	for (size_t i = 0; i < s.n; i += 4)
		out = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(out), i ? " " : "",
			STR_ARG(str_sub(s, i, MIN(i + 4, s.n))));
	return out;
}

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	struct enrol_view v = {.door = call_door(c, call_say(c, N_("Second factor"))),
		.must = c->session.needs & NEED_ENROL};
	struct str secret;

	TRY(second_waiting(log_db(c->log), c->arena, c->session.account, &secret, err));
	v.door->wrong = wrong;
	if (secret.n) {
		v.secret = in_fours(c->arena, base32(c->arena, secret));
		v.uri = totp_uri(c->arena, secret, HMAC_SHA1, S("Zeren"), c->access->account.login);
		v.qr = qr_path(c->arena, v.uri, &v.qr_size);
	}
	page_enrol(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code enrol_page(struct call *c, struct err *err)
{
	return show(c, STR_NONE, err);
}

static enum err_code write_start(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;

	return second_start(tx->db, tx->arena, w->c->session.account, &w->secret, err);
}

enum err_code enrol_start(struct call *c, struct err *err)
{
	struct work w = {.c = c};
	struct str wrong;

	if (call_write(c, write_start, &w, err) == OK)
		return call_go(c, url_path("/enrol"), err);
	wrong = call_refused(c, err);
	return wrong.n ? show(c, wrong, err) : err->code;
}

static enum err_code write_confirm(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;

	TRY(second_confirm(tx->db, tx->arena, w->c->session.account, w->code, w->c->now, w->codes, err));
	return signin_did(tx, &w->c->session, NEED_ENROL, w->c->now, &w->out, err);
}

/* The recovery codes are on this one answer and nowhere else. */
enum err_code enrol_post(struct call *c, struct err *err)
{
	struct work w = {.c = c, .code = value_of(&c->values, "code")};
	struct codes_view v = {.door = call_door(c, call_say(c, N_("Recovery codes")))};
	struct str wrong;

	if (call_write(c, write_confirm, &w, err) != OK) {
		wrong = call_refused(c, err);
		return wrong.n ? show(c, wrong, err) : err->code;
	}
	TRY(call_cookie(c, str_c(w.out.token), err));
	v.codes.p = ARENA_ARRAY(c->arena, struct str, RECOVERY_CODES);
	for (; v.codes.n < RECOVERY_CODES; v.codes.n++)
		v.codes.p[v.codes.n] = arena_str(c->arena, str_c(w.codes[v.codes.n]));
	page_codes(page_begin(c), &v);
	return page_end(c, err);
}
