package search

import "bytes"

// InMemory tells whether the memory of names holds a folded text.
func InMemory(r *Reader, text string) bool { return bytes.Contains(r.names.folded.text, []byte(text)) }
