-- What is judged thing by thing: of a score the post (code) or the record ("1:34") that it is about; empty: the whole item.
alter table p_assess_mark add column thing text not null default '';
