-- What an office says of its paper otherwise than its scheme (src/report/paper_log.c): every value there ever was; the newest of
-- a field counts, an empty one is the scheme's again.
create table p_paper (
	origin bigint not null,
	seq bigint not null,
	field text not null,
	value text not null,
	why text not null,
	actor text not null,
	at bigint not null,
	primary key (origin, seq)
);

-- Versions of a year's report that were approved (src/report/version_log.c). n: 1, 2 … within the year. known: the last event that
-- the text was made of, as of the day on_day; root: of the log up to there. digest: of the text with its figures, an object.
create table p_approval (
	origin bigint not null,
	seq bigint not null,
	year bigint not null,
	n bigint not null,
	on_day bigint not null,
	day bigint not null,
	no text not null,
	digest text not null,
	known bigint not null,
	root text not null,
	actor text not null,
	at bigint not null,
	withdrawn_seq bigint,
	withdrawn_why text,
	withdrawn_actor text,
	withdrawn_at bigint,
	primary key (origin, seq)
);
create index p_approval_year on p_approval (origin, year, n);

-- To whom a version was sent. approval: the event that approved it.
create table p_sending (
	origin bigint not null,
	seq bigint not null,
	approval bigint not null,
	day bigint not null,
	receiver text not null,
	way text not null,
	actor text not null,
	at bigint not null,
	primary key (origin, seq)
);
create index p_sending_approval on p_sending (origin, approval);
