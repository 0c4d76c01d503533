// Package seal proves that nothing in the log was changed, taken out, put in or reordered.
//
//	event 1   event 2   event 3   event 4 …        leaves: SHA-256(0x00 ‖ record)
//	   └───┬───┘           └───┬───┘
//	       └─────────┬─────────┘                   nodes:  SHA-256(0x01 ‖ left ‖ right)
//	               root ── signed with the number of events: a checkpoint
//
// # What is sealed
//
// The leaf of position p (the ordinal, from 1) is the event's record, [domain.Recorded.AppendRecord]: stream, version, id,
// type, schema, all of the meta data, and the data as they are stored, with what is private encrypted. Nothing in it belongs to one
// product, so a copy of the log has the same leaves, the same roots, and keeps every proof. Erasing a person changes no
// byte of the log, and so nothing here. The tree over the leaves is that of RFC 6962 (Certificate Transparency), made with
// golang.org/x/mod/sumdb/tlog.
//
// A checkpoint is the text "hoso\n<number of events>\n<root in base64>\n", signed with Ed25519 as a note of
// golang.org/x/mod/sumdb/note under the name "hoso" (the format of c2sp.org/tlog-checkpoint). It is an event of the log
// (domain/seal) and covers events before itself. Deleting the views loses none.
//
// # What is proven, and to whom
//
//   - Who has the public key and the log: everything up to the last checkpoint is what the office signed. Between two
//     checkpoints that hold, nothing can be otherwise.
//   - Who kept a checkpoint elsewhere as well: no log that begins otherwise was put in the place of the one that was
//     signed, and nothing was cut off its end. Against somebody who has the office's keys only this helps: he can sign
//     another log, but not make it agree with a note that is out of his reach.
//   - What came after the last checkpoint is compared with the hashes that the views took down when it came. They lie on the
//     same machine and are no proof.
//
// # Where the hashes are
//
// The view keeps tiles of 256 hashes: those of level 0 are leaves, a hash of level l+1 is the root of a full tile of level l.
// The nodes in between are computed when they are asked for. The file holds no private keys.
package seal
