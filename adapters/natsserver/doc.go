// Package natsserver runs a NATS server with JetStream inside this process: no port, no configuration, one directory.
//
// Every write is synced to disk before it is acknowledged. The server only logs its troubles; this package turns
// those that matter into [Server.Fault], so that a full or read-only disk is told by name and at once, instead of
// by a write that nobody answers.
package natsserver
