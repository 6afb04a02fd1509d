#include "crypto/totp.h"

#include "base/buf.h"

#include <ctype.h>
#include <inttypes.h>

static const char digits32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

uint32_t totp_code(struct str secret, enum hmac_hash hash, int64_t step, int digits)
{
	unsigned char mac[HMAC_MAX];
	const unsigned char *p;
	char counter[8];
	uint32_t code, modulus = 1;
	size_t n;

	for (int i = 0; i < 8; i++)
		counter[i] = (char)((uint64_t)step >> (56 - 8 * i));
	n = hmac(hash, secret, (struct str){counter, sizeof counter}, mac);
	p = mac + (mac[n - 1] & 15);
	code = (uint32_t)(p[0] & 127) << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	for (int i = 0; i < digits; i++)
		modulus *= 10;
	return code % modulus;
}

/* The digits of a code typed by a person; false when they are not six. */
static bool read_code(struct str s, char out[TOTP_DIGITS])
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ')
			continue;
		if (s.p[i] < '0' || s.p[i] > '9' || n == TOTP_DIGITS)
			return false;
		out[n++] = s.p[i];
	}
	return n == TOTP_DIGITS;
}

bool totp_check(struct str secret, enum hmac_hash hash, int64_t seconds, struct str code, int64_t last, int64_t *step)
{
	char typed[TOTP_DIGITS], want[16];
	int64_t now = seconds / TOTP_STEP, found = -1;

	if (!read_code(code, typed))
		return false;
	for (int64_t at = now - 1; at <= now + 1; at++) {
		snprintf(want, sizeof want, "%0*" PRIu32, TOTP_DIGITS, totp_code(secret, hash, at, TOTP_DIGITS));
		if (same_secret((struct str){typed, TOTP_DIGITS}, str_c(want)) && at > last && found < 0)
			found = at;
	}
	if (found < 0)
		return false;
	*step = found;
	return true;
}

struct str base32(struct arena *a, struct str bytes)
{
	char *out = arena_alloc(a, bytes.n * 8 / 5 + 2);
	unsigned held = 0, bits = 0;
	size_t n = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		held = held << 8 | (unsigned char)bytes.p[i];
		for (bits += 8; bits >= 5; bits -= 5)
			out[n++] = digits32[held >> (bits - 5) & 31];
		held &= 31;
	}
	if (bits)
		out[n++] = digits32[held << (5 - bits) & 31];
	return (struct str){out, n};
}

bool base32_read(struct arena *a, struct str text, struct str *out)
{
	char *bytes = arena_alloc(a, text.n * 5 / 8 + 1);
	unsigned held = 0, bits = 0;
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		int c = toupper((unsigned char)text.p[i]);
		const char *at = c ? strchr(digits32, c) : NULL;

		if (c == ' ' || c == '-' || c == '=')
			continue;
		if (!at)
			return false;
		held = (held << 5 | (unsigned)(at - digits32)) & 0xfff;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			bytes[n++] = (char)(held >> bits);
		}
	}
	if (bits >= 5 || held & ((1U << bits) - 1))
		return false;
	*out = (struct str){bytes, n};
	return true;
}

struct str totp_uri(struct arena *a, struct str secret, enum hmac_hash hash, struct str issuer, struct str login)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(4096);

	buf_put(&b, S("otpauth://totp/"));
	buf_percent(&b, issuer);
	buf_putc(&b, ':');
	buf_percent(&b, login);
	buf_put(&b, S("?secret="));
	buf_put(&b, base32(a, secret));
	buf_put(&b, S("&issuer="));
	buf_percent(&b, issuer);
	buf_printf(&b, "&algorithm=%s&digits=%d&period=%d", hash == HMAC_SHA1 ? "SHA1" : "SHA256", TOTP_DIGITS,
		TOTP_STEP);
	return arena_str(a, buf_str(&b));
}
