package catalog

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"
)

// indicators.csv is the agreed catalogue of all indicators. Those of the fields of work whose case types are not built
// yet stand in it too.
//
//go:embed indicators.csv
var agreed string

var agreedIDs = sync.OnceValue(func() map[string]bool {
	rows, err := csv.NewReader(strings.NewReader(agreed)).ReadAll()
	if err != nil {
		panic(err) // embedded: a test reads it
	}
	ids := map[string]bool{}
	for _, r := range rows[1:] {
		ids[r[0]] = true
	}
	return ids
})

// Agreed tells whether an indicator is in the agreed catalogue, counted by a case type or not yet.
func Agreed(id string) bool { return agreedIDs()[id] }
