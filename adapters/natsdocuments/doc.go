// Package natsdocuments keeps sealed documents on NATS JetStream, where the keys of persons are: in the embedded server or on the
// servers of --nats, also where the events are in EventStoreDB. It implements documents.Store.
//
//	stream hoso-documents
//	hoso.document.<sha256 of the sealed bytes, hex>.<n>    part n of the bytes: 0, 1, 2…; header Hoso-Parts: how many
//
// The parts of a document are one atomic batch: all of them are there, or none, also where the process or the server is killed
// in between. Each is written on the condition that its subject is empty, so that bytes are never replaced.
package natsdocuments
