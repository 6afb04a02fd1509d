#include "http/conn.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { UNSENT = 65536 };    /* bytes the kernel holds unsent: a slow reader costs no more, and shows at once */

/* The oldest that has not sent a whole head, of that address or of any: who is nearest to doing nothing. */
static struct conn *oldest_waiting(struct loop *l, const uint64_t *key)
{
	for (struct conn *c = l->first; c; c = c->next)
		if (c->state == CONN_HEAD && (!key || c->own_key == *key))
			return c;
	return NULL;
}

/* A place is made for a newcomer by dropping the oldest that still waits for a head. A flat refusal would lock out
 * honest users behind the same address as a flood. Only when all are at work is it refused: false. */
static bool make_room(struct loop *l, uint64_t key, bool proxy)
{
	struct http_server *s = l->server;
	struct conn *victim;
	int64_t same = 0;

	for (struct conn *c = l->first; c && !proxy; c = c->next)
		same += c->own_key == key && c->state != CONN_CLOSED;
	if (same < s->opt.limits.per_address && s->counts.open <= s->opt.limits.connections)
		return true;
	victim = oldest_waiting(l, same >= s->opt.limits.per_address ? &key : NULL);
	if (!victim)
		return false;
	COUNT(s, dropped, 1);
	conn_close(victim);
	return true;
}

static struct conn *conn_new(struct loop *l, struct peer from)
{
	struct conn *c = calloc(1, sizeof *c);

	BUG_IF(!c);
	c->loop = l;
	c->from = from;
	c->own_key = c->key = peer_key(from);
	c->proxy = peer_in(l->server->proxies, l->server->opt.nproxies, from);
	c->in = (struct buf)BUF_MAX((size_t)l->server->opt.limits.head_bytes + sizeof l->input);
	c->deadline = uv_now(&l->uv) + (uint64_t)l->server->opt.limits.head_ms;
	return c;
}

static void link_last(struct loop *l, struct conn *c)
{
	c->prev = l->last;
	*(l->last ? &l->last->next : &l->first) = c;
	l->last = c;
}

void conn_open(struct loop *l, int fd, struct peer from)
{
	int one = 1, unsent = UNSENT;
	struct conn *c = conn_new(l, from);
	bool room = make_room(l, c->own_key, c->proxy);

	if (uv_tcp_init(&l->uv, &c->tcp) < 0)
		BUG("uv_tcp_init");
	c->tcp.data = c;
	link_last(l, c);
	if (uv_tcp_open(&c->tcp, fd) < 0) {
		close(fd);
		conn_close(c);
		return;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
	if (!room) {
		COUNT(l->server, refused, 1);
		conn_refuse(c, 503, N_("too many connections; try again later"));
	}
	conn_run(c);
}
