// Package clustertest runs real NATS servers, each a process of its own, for tests: a cluster of three as a province
// would run it, or one server that is set up wrongly. They can be killed and started again on what they left on disk.
//
// The server is the one of go.mod, built by "go tool nats-server"; Go's build cache keeps it.
//
// It is test support: no program links it.
package clustertest
