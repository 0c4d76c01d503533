// Package figures is the view behind every number of every report.
//
// A case type turns an event into contributions. They are kept one row each, clustered by indicator and day: any
// figure, at any as-of position, is a sum over a range of rows, and the rows are its explanation. Sums by half a month
// make the figures of the present cheap: months of both calendars are made of days 1–14 and 15–31. They are never the
// only source of a number.
//
// What each measure means over a range of days:
//
//	flow      the sum of the quantities in the range
//	stock     the sum of everything up to the range's last day; there is no year to date
//	distinct  how many persons have a sum above 0 in the range; a year is not the sum of its months. Records that are linked
//	          as the same person count once, from the event that links them on
//	ratio     one indicator divided by another, each by its own measure
//	reported  for each breakdown the latest statement that stands: by day, then by position. It is a statement about
//	          the unit that was asked for, since units below it may state the same in percent
//
// A correction or a void takes its act back on the act's own day, so it changes the figure of that day as known from
// then on, and no figure as known before.
package figures

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"hoso/domain"
)

// View keeps the contributions. It implements projections.View.
type View struct{ catalog *domain.Catalog }

// NewView returns the view of a catalogue's figures.
func NewView(catalog *domain.Catalog) View { return View{catalog} }

// Name implements projections.View.
func (View) Name() string { return "figures" }

// format changes with the tables and with what their rows mean.
const format = "5."

// Reads implements projections.Older. Another catalogue's rows can be read: an indicator that it did not have has no
// figures there, not even 0.
func (View) Reads(version string) bool { return strings.HasPrefix(version, format) }

// Version implements projections.View. It changes with the declaration of any indicator; who changes what an event
// contributes raises the indicator's Version.
func (v View) Version() string {
	h := sha256.New()
	for _, t := range v.catalog.Types {
		for _, i := range t.Indicators {
			fmt.Fprintln(h, i.ID, i.Version, i.Measure)
		}
	}
	return format + hex.EncodeToString(h.Sum(nil)[:4])
}

// Schema implements projections.View. Indicators, areas and breakdowns are numbers of the table of names.
//
// Sums are kept by area, and once more over all areas (number 0): a day has few acts in a commune, so a province's
// sum made from those of its communes would hardly be cheaper than the contributions.
//
// The place of a contribution tells two things: 0, 1, 2… are what the event adds, -1, -2… what it takes back of an
// earlier act. Reported values need that: a value of 0 has no sign. Persons are kept where they are counted once, by a
// number of their own, and for stocks, so that somebody who stands in one twice is found.
//
// Odd is who ever stood in a stock more than once, or less than not at all: those of whom a report has to ask more.
//
// The sums of persons who are counted once are lists: who has how many under which breakdown, see [merge].
func (v View) Schema() []string {
	tables := []string{
		`CREATE TABLE IF NOT EXISTS figures_contributions (
			indicator INTEGER NOT NULL, occurred INTEGER NOT NULL, ordinal INTEGER NOT NULL, place INTEGER NOT NULL,
			area INTEGER NOT NULL, breakdown INTEGER NOT NULL, quantity INTEGER NOT NULL, person BLOB,
			PRIMARY KEY (indicator, occurred, ordinal, place)) WITHOUT ROWID`,
		`CREATE TABLE IF NOT EXISTS figures_sums (
			indicator INTEGER NOT NULL, area INTEGER NOT NULL, half INTEGER NOT NULL, breakdown INTEGER NOT NULL,
			quantity INTEGER NOT NULL,
			PRIMARY KEY (indicator, area, half, breakdown)) WITHOUT ROWID`,
		`CREATE TABLE IF NOT EXISTS figures_links (record BLOB NOT NULL, version INTEGER NOT NULL, ordinal INTEGER NOT NULL, same_as BLOB,
			PRIMARY KEY (record, version, ordinal)) WITHOUT ROWID`,
		`CREATE TABLE IF NOT EXISTS figures_indicators (indicator TEXT PRIMARY KEY) WITHOUT ROWID`,
		`CREATE TABLE IF NOT EXISTS figures_odd (indicator INTEGER NOT NULL, person BLOB NOT NULL, PRIMARY KEY (indicator, person)) WITHOUT ROWID`,
		`CREATE TABLE IF NOT EXISTS figures_people (number INTEGER PRIMARY KEY, person BLOB NOT NULL UNIQUE)`,
		`CREATE TABLE IF NOT EXISTS figures_persons (
			indicator INTEGER NOT NULL, area INTEGER NOT NULL, half INTEGER NOT NULL, people BLOB NOT NULL,
			PRIMARY KEY (indicator, area, half)) WITHOUT ROWID`,
	}
	for _, t := range v.catalog.Types {
		for _, i := range t.Indicators {
			tables = append(tables, fmt.Sprintf("INSERT INTO figures_indicators VALUES ('%s') ON CONFLICT DO NOTHING", i.ID))
		}
	}
	return tables
}
