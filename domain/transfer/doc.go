// Package transfer copies one event log into another: from the embedded server to a cluster, from one product to another.
//
//	source   1 2 3 4 5 6 7 8 │          compare   both from the beginning, event by event: the target is a prefix
//	target   1 2 3 4 5                  copy      6 7 8, one command at a time, each after the one before is durable
//	         ◄─ compare ─►◄copy►        verify    both again, by digests
//
// Ids, times, versions, bytes and order stay as they are, and so does every ordinal: as-of queries, published reports
// and proofs hold on the copy. A copy that was interrupted is started again, and goes on where it stopped. A copy that
// is complete adds nothing. Nothing is ever written to a target that holds something else; Options.Ready is where a caller
// does what must not be done to such a target either.
//
// Two copies may run at once: each writes an event only when all before it are in the target. People must not work on
// the target before the copy is verified; where they do, it is found out and said, and never repaired.
package transfer
