// Package domaintest tests case types: what was given, what is asked, what then happens.
//
//	domaintest.Spec{
//		Type:  unemployment.Type(law.Shipped()),
//		Given: []domaintest.Step{{On: 20240401, Do: unemployment.File{…}}},
//		When:  domaintest.Step{On: 20240402, Do: unemployment.Withdraw{}},
//		Then:  []domain.Event{unemployment.Withdrawn{…}},
//	}.Run(t)
//
// The commands go through the real [domain.Handler] and a real log, so a spec proves the stored form as well as the
// rules. [Wire] keeps the stored form itself: one file for every version of every event ever written.
//
// It is test support: beside what domain may import, it imports go-cmp and the log in memory. No program links it.
package domaintest
