-- Answers to warnings (src/flow/warn_answer.c), and the lifting of warnings: lifts is 1 there. rule and object name what
-- was warned of, colour and since the warning: its colour, and the first day of it. by_post: the post that said so.
create table p_warning (
	origin bigint not null,
	seq bigint not null,
	lifts bigint not null,
	rule text not null,
	object text not null,
	colour text not null,
	since bigint not null,
	day bigint not null,
	by_post text not null,
	text text not null,
	actor text not null,
	primary key (origin, seq)
);
create index p_warning_object on p_warning (origin, rule, object);
