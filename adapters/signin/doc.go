// Package signin finds out who asks: log-in with a password or through the office's own provider (OIDC), sessions, API
// tokens. It is the only place that reads cookies and tokens; what comes out is a right.Caller in the request's context.
//
//	Authorization: Bearer hoso_… ──▶ token: its account, not revoked, not expired, the same hash ──┐
//	cookie ──▶ session: in time, of the account's epoch, the password not a temporary one ─────────┴─▶ right.Caller, live
//
// Guarantees:
//
//   - A caller is looked up anew each time that somebody asks who it is (access.Accounts): what was revoked before a command
//     began does not count for it, also in the middle of a long import.
//   - A session ends after its idle and its absolute time, at log-out, and with a change of the password, a closing or an
//     unlinking of its account. What has ended does not come back, whatever is under way at the same time.
//   - The session's id is a new one after each log-in; a cookie that somebody else planted is worth nothing.
//   - Before a password is looked at, the attempt is counted: a thousand at once are no more than five, one after the other. A
//     stranger's attempts do not keep the owner out, see attempts.go. Names that do not exist cost the same time, and say the same.
//   - Passwords, tokens and session ids are written nowhere in the clear: not in the log, not in the file, not in errors.
//
// Sessions lie in a file of this process. Several processes behind one address need a balancer that keeps a client with one
// of them, or programs that use tokens.
package signin
