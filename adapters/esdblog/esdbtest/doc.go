// Package esdbtest is a small EventStoreDB for tests: it speaks the store's gRPC protocol over loopback, keeps its
// events in memory, and can be made to fail in the ways in which real servers and networks fail.
//
// It follows the published protocol, not what our adapter happens to send. The sources, named where they matter:
//
//	[proto]   the .proto files of github.com/EventStore/EventStore-Client-Go/v4, in its folder protos
//	[server]  the server of github.com/kurrent-io/KurrentDB (formerly EventStore/EventStore), by file:
//	          Services/Transport/Grpc: Streams.Append.cs, Streams.Read.cs, RpcExceptions.cs, Constants.cs
//	          Services/Transport/Enumerators: AllSubscriptionFiltered.cs, AllSubscription.cs
//	          Services/Storage: StorageWriterService.cs, ReaderIndex/IndexWriter.cs (CheckCommit)
//	[changes] that server's CHANGELOG.md
//
// What is here: Append, Read (streams and $all, both directions, subscriptions with filters, checkpoints and caught-up
// messages), Gossip, ServerFeatures, basic authentication, TLS, a leader and followers. What is not: BatchAppend (the
// Go client 4.2.0 never calls it), Delete and Tombstone over the wire (use [Store.Truncate] and [Store.Tombstone]),
// persistent subscriptions, projections (what $by_category would write is written by [Store.Projections]).
//
// It is test support. No program links it.
package esdbtest
