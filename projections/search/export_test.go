package search

import (
	"slices"
	"strings"
)

// InMemory tells whether the memory of names holds a folded text.
func InMemory(r *Reader, text string) bool {
	for name := range r.names.known {
		if strings.Contains(name, text) {
			return true
		}
	}
	return slices.Contains(r.names.words.plain, text)
}
