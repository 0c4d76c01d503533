// Package access answers who could do what: now, for whoever asks for something, and on any date, for whoever looks back.
//
//	Accounts ── one account, now: from its stream in the log, remembered for a second ──▶ right.Caller
//	         └─ commands of administrators and of the accounts themselves ──▶ Handler
//	Reader   ── all accounts, as known at any position: listed by the view of package cases, each a replay
//
// Guarantees of Accounts:
//
//   - What was revoked, closed or changed through this process counts for whatever begins after that was acknowledged.
//   - What was revoked through another process counts a second and a look at the log later, whether the views follow or not. (A log
//     on several servers may answer from one that is behind; that time comes on top.)
//   - An account that cannot be read may nothing.
package access
