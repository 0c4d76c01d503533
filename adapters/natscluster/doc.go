// Package natscluster connects to NATS servers that somebody else runs, and looks whether what is stored there is safe.
//
// The embedded server is set up by this program; an outside one may be set up in any way, and most of what would lose
// acknowledged events does not show in use. So [Connect] and [Inspect] look before anything is created:
//
//	options ─► Connect ─┬─ asks every server that was named ─► one line that says what is wrong, or
//	                    └─► a connection that comes back by itself, for ever
//	                              │
//	                           Inspect ─► findings: what is unsafe, and how to mend it
//
// Neither creates or changes anything on a server. README.md lists the errors and the findings.
package natscluster
