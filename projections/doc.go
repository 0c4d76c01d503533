// Package projections is the read side: it follows the log and keeps the views that people and reports read.
//
//	EventLog ──Follow──▶ decode ──▶ inbox ──▶ one transaction: events + every view ──▶ readers
//
// One SQLite file holds all views of a generation, and a table of all events. The last row of that table is the
// checkpoint. It is written in the transaction that applies the event, so the effects of an event are in the file
// exactly once, whenever the process is killed. The file can be deleted at any time: the log rebuilds it.
//
// Live, a batch is what came in while the last one was written. Where that was much, it waits up to a tenth of a second for more,
// but not while somebody waits for the views: who reads what he has written is never kept waiting by it.
//
// The runner counts the events of the log: 1, 2, 3… That number, the ordinal, is what people see as the position.
//
// A view that cannot apply an event stops the runner. Nothing is ever skipped: a figure is whole up to the position
// that stands beside it, or it is not shown.
//
// A file is filled before it is followed. While it is filled nobody reads it, so the views leave out what follows from their other
// rows, and make it of all rows at once when they have caught up (Filled). A large batch they apply all at once, one writing
// while the others reckon.
//
// When the version of a view changes, a new file is built beside the old one:
//
//	open ──▶ caught up? ──▶ taken before? ──yes──▶ ready, the other files go
//	                             │ no
//	                             ▼
//	                         Compare ── nothing against it ──▶ taken, ready, the other files go
//	                             │
//	                             └── a published figure is another ──▶ not taken: it follows the log, Ready and Health say
//	                                 why, the other files stay, and the next start asks again
//
// Until the new file is ready the old one may answer, standing still where the old program left it: its views cannot be kept up
// by a program that has others. It answers only where every view says that its readers can read rows of that version (Older,
// Readable); otherwise nothing of it is read, and nothing is answered.
package projections
