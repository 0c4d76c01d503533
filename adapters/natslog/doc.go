// Package natslog keeps the event log in a NATS JetStream stream, embedded or on a cluster.
//
// Each case is one concrete subject, each event one message. A write says which message it expects to be the last
// of its subject, so of two writers of one case exactly one wins. Writes that wait at the same time share one
// synced write to disk (group commit), each with its own condition and its own answer.
//
//	Append ─► queue ─► committer ─┬─ few: each a publish ──────┐
//	                              └─ many: one atomic batch ───┴─► stream ─► Read (direct get)
//	                                                                     └─► Follow (consumer)
//
// README.md beside this file tells the life of an event, what is guaranteed, and what was tried.
package natslog
