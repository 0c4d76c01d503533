// Package esdblog keeps the event log in EventStoreDB or KurrentDB.
//
// Each case is one stream, "<case type>-<uuid>", so that the store's own tools show cases, categories and correlations
// where their users look for them. A write names the revision that it expects to be the last of its stream; of two
// writers of one case exactly one wins.
//
//	Append ─► attempts ─► supervisor ─► client ─► the cluster's leader
//	Read   ─► feed     ─┘     │ a client that has failed is replaced, never repaired
//	Follow ─► feed     ─┘     └─ built one at a time, tried before anybody gets it
//
// The client library gives up for good after one failed discovery, does not end with its context while it connects,
// and may block or panic then. So every call to it runs in a goroutine that nobody waits for longer than they want,
// and the supervisor alone decides which client is used (supervisor.go).
//
// README.md beside this file tells the life of an event, what is guaranteed, and what the library does.
package esdblog
