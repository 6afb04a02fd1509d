-- Accounts and roles (src/who): facts, so they follow from events. A login never changes and is never used again. post:
-- code of the post whose holder it is, empty where none. closed_seq: the event that closed it, null while it is open.

create table p_account (
	origin bigint not null,
	seq bigint not null,
	login text not null,
	name text not null,
	post text not null,
	closed_seq bigint,
	primary key (origin, seq)
);
create unique index p_account_login on p_account (origin, login);

-- Roles on a unit and all below it. from_day and until_day are both included, null where there is no bound; ended_seq: the
-- event that ended it before.
create table p_grant (
	origin bigint not null,
	seq bigint not null,
	login text not null,
	role text not null,
	unit text not null,
	from_day bigint,
	until_day bigint,
	ended_seq bigint,
	primary key (origin, seq)
);
create index p_grant_login on p_grant (origin, login);

create index p_unit_parent on p_unit (origin, parent);

-- Service tables: credentials and sessions. They are never in the log, no event makes them anew, and losing them loses no
-- fact. Accounts are named by their event; times are microseconds UTC.

-- phc: the hash. temporary: 1 where somebody else set it, so that it must be changed at the next sign-in.
create table s_password (
	origin bigint not null,
	seq bigint not null,
	phc text not null,
	temporary bigint not null,
	changed bigint not null,
	primary key (origin, seq)
);

-- TOTP. confirmed: 1 once a first code was given; last_step: a code of this step or before is not taken any more.
create table s_second (
	origin bigint not null,
	seq bigint not null,
	secret blob not null,
	confirmed bigint not null,
	last_step bigint not null,
	primary key (origin, seq)
);

-- Recovery codes not yet used, as SHA-256.
create table s_recovery (
	origin bigint not null,
	seq bigint not null,
	hash blob not null,
	primary key (origin, seq, hash)
);

-- Failed sign-ins in a row, by what was typed as login, whether or not there is such an account.
create table s_failure (
	login text primary key,
	failures bigint not null,
	last bigint not null
);
create index s_failure_last on s_failure (last);

-- hash: SHA-256 of the token that the browser has. needs: what is still to be done before it serves (enum session_need).
create table s_session (
	hash blob primary key,
	origin bigint not null,
	seq bigint not null,
	needs bigint not null,
	made bigint not null,
	used bigint not null,
	stepped bigint not null,
	agent text not null,
	address text not null
);
create index s_session_account on s_session (origin, seq);

-- Tokens for the first administrator, as SHA-256.
create table s_first (
	hash blob primary key,
	expires bigint not null
);
