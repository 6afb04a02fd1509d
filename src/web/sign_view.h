/* What the pages of signing in, of one's own account and of all accounts show. */
#ifndef WEB_SIGN_VIEW_H
#define WEB_SIGN_VIEW_H

#include "web/call.h"

struct signin_view {
	struct door *door;
	struct str login, to;      /* to: where it leads on */
	bool none;                 /* there is no account yet */
};
struct code_view {                 /* second factor, step-up */
	struct door *door;
	struct str to;
	bool code;                 /* a code is asked for, not the password */
};
struct enrol_view {
	struct door *door;
	struct str secret;         /* base32 in groups of four; empty: not begun */
	struct str uri, qr;        /* otpauth: address; path of an SVG */
	int64_t qr_size;
	bool must;                 /* his role asks for it */
};
struct codes_view {
	struct door *door;
	struct { struct str *p; size_t n; } codes;
};
struct password_view {
	struct door *door;
	bool must;                 /* somebody else set the one he has */
};

struct role_choice {
	const char *name, *label;  /* label: a message key */
	bool chosen;
};
struct pick {                      /* a choice of a list */
	struct str value, text;
	bool chosen;
};
struct picks {
	struct pick *p;
	size_t n, cap;
};
struct first_view {
	struct door *door;
	struct str token, admin_login, admin_name, login, name;
	struct { struct role_choice *p; size_t n; } roles;
	struct picks posts;
};

struct grant_line {
	const char *role;          /* a message key */
	struct str unit, from, until;
	int64_t id;
};
struct grant_lines {
	struct grant_line *p;
	size_t n, cap;
};
struct session_line {
	struct str device, address, made, used, key;
	bool current;
};
struct own_view {
	struct frame *frame;
	struct str login, name, post, wrong;
	const char *done;          /* a message key, or NULL */
	bool second;
	struct grant_lines roles;
	struct { struct session_line *p; size_t n, cap; } sessions;
};

struct account_line {
	struct str login, name, post, roles;
	const char *state;         /* a message key */
	bool second, closed;
	struct url url;
};
struct accounts_view {
	struct frame *frame;
	struct { struct account_line *p; size_t n, cap; } rows;
	bool may;                  /* manage */
	struct str wrong, login, name;
	struct picks posts;
};
struct account_view {
	struct frame *frame;
	struct account_line who;
	struct str wrong;
	const char *done;
	struct str did, from, until, name;   /* did: the form that was refused; what was typed into it */
	struct str password;       /* just made, shown once */
	bool may, own, locked;
	struct grant_lines roles;
	struct { struct role_choice *p; size_t n; } choices;
	struct picks posts, units;
};

/* The posts of the office, and its units, to choose from. */
void put_posts(struct call *c, struct str chosen, struct picks *out);
void put_units(struct call *c, struct str chosen, struct picks *out);
/* Roles in force of an account. */
enum err_code put_roles(struct call *c, struct str login, struct grant_lines *out, struct err *err);
/* Date and time of day in the office's time, for people. */
struct str call_time(struct call *c, int64_t us);

#endif
