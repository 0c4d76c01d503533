package domain

import (
	"context"
	"iter"
)

// ErrConflict is returned by Append where the stream does not end at the given Tail.
var ErrConflict = &Error{Kind: Conflict, Code: "log.conflict", Msg: "hồ sơ vừa được người khác cập nhật; hãy tải lại"}

// EventLog is an append-only log of events, grouped into one stream for each case. The suite eventlogtest is this
// contract as a program.
//
// All methods may be called from many goroutines at once. All of them end with the context's error, soon, when the
// context ends. There is no way to change or delete an event.
type EventLog interface {
	// Append adds the drafts to the stream, all or none, if and only if the stream ends at tail.
	//
	// Success means that the events are durable: they survive a killed process and a lost power supply (on a quorum,
	// in a cluster). The returned Tail is the stream's new end. Their versions follow tail.Version without gaps, and
	// their cursors are greater than those of every append acknowledged before this call began.
	//
	// A stream that ends elsewhere gives an error that is ErrConflict, and nothing is written. Any other error says
	// nothing about whether the events were written, except those of CheckAppend, which every log makes first and after
	// which nothing is.
	//
	// Appending the same drafts again, after such an error for instance, never doubles them. Where drafts with these
	// very ids lie in the stream already, right behind tail, the answer is either ErrConflict, which tells to read, or
	// the Tail that the first append was given, also when others have appended since. Which of the two depends on the
	// log, and a caller must cope with both. A log that recognises drafts so looks at their ids alone: whoever makes
	// ids lets them depend on all that must not be mistaken for one another (see EventID). Where only some of the
	// drafts lie there, and others do not, it is a conflict.
	//
	// The two halves of a tail belong together: a log may look at either of them, or at both. Where the version is the
	// stream's and the position is not, it answers ErrConflict or appends as if the tail were whole. A tail with
	// another version is nothing that a log ever gave, whatever its position.
	Append(ctx context.Context, stream StreamID, tail Tail, drafts ...Draft) (Tail, error)

	// Read yields the stream's events with a version greater than after, in order, up to the stream's end at some
	// moment after the call; a stream that does not exist yields nothing. Where the call begins after an Append was
	// acknowledged by the same log value, it yields those events. The first error ends the sequence and is yielded.
	// An iteration that ends without an error has yielded everything.
	Read(ctx context.Context, stream StreamID, after uint64) iter.Seq2[Recorded, error]

	// Follow yields every event of the log with a cursor greater than after, in the log's order, each once, and then
	// waits for more, until ctx ends or the caller stops. It survives lost connections by itself. It ends only with an
	// error, which is yielded: the context's, or one that says why it cannot go on.
	Follow(ctx context.Context, after Cursor) iter.Seq2[Recorded, error]

	// Head returns the cursor of the log's last event, 0 for an empty log: every append acknowledged before the call
	// is at or before it, and Follow reaches it without waiting for new events.
	Head(ctx context.Context) (Cursor, error)
}
