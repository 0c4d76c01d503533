// Package projections is the read side: it follows the log and keeps the views that people and reports read.
//
//	EventLog ──Follow──▶ decode ──▶ inbox ──▶ one transaction: events + every view ──▶ readers
//
// One SQLite file holds all views of a generation, and a table of all events. The last row of that table is the
// checkpoint. It is written in the transaction that applies the event, so the effects of an event are in the file
// exactly once, whenever the process is killed. The file can be deleted at any time: the log rebuilds it.
//
// The runner counts the events of the log: 1, 2, 3… That number, the ordinal, is what people see as the position.
//
// A view that cannot apply an event stops the runner. Nothing is ever skipped: a figure is whole up to the position
// that stands beside it, or it is not shown.
package projections
