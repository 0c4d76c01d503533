// Package natsfeed tells other programs on NATS what happens: every event, and every figure that is another one now.
//
//	stream HOSO_EVENTS   hoso.events.<case type>.<uuid>                     each event once, in the log's order
//	bucket hoso-figures  <calendar>.<month>.<area>.<indicator>              each figure, rewritten where it changes
//
// Both are made from the log and the views, whatever log that is, and can be deleted at any time: they are made again. The
// message of position p is message p of the stream, so the stream says itself how far it has come: what a killed program had
// published stands there, and the next one goes on behind it. Every message is published on the condition that it is the next
// one, so two programs that feed one stream cannot double anything either.
//
// The key "position" says up to which position the bucket is complete, and how its figures were made. What a feeder finds there on
// the same basis it does not count again: only what happened since. <area> is "all", or the code of any unit under which something
// was recorded, or in which it lies, or that it has become; 0 has no key until it was something else.
//
// Who follows is one of at most [MaxReaders] consumers in each account, and a consumer that nobody asks for an hour goes, durable or
// not: begin again after the last position that was read. The feed itself needs none.
//
// Attributes of an event are those of CloudEvents 1.0.2 in the binary mode of its NATS binding: headers "ce-…", the data as
// they are stored. What is private in them is encrypted, and nothing here can open it.
package natsfeed
