// Package filelog keeps all of a log and the sealed keys beside it in one file: a backup.
//
//	frame = kind (1 byte) · length (varint) · content
//
//	h  header, JSON                     once, first
//	c  the last signed checkpoint       at most once
//	f  the key-encryption key           at most once, and only where somebody asked for it
//	d  a part of another file: name, 0, content; parts of the same name follow one another
//	k  a sealed key: name, 0, value     many
//	o  a document, sealed: name, 0, content   many
//	e  an event: its record             many, in the log's order
//	z  trailer, JSON                    once, last: counts, and the SHA-256 of all frames before it
//
// The frames are compressed as one S2 stream, which any S2 or Snappy program reads. A file without its trailer is no backup:
// whatever ended it, [Open] says so.
package filelog
