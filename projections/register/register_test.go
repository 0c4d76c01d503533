package register_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	domainregister "hoso/domain/register"
	"hoso/projections"
	"hoso/projections/cases"
	"hoso/projections/history"
	"hoso/projections/register"
)

type office struct {
	*register.Reader
	t       *testing.T
	runner  *projections.Runner
	handler *domain.Handler
}

func newOffice(t *testing.T) *office {
	catalog, keys, log := domain.NewCatalog(domainregister.Type()), domaintest.Keys(), memlog.New()
	f, err := sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(cases.NewView(register.CaseType)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	r, err := projections.New(t.Context(), log, catalog.Codec(keys), f, cases.NewView(register.CaseType))
	if err != nil {
		t.Fatal(err)
	}
	h := domain.NewHandler(catalog, log, keys, func() time.Time { return domaintest.Now })
	return &office{register.NewReader(cases.NewReader(history.NewReader(h, f.DB()), f.DB())), t, r, h}
}

func (o *office) do(n byte, on calendar.Date, c domain.Command) domain.StreamID {
	o.t.Helper()
	id := domain.StreamID{Type: "register", ID: uuid.NewSHA1(uuid.Nil, []byte{n})}
	out, err := o.handler.Handle(o.t.Context(), domain.Request{ID: uuid.New(), Case: id, Command: c, Occurred: on, Actor: domain.Actor{ID: "lan"}})
	if err != nil {
		o.t.Fatal(err)
	}
	if err := o.runner.CatchUp(o.t.Context(), out.Position); err != nil {
		o.t.Fatal(err)
	}
	return id
}

func (o *office) has(q register.Query, numbers, works []string) {
	o.t.Helper()
	r, err := o.Register(o.t.Context(), q)
	if err != nil {
		o.t.Fatal(err)
	}
	var gotNumbers, gotWorks []string
	for _, d := range r.Documents {
		gotNumbers = append(gotNumbers, d.Number)
	}
	for _, w := range r.Works {
		gotWorks = append(gotWorks, w.What)
	}
	if !reflect.DeepEqual(gotNumbers, numbers) || !reflect.DeepEqual(gotWorks, works) {
		o.t.Errorf("%+v: %q %q, want %q %q", q, gotNumbers, gotWorks, numbers, works)
	}
}

func TestTheRegisterSaysWhatItsCasesSay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	april, may := calendar.Civil.Month(calendar.Month{Year: 2024, Month: 4}), calendar.Month{Year: 2024, Month: 5}
	q := register.Query{Issued: april, Month: may}
	o.has(q, nil, nil)

	issue := func(number string, in area.Code) domainregister.Issue {
		return domainregister.Issue{Kind: "plan", Subject: "Rà soát hộ nghèo", Field: "poverty", Issuer: "Ủy ban nhân dân tỉnh", Area: in, Number: domainregister.Number(number)}
	}
	o.do(1, 20240410, issue("90/KH-UBND", "20"))                                                                          // event 1
	o.do(2, 20240408, issue("85/KH-UBND", "20"))                                                                          // event 2
	o.do(3, 20240331, issue("80/KH-UBND", "20"))                                                                          // event 3, of March
	o.do(4, 20240402, issue("7/KH-UBND", "188"))                                                                          // event 4, of a district
	o.do(5, 20240402, domainregister.Draft{Kind: "letter", Subject: "Góp ý", Field: "other", Issuer: "Sở", Area: "20"})   // event 5, not issued
	o.do(6, 20240420, domainregister.Plan{What: "Tổ chức hội chợ việc làm", Month: may, Field: "employment", Area: "20"}) // event 6
	o.do(7, 20240420, domainregister.Plan{What: "Kiểm tra cơ sở", Month: may.Add(1), Field: "rehab", Area: "20"})         // event 7
	o.has(q, []string{"7/KH-UBND", "85/KH-UBND", "90/KH-UBND"}, []string{"Tổ chức hội chợ việc làm"})
	o.has(register.Query{Issued: april, Month: may, Area: "188"}, []string{"7/KH-UBND"}, nil)
	o.has(register.Query{Issued: april, Month: may, Area: "20"}, []string{"7/KH-UBND", "85/KH-UBND", "90/KH-UBND"}, []string{"Tổ chức hội chợ việc làm"})

	o.do(7, 20240421, domainregister.Move{Month: may})                                                                                                                           // event 8
	o.do(6, 20240422, domainregister.Complete{})                                                                                                                                 // event 9
	o.do(2, 20240423, domain.Void{Type: "register", Version: 1, Reason: domain.Hide("ghi nhầm"), Requester: "lan", Approver: "minh"})                                            // event 10
	o.do(1, 20240424, domain.Correct{Type: "register", Version: 1, Data: []byte(`{"number":"91/KH-UBND"}`), Reason: domain.Hide("nhầm số"), Requester: "lan", Approver: "minh"}) // event 11
	o.has(q, []string{"7/KH-UBND", "91/KH-UBND"}, []string{"Kiểm tra cơ sở"})

	q.AsOf = 6
	o.has(q, []string{"7/KH-UBND", "85/KH-UBND", "90/KH-UBND"}, []string{"Tổ chức hội chợ việc làm"})
	q.AsOf = 1
	o.has(q, []string{"90/KH-UBND"}, nil)
}
