// Package intake turns lines of an import file into requests, and imports whole files of them.
//
//	file ─▶ Lines ─▶ Parser ─▶ Importer ─┬─▶ written
//	                   │                 ├─▶ already there (the same command was imported before)
//	                   └─ refused ◀──────┘   with line number, field, code and reason
//
// A line is one command (JSON Lines):
//
//	{"command":"unemployment.file","case":"HS-0041","occurred":"2024-04-03","actor":"canbo-1","unit":"178","data":{…}}
//
// Everything about a line is strict: what is unknown, repeated, missing, ill-typed or in the future is refused, with an
// error that names the field and never quotes a value, since a value in the wrong column may be somebody's name.
// Only the names of administrative units come back: of those that may be meant where a name in the place of a unit's code
// is that of several on the line's day.
//
// Ids are keyed hashes of what the office writes, so that nobody can guess a case or a person from an id, and the
// same line makes the same ids for ever: that is what makes importing twice harmless.
package intake
