package sample

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// Life describes how cases of one type run: as moves from status to status. The generator places as many of each move
// as the figures state, and makes up the rest of each life around them.
type Life struct {
	Prefix string // of the references of its cases
	Moves  []Move // in the order of a life
	// Binds are breakdown keys that belong to the case for life, such as the sex of its person.
	Binds []string
	// Tenure is for how many days, about, a case stays open: a stock's cases were opened within that time.
	Tenure int
	// Renew is the move by which the cases of a year ago have left, so that a stock is compared with one like it.
	Renew string
	// Open makes up what a case is about, once it is known what its acts need.
	Open func(w *World, c *Case) error
	// Live lets a case go on by moves of which the figures say nothing; nil for none.
	Live func(t *Teller, c *Case)
	// Prepare settles how figures hang together that one act adds to at once; nil where none do.
	Prepare func(w *World) error
}

// Move is something that can happen to a case.
type Move struct {
	Name   string
	From   []string          // statuses; "" opens a case
	To     string            // the status after it; empty: unchanged
	Count  string            // the indicator to which it adds one, where there is one
	Within string            // the indicator of which that one is a part, and to which it adds one too; the move that counts the rest of it comes later
	As     map[string]string // what its acts are in the breakdowns of Within, where the file has no say in it: the plans among the documents
	Sums   []Sum             // the indicators to which it adds an amount
	Parts  []Part            // the indicators that count some of its acts once more
	Also   []string          // indicators to which it adds, too, and whose stated figures other moves make
	Stocks []Effect
	Own    bool // each stated act gets a case of its own
	Again  bool // one case takes any number of stated acts: the distributions of a campaign
	Ahead  int  // the act is recorded so many days before the day on which it counts: a plan
	Gap    int  // days since the case's act before it, at least
	Pace   int  // days since then where a case is chosen for it or led up to it; 0: Gap
	Lead   int  // up to so many days more, where a new case is led up to it
	Wait   int  // at most, where a case is chosen for it; 0: any
	// Via is a move by which a case can be led on to this one, on a day of which the figures say nothing, before a new
	// case is made up.
	Via string
	// Prefer are values for breakdown keys that the figures leave open; a value that stands twice is chosen twice as
	// often. Keys without an entry get the indicator's own values.
	Prefer map[string][]string
	Do     func(w *World, c *Case, a *Act) domain.Command
}

// Sum is an amount that a move adds to an indicator.
type Sum struct {
	Indicator string
	Typical   int64 // of one act
	// Divide splits a total among n acts; nil: World.Share.
	Divide func(w *World, total int64, n int) ([]int64, error)
	// None lets an act have nothing of the amount: a session at which nobody was hired.
	None bool
}

// Effect is what a move does to a stock: +1 or -1.
type Effect struct {
	Indicator string
	Sign      int64
}

// Case is an invented case.
type Case struct {
	Ref    string
	Person Resident // once opened
	Status string
	Last   calendar.Date
	By     map[string]string // what its acts say about it for life
	Acts   []*Act
}

// First returns the day on which the case was opened.
func (c *Case) First() calendar.Date { return c.Acts[0].On }

// Find returns the case's first act of a move.
func (c *Case) Find(move string) (*Act, bool) {
	for _, a := range c.Acts {
		if a.Move.Name == move {
			return a, true
		}
	}
	return nil, false
}

// Act is an invented act.
type Act struct {
	Move *Move
	On   calendar.Date
	By   map[string]string
	Sums map[string]int64
	// Note is for the case type's own use between Live, Open and Do: the terms of a decision, a month.
	Note any
	// Free says that the figures do not state the act's amounts, so that they may be changed.
	Free bool
}

func (m *Move) counts() []string {
	var all []string
	if m.Count != "" {
		all = append(all, m.Count)
	}
	if m.Within != "" {
		all = append(all, m.Within)
	}
	for _, s := range m.Sums {
		all = append(all, s.Indicator)
	}
	for _, p := range m.Parts {
		all = append(all, p.Indicator)
	}
	return append(all, m.Also...)
}

func (m *Move) effect(stock string) int64 {
	for _, e := range m.Stocks {
		if e.Indicator == stock {
			return e.Sign
		}
	}
	return 0
}
