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
// Attributes of an event are those of CloudEvents 1.0.2 in the binary mode of its NATS binding: headers "ce-…", the data as
// they are stored. What is private in them is encrypted, and nothing here can open it.
package natsfeed
