package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/counselling"
	"hoso/domain/person"
	"hoso/domain/unemployment"
)

// search measures looking for people and cases among c.Cases invented people with a case each: every way of writing, of
// names that many bear and that few bear.
func (c benchCommand) search(ctx context.Context, e *env, a *app) (measured, error) {
	if err := c.crowd(ctx, e, a); err != nil {
		return measured{}, err
	}
	if err := a.catchUp(ctx, e); err != nil {
		return measured{}, err
	}
	begun := time.Now()
	if err := a.search.Refresh(ctx); err != nil {
		return measured{}, err
	}
	fmt.Fprintf(e.err, "đã mở %d tên trong %s\n", c.Cases, time.Since(begun).Round(time.Millisecond))
	texts := []string{"nguyen", "Nguyễn Văn An", "nguyen van an", "NGUYEN VAN", "lý thúy hoà", "hoa", "vi thi", "đ", "an nguyen", "khong co ai",
		"020185000042", invented(rand.New(rand.NewPCG(1, 7))), "bench-42"}
	var took []time.Duration
	for start := time.Now(); time.Since(start) < c.For || len(took) < 10*len(texts); {
		for _, text := range texts {
			begun := time.Now()
			if _, err := a.search.Find(ctx, text, 20); err != nil {
				return measured{}, err
			}
			took = append(took, time.Since(begun))
		}
	}
	m := measured{Unit: fmt.Sprintf("ms, p95, %d people and cases", c.Cases), RawIs: "none"}
	m.spread(took)
	m.Result = m.P95
	return m, nil
}

// crowd registers people and opens a case of each through the last two years, by 128 callers at once: of ten cases three are
// claims that somebody has to work on.
func (c benchCommand) crowd(ctx context.Context, e *env, a *app) error {
	const callers = 128
	today := calendar.On(a.clock())
	fail := make([]error, callers)
	var all sync.WaitGroup
	bar := e.progress("Tạo người và hồ sơ", int64(c.Cases))
	var done sync.Mutex
	n := 0
	one := func(i int) error {
		r := rand.New(rand.NewPCG(1, uint64(i)))
		number := fmt.Sprintf("020185%06d", i)
		who := domain.PersonID{UUID: a.names.Pseudonym("identity:" + number)}
		day := today.AddDays(-i % 730)
		communes := area.Communes(area.LangSon, day)
		commune := communes[r.IntN(len(communes))].Code
		kase, begin := "counselling", domain.Command(counselling.Give{Person: who, Commune: commune, Purpose: "placement"})
		if i%10 < 3 {
			kase, begin = "unemployment", unemployment.File{Person: who, Commune: commune, Sex: "female", BirthYear: 1985, Channel: "direct", Residence: "own", Paid: 60}
		}
		for _, q := range []domain.Request{
			{Case: domain.StreamID{Type: "person", ID: who.UUID}, Command: person.Register{Identity: domain.Hide(person.Identity(number)), Name: domain.Hide(invented(r)), Born: domain.Hide(person.Born("1985")), Commune: commune}},
			{Case: domain.StreamID{Type: kase, ID: a.names.Case(kase, fmt.Sprintf("bench-%d", i))}, Command: begin},
		} {
			q.ID, q.Occurred, q.Actor = uuid.New(), day, domain.Actor{ID: "bench"}
			if _, err := a.handler.Handle(ctx, q); err != nil {
				return err
			}
		}
		return nil
	}
	for k := range callers {
		all.Go(func() {
			for i := k; i < c.Cases && fail[k] == nil; i += callers {
				fail[k] = one(i)
				done.Lock()
				if n++; n%1000 == 0 {
					bar.set(e, int64(n))
				}
				done.Unlock()
			}
		})
	}
	all.Wait()
	bar.done()
	for _, err := range fail {
		if err != nil {
			return err
		}
	}
	return nil
}

// invented makes a name of the words that names are made of here; a third of the people are called Nguyễn.
func invented(r *rand.Rand) string {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	return pick("Nguyễn", "Nguyễn", "Nguyễn", "Hoàng", "Nông", "Lý", "Vi", "Đặng", "Triệu") + " " + pick("Văn", "Thị", "Thúy", "Đức", "Minh", "Ngọc") + " " +
		pick("An", "Ẩn", "Anh", "Bình", "Chi", "Dũng", "Đào", "Giang", "Hà", "Hòa", "Hoa", "Hùng", "Khánh", "Lan", "Linh", "Mai", "Nam", "Oanh", "Phúc", "Quý", "Sơn", "Tâm", "Uyên", "Vinh", "Xuân", "Yến")
}
