-- Units, posts, holders, portfolios, bodies, and what an office says of itself (src/who). The key is the event that
-- added the row. Posts and units are referred to by their code, which never changes.

create table p_unit (
	origin bigint not null,
	seq bigint not null,
	code text not null,
	name text not null,
	short_name text not null,
	parent text not null,
	kind text not null,
	primary key (origin, seq)
);
create unique index p_unit_code on p_unit (origin, code);

create table p_post (
	origin bigint not null,
	seq bigint not null,
	code text not null,
	name text not null,
	unit text not null,
	role text not null,
	primary key (origin, seq)
);
create unique index p_post_code on p_post (origin, code);

-- Days of office, both included; to_day is null while it lasts.
create table p_holder (
	origin bigint not null,
	seq bigint not null,
	post text not null,
	name text not null,
	from_day bigint not null,
	to_day bigint,
	primary key (origin, seq)
);
create index p_holder_post on p_holder (origin, post);

-- from_day and to_day are null where there is no bound.
create table p_portfolio (
	origin bigint not null,
	seq bigint not null,
	post text not null,
	unit text not null,
	from_day bigint,
	to_day bigint,
	primary key (origin, seq)
);
create index p_portfolio_post on p_portfolio (origin, post);
create index p_portfolio_unit on p_portfolio (origin, unit);

create table p_body (
	origin bigint not null,
	seq bigint not null,
	code text not null,
	name text not null,
	unit text not null,
	primary key (origin, seq)
);
create unique index p_body_code on p_body (origin, code);

-- Posts that sit in a body, in their order.
create table p_body_member (
	origin bigint not null,
	seq bigint not null,
	nth bigint not null,
	post text not null,
	primary key (origin, seq, nth)
);

-- One row a log; seq is the event that set it first. settings: canonical JSON.
create table p_office (
	origin bigint primary key,
	seq bigint not null,
	code text not null,
	name text not null,
	short_name text not null,
	year bigint not null,
	settings text not null
);
