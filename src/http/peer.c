#include "http/peer.h"

#include "base/map.h"
#include "http/head.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};

static struct peer from_ipv4(const void *addr)
{
	struct peer p;

	memcpy(p.b, mapped, sizeof mapped);
	memcpy(p.b + sizeof mapped, addr, 4);
	return p;
}

static bool is_ipv4(struct peer p)
{
	return !memcmp(p.b, mapped, sizeof mapped);
}

bool peer_parse(struct str text, struct peer *out)
{
	char c[INET6_ADDRSTRLEN];
	struct in_addr v4;
	struct peer p;
	bool bracket = text.n > 2 && text.p[0] == '[' && text.p[text.n - 1] == ']';

	if (bracket)
		text = str_sub(text, 1, text.n - 1);
	if (text.n == 0 || text.n >= sizeof c || memchr(text.p, 0, text.n))
		return false;
	memcpy(c, text.p, text.n);
	c[text.n] = 0;
	if (!bracket && inet_pton(AF_INET, c, &v4) == 1) {
		*out = from_ipv4(&v4);
		return true;
	}
	if (inet_pton(AF_INET6, c, p.b) != 1)
		return false;
	*out = p;
	return true;
}

struct peer peer_of(const struct sockaddr *sa)
{
	struct peer p = {{0}};

	if (sa->sa_family == AF_INET)
		return from_ipv4(&((const struct sockaddr_in *)(const void *)sa)->sin_addr);
	if (sa->sa_family == AF_INET6)
		memcpy(p.b, &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr, sizeof p.b);
	return p;
}

struct str peer_text(struct arena *a, struct peer p)
{
	char c[INET6_ADDRSTRLEN];

	if (is_ipv4(p))
		inet_ntop(AF_INET, p.b + sizeof mapped, c, sizeof c);
	else
		inet_ntop(AF_INET6, p.b, c, sizeof c);
	return arena_str(a, str_c(c));
}

uint64_t peer_key(struct peer p)
{
	return str_hash((struct str){(const char *)p.b, is_ipv4(p) ? 16 : 8});
}

bool peer_listen(struct str text, struct sockaddr_storage *out, socklen_t *len)
{
	size_t colon = text.n;
	int64_t port;
	struct peer p;

	while (colon && text.p[colon - 1] != ':')
		colon--;
	if (!colon || !str_int(str_sub(text, colon, text.n), &port) || port < 0 || port > 65535 ||
			!peer_parse(str_sub(text, 0, colon - 1), &p) || (!is_ipv4(p) && text.p[0] != '['))
		return false;
	*out = (struct sockaddr_storage){0};
	if (is_ipv4(p)) {
		struct sockaddr_in sa = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};

		memcpy(&sa.sin_addr, p.b + sizeof mapped, 4);
		memcpy(out, &sa, *len = sizeof sa);
	} else {
		struct sockaddr_in6 sa = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};

		memcpy(&sa.sin6_addr, p.b, sizeof p.b);
		memcpy(out, &sa, *len = sizeof sa);
	}
	return true;
}

bool peer_net_parse(struct str text, struct peer_net *out)
{
	struct str rest = text, addr;
	int64_t bits;
	struct peer p;

	str_cut(&rest, S("/"), &addr);
	if (!peer_parse(addr, &p))
		return false;
	bits = is_ipv4(p) ? 32 : 128;
	if (rest.p && (!str_int(rest, &bits) || bits < 0 || bits > (is_ipv4(p) ? 32 : 128)))
		return false;
	*out = (struct peer_net){p, (int)bits + (is_ipv4(p) ? 96 : 0)};
	return true;
}

static bool same_bits(struct peer a, struct peer b, int bits)
{
	int whole = bits / 8, rest = bits % 8;

	return !memcmp(a.b, b.b, (size_t)whole) && (!rest || (a.b[whole] ^ b.b[whole]) >> (8 - rest) == 0);
}

bool peer_in(const struct peer_net *nets, size_t n, struct peer p)
{
	for (size_t i = 0; i < n; i++)
		if (same_bits(nets[i].net, p, nets[i].bits))
			return true;
	return false;
}

/* The last of a list, taken off it; false when nothing is left. */
static bool cut_last(struct str *list, struct str *last)
{
	size_t at = list->n;

	if (!list->p)
		return false;
	while (at && list->p[at - 1] != ',')
		at--;
	*last = str_trim(str_sub(*list, at, list->n));
	*list = at ? str_sub(*list, 0, at - 1) : STR_NONE;
	return true;
}

struct peer peer_forwarded(const struct http_request *req, const struct peer_net *nets, size_t n, struct peer from)
{
	struct peer client = from;

	for (size_t i = req->nheaders; i-- > 0;) {
		struct str list = req->headers[i].value, one;

		if (!http_same(req->headers[i].name, S("x-forwarded-for")))
			continue;
		while (cut_last(&list, &one)) {
			if (!peer_parse(one, &client))
				return from;
			if (!peer_in(nets, n, client))
				return client;
		}
	}
	return client;
}
