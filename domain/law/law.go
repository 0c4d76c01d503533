// Package law holds what the law sets as numbers: amounts, deadlines, terms, holidays. Each is a row of a file with an
// interval of validity and a source, so that a new decree is a new row and no new program.
//
// The files beside this one are shipped with the program; an office may give its own. A rule of a case type takes its
// numbers from here and stays a pure function: the same act under the same files is always decided alike.
package law

import (
	"embed"
	"io/fs"
	"sync"

	"hoso/domain/calendar"
)

//go:embed data/*.csv
var shipped embed.FS

// Law is everything that the files say. It never changes after it was read.
type Law struct {
	Workdays      calendar.Workdays
	amounts       map[amountKey][]Amount
	procedures    []Procedure
	terms         map[termKey][]Term
	convalescence dated[Convalescence]
	relief        map[string]dated[Relief]
	reviews       dated[annualReview]
	remains       dated[RemainsSupport]
	unemployment  []governing
}

// Files returns the files that are shipped, for an office that wants to copy and change them.
func Files() fs.FS {
	files, err := fs.Sub(shipped, "data")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return files
}

// Shipped returns what the shipped files say.
var Shipped = sync.OnceValue(func() *Law {
	l, err := Read(Files())
	if err != nil {
		panic(err) // a test reads them
	}
	return l
})

// Read reads the files of a folder. All have to be there. A wrong one is an error that names file, line and reason.
func Read(files fs.FS) (*Law, error) {
	l := &Law{}
	for _, read := range []func(fs.FS) error{
		l.readHolidays, l.readAmounts, l.readProcedures, l.readTerms, l.readConvalescence, l.readRelief, l.readReviews, l.readRemains, l.readUnemployment,
	} {
		if err := read(files); err != nil {
			return nil, err
		}
	}
	return l, nil
}
