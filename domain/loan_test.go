package domain_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

// The kernel is tested with a case type that is as small as a case type can be: a loan that is opened, paid back in
// parts and closed.

type open struct {
	Person domain.PersonID        `json:"person" vi:"Người vay" en:"Borrower"`
	Amount int64                  `json:"amount" vi:"Số tiền" en:"Amount" unit:"VND" min:"1" max:"1000"`
	Kind   string                 `json:"kind" vi:"Loại" en:"Kind" values:"house|school"`
	Tags   []string               `json:"tags,omitempty" vi:"Nhãn" en:"Tags"`
	Note   domain.Private[string] `json:"note" vi:"Ghi chú" en:"Note"`
}

type pay struct {
	Amount int64 `json:"amount" vi:"Số tiền" en:"Amount" unit:"VND" min:"1"`
}

type closeLoan struct{}

func (open) CommandName() string      { return "loan.open" }
func (pay) CommandName() string       { return "loan.pay" }
func (closeLoan) CommandName() string { return "loan.close" }

type opened open

type paid struct {
	Person domain.PersonID `json:"person"`
	Amount int64           `json:"amount"`
}

type closed struct {
	Person domain.PersonID `json:"person"`
}

func (opened) EventType() string          { return "loan.opened" }
func (paid) EventType() string            { return "loan.paid" }
func (closed) EventType() string          { return "loan.closed" }
func (e opened) Subject() domain.PersonID { return e.Person }
func (e paid) Subject() domain.PersonID   { return e.Person }

type loan struct {
	Person   domain.PersonID
	Owed     int64
	IsClosed bool
}

func loanType() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "loan",
		Label: domain.Text{Vi: "Khoản vay", En: "Loan"},
		Commands: []domain.CommandType{
			domain.CommandOf[open]("Mở", "Open"), domain.CommandOf[pay]("Trả", "Pay"), domain.CommandOf[closeLoan]("Đóng", "Close"),
		},
		Events: []domain.EventType{
			domain.EventOf[opened]("Đã mở", "Opened"), domain.EventOf[paid]("Đã trả", "Paid"), domain.EventOf[closed]("Đã đóng", "Closed"),
		},
		Indicators: []domain.Indicator{{ID: "loan.owed", Measure: domain.Stock}},
		Contribute: func(a domain.Act) []domain.Contribution {
			owed := func(n int64) []domain.Contribution {
				return []domain.Contribution{{Indicator: "loan.owed", Occurred: a.Occurred, Quantity: n}}
			}
			switch e := a.Event.(type) {
			case opened:
				return owed(e.Amount)
			case paid:
				return owed(-e.Amount)
			}
			return nil
		},
	}, domain.Decider[loan]{
		Decide: func(s loan, r domain.Request) ([]domain.Event, error) {
			switch c := r.Command.(type) {
			case open:
				return []domain.Event{opened(c)}, nil
			case pay:
				if c.Amount == s.Owed { // the last part closes the loan
					return []domain.Event{paid{s.Person, c.Amount}, closed{s.Person}}, nil
				}
				return []domain.Event{paid{s.Person, c.Amount}}, nil
			}
			return []domain.Event{closed{s.Person}}, nil
		},
		Allow: func(s loan, a domain.Act) error {
			switch e := a.Event.(type) {
			case opened:
				if !s.Person.IsZero() {
					return domain.Rule{Code: "loan.already_open", Say: domain.Text{Vi: "đã mở", En: "it is open"}}.Refuse()
				}
				return nil
			case paid:
				if e.Amount > s.Owed {
					return domain.Rule{Code: "loan.paid_too_much", Say: domain.Text{Vi: "trả quá số nợ", En: "more than is owed"}}.Refuse()
				}
			}
			if s.Person.IsZero() || s.IsClosed {
				return domain.Rule{Code: "loan.not_open", Say: domain.Text{Vi: "không có khoản vay đang mở", En: "no loan is open"}}.Refuse()
			}
			return nil
		},
		Evolve: func(s loan, a domain.Act) loan {
			switch e := a.Event.(type) {
			case opened:
				s.Person, s.Owed = e.Person, e.Amount
			case paid:
				s.Owed -= e.Amount
			case closed:
				s.IsClosed = true
			}
			return s
		},
	})
}

var borrower = domain.PersonID{UUID: uuid.MustParse("aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb")}

func openOf(amount int64) open {
	return open{Person: borrower, Amount: amount, Kind: "house", Tags: []string{"a", "b"}, Note: domain.Hide("mái dột")}
}

// office is the kernel with everything that it needs.
type office struct {
	*testing.T
	catalog *domain.Catalog
	codec   *domain.Codec
	keys    *domaintest.KeyRing
	log     domain.EventLog
	handler *domain.Handler
	id      domain.StreamID
}

func newOffice(t *testing.T) *office { return officeOn(t, memlog.New()) }

func officeOn(t *testing.T, log domain.EventLog) *office {
	catalog, keys := domain.NewCatalog(loanType()), domaintest.Keys()
	clock := func() time.Time { return time.Date(2024, 5, 1, 9, 0, 0, 123456789, calendar.Zone) }
	return &office{t, catalog, catalog.Codec(keys), keys, log, domain.NewHandler(catalog, log, keys, clock),
		domain.StreamID{Type: "loan", ID: uuid.New()}}
}

func (o *office) request(c domain.Command, on calendar.Date) domain.Request {
	return domain.Request{ID: uuid.New(), Case: o.id, Command: c, Occurred: on, Actor: domain.Actor{ID: "lan"}, Fingerprint: "f"}
}

// accepted handles what must be accepted.
func (o *office) accepted(c domain.Command, on calendar.Date) domain.Outcome {
	o.Helper()
	out, err := o.handler.Handle(o.Context(), o.request(c, on))
	if err != nil {
		o.Fatalf("%s: %v (%s)", c.CommandName(), err, domain.CodeOf(err))
	}
	return out
}

// refused handles what must be refused with this code.
func (o *office) refused(code string, c domain.Command) {
	o.Helper()
	if _, err := o.handler.Handle(o.Context(), o.request(c, 20240401)); domain.CodeOf(err) != code {
		o.Errorf("%s: %v (%s), want %s", c.CommandName(), err, domain.CodeOf(err), code)
	}
}

func (o *office) replay() (loan, []domain.Replayed) {
	o.Helper()
	state, events, err := o.handler.Replay(o.Context(), o.id, func(domain.Recorded) bool { return true })
	if err != nil {
		o.Fatal(err)
	}
	return state.(loan), events
}

func (o *office) stored() []domain.Recorded {
	o.Helper()
	var all []domain.Recorded
	for e, err := range o.log.Read(o.Context(), o.id, 0) {
		if err != nil {
			o.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}
