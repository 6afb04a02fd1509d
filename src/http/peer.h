/* Who speaks: addresses as bytes, text and key, and what a trusted proxy says of them. */
#ifndef HTTP_PEER_H
#define HTTP_PEER_H

#include "http/http.h"

#include <sys/socket.h>

/* An IPv6 address in network order; IPv4 as ::ffff:a.b.c.d. */
struct peer {
	unsigned char b[16];
};

/* "10.1.2.3", "::1" or "[::1]"; nothing else, no port, no zone. */
bool peer_parse(struct str text, struct peer *out);

/* The address of a socket; anything but IPv4 and IPv6 is ::. */
struct peer peer_of(const struct sockaddr *sa);

/* As text (RFC 5952; IPv4 in its own form), in the arena. */
struct str peer_text(struct arena *a, struct peer p);

/* A number for the address in this run of the program, by a keyed hash: whoever chooses addresses can't choose the
 * number. IPv6 counts by its first 64 bits, since one subscriber has all the rest. */
uint64_t peer_key(struct peer p);

/* "host:port" to listen on: the address in a form of peer_parse ("127.0.0.1:8080", "[::1]:8080"); *len is set. */
bool peer_listen(struct str text, struct sockaddr_storage *out, socklen_t *len);

/* Addresses by their first bits. */
struct peer_net {
	struct peer net;
	int bits;            /* of 128 */
};

/* "10.0.0.0/8", "::1", "fd00::/8". */
bool peer_net_parse(struct str text, struct peer_net *out);
bool peer_in(const struct peer_net *nets, size_t n, struct peer p);

/* For a request that came from `from`, a trusted proxy: the client as X-Forwarded-For names it, read from the right
 * over addresses that are trusted too. Whatever stands left of the first one that is not was written by the client and
 * proves nothing. Without such a header, or where it is no address: `from`. */
struct peer peer_forwarded(const struct http_request *req, const struct peer_net *nets, size_t n, struct peer from);

#endif
