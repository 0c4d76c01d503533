package domain

import "fmt"

// Rule is a rule by which a case type refuses, as people of both languages read it. A case type declares each of its
// rules once, beside the function that keeps it:
//
//	var termNotOver = domain.Rule{Code: "rehab.term_not_over", Law: "NĐ 116/2021 Đ62",
//		Say: domain.Text{Vi: "thời hạn đến ngày %s mới hết", En: "the term ends on %s only"}}
//	…
//	return termNotOver.Refuse(s.Due)
type Rule struct {
	Code string // stable, "<case type>.<what_is_wrong>"
	Say  Text   // with the same verbs in the same order
	Law  string // document and article; empty for what is plain sense (a date before the act before it)
	// Field is the one of the command that is wrong, where it is one: pages mark it. See [Error.Field].
	Field string
}

// Refuse returns the rule's refusal. Arguments must not be personal data. What knows how Vietnamese documents write it,
// such as a date, is written so in the Vietnamese sentence.
func (r Rule) Refuse(args ...any) *Error {
	vi := make([]any, len(args))
	for i, a := range args {
		vi[i] = a
		switch v := a.(type) {
		case interface{ Vietnamese() string }:
			vi[i] = v.Vietnamese()
		case Text:
			vi[i] = v.Vi
		}
	}
	en := make([]any, len(args))
	for i, a := range args {
		en[i] = a
		if v, ok := a.(Text); ok {
			en[i] = v.En
		}
	}
	return &Error{Kind: Rejected, Code: r.Code, Msg: fmt.Sprintf(r.Say.Vi, vi...), En: fmt.Sprintf(r.Say.En, en...), Law: r.Law, Field: r.Field}
}
