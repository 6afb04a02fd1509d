/* What kinds of event are called. */
#include "web/log_view.h"

static const struct {
	const char *kind, *word;
} words[] = {
	{"log.open", N_("the log begins")},
	{"object.add", N_("a file is kept")},
	{"unit.add", N_("a new unit")},
	{"unit.change", N_("a unit changes")},
	{"post.add", N_("a new post")},
	{"post.change", N_("a post changes")},
	{"holder.add", N_("somebody takes a post")},
	{"holder.change", N_("a holder is corrected")},
	{"holder.end", N_("somebody leaves a post")},
	{"portfolio.add", N_("a unit comes into a portfolio")},
	{"portfolio.change", N_("a portfolio is corrected")},
	{"portfolio.end", N_("a unit leaves a portfolio")},
	{"body.add", N_("a new body")},
	{"body.change", N_("a body changes")},
	{"office.set", N_("settings of the office")},
	{"account.add", N_("an account")},
	{"account.change", N_("an account changes")},
	{"account.close", N_("an account is closed")},
	{"account.open", N_("an account is opened again")},
	{"account.reset", N_("credentials are set anew")},
	{"grant.add", N_("a role is given")},
	{"grant.end", N_("a role is ended")},
	{"scheme.adopt", N_("a scheme comes into force")},
	{"calendar.adopt", N_("a calendar comes into force")},
	{"import.accept", N_("an import")},
	{"import.undo", N_("an import is withdrawn")},
	{"record.add", N_("a record")},
	{"record.correct", N_("a record is corrected")},
	{"record.withdraw", N_("a record is withdrawn")},
	{"record.restore", N_("a record is restored")},
	{"section.write", N_("a section of the report is written")},
	{"paper.set", N_("the report's paper is changed")},
	{"report.approve", N_("a version of the report is approved")},
	{"report.send", N_("the report was sent")},
	{"report.withdraw", N_("an approval is withdrawn")},
	{"inspection.check", N_("an item of an inspection is looked at")},
	{"risk.step", N_("a step of a risk")},
	{"warning.answer", N_("a warning is answered")},
	{"warning.lift", N_("a warning is lifted")},
	{"warning.reopen", N_("the lifting of a warning is taken back")},
	{"commitment.done", N_("a commitment is done")},
	{"commitment.drop", N_("a commitment is dropped")},
	{"commitment.reopen", N_("a commitment is taken up again")},
	{"problem.decide", N_("a suggested problem is decided")},
	{"assess.open", N_("an assessment is opened")},
	{"assess.self", N_("a self score is entered")},
	{"assess.score", N_("a score is given")},
	{"assess.confirm", N_("a score is confirmed")},
	{"assess.settle", N_("an assessment is settled")},
	{"appeal.open", N_("an appeal is filed")},
	{"appeal.step", N_("a step of an appeal")},
	{"excuse.open", N_("an excuse is asked for")},
	{"excuse.step", N_("a step of an excuse")},
	{"finding.step", N_("a step of a finding")},
	{"inspection.step", N_("a step of an inspection")},
	{"handover.open", N_("a handover is prepared")},
	{"handover.step", N_("a step of a handover")},
};

const char *event_word(struct str kind)
{
	for (size_t i = 0; i < LEN(words); i++)
		if (str_is(kind, words[i].kind))
			return words[i].word;
	return NULL;
}
