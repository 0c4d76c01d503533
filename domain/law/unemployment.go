package law

import (
	"cmp"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"hoso/domain/calendar"
)

// Unemployment is what the law of unemployment insurance sets as numbers on a day. Times "within" are counted in working
// days, the first day not counted (NĐ 374/2025 Đ45.3).
type Unemployment struct {
	Law int // 2013 or 2025: the year of the law that governs

	Percent     int // of the average wage
	Cap         int // times the minimum wage of the region
	StateCap    int // times the base salary, for wages set by the State; 0: the law does not have this cap
	LeastPaid   int // months of contributions that entitle,
	Within      int // within so many months before the work ended,
	WithinShort int // or so many for a short contract
	FirstPaid   int // up to so many months of contributions
	FirstMonths int // give so many months of benefit,
	StepPaid    int // and each further so many give one more; a month of benefit uses up so many
	MostMonths  int
	ReserveUpTo int // months of contributions beyond which nothing is kept; 0: no such limit

	FileWithin, TransferAfter, UnclaimedAfter, MissedNotices                int // months
	Waiting, Start                                                          int // working days since the filing
	DecideWithin, WithdrawWithin, CollectWithin, CancelWithin, PayWithin    int
	NoticeWithin, SuspendWithin, ResumeWithin, ReportWithin, TransferWithin int
	TellUncollectedWithin, TellMissedWithin                                 int // 0: the law does not ask for it
	PayFrom                                                                 int // day of the benefit month from which PayWithin runs; 0: it runs from the days of the notice
	TellUnclaimedWithin, ReserveWithin, VocationalDecideWithin              int
	VocationalPaid, VocationalApplyWithin, VocationalMonths                 int // months
}

// named returns the place of each number by its name in the file. Those that only one of the laws has are optional.
func (u *Unemployment) named() (all map[string]*int, optional []string) {
	return map[string]*int{
		"law": &u.Law, "percent": &u.Percent, "cap": &u.Cap, "state_cap": &u.StateCap, "least_paid": &u.LeastPaid,
		"within": &u.Within, "within_short": &u.WithinShort, "first_paid": &u.FirstPaid, "first_months": &u.FirstMonths,
		"step_paid": &u.StepPaid, "most_months": &u.MostMonths, "reserve_up_to": &u.ReserveUpTo, "file_within": &u.FileWithin,
		"transfer_after": &u.TransferAfter, "unclaimed_after": &u.UnclaimedAfter, "missed_notices": &u.MissedNotices,
		"waiting": &u.Waiting, "start": &u.Start, "decide_within": &u.DecideWithin, "withdraw_within": &u.WithdrawWithin,
		"collect_within": &u.CollectWithin, "cancel_within": &u.CancelWithin, "pay_within": &u.PayWithin, "pay_from": &u.PayFrom,
		"notice_within": &u.NoticeWithin, "suspend_within": &u.SuspendWithin, "resume_within": &u.ResumeWithin,
		"report_within": &u.ReportWithin, "transfer_within": &u.TransferWithin, "tell_uncollected_within": &u.TellUncollectedWithin,
		"tell_missed_within": &u.TellMissedWithin, "tell_unclaimed_within": &u.TellUnclaimedWithin, "reserve_within": &u.ReserveWithin,
		"vocational_paid": &u.VocationalPaid, "vocational_apply_within": &u.VocationalApplyWithin,
		"vocational_months": &u.VocationalMonths, "vocational_decide_within": &u.VocationalDecideWithin,
	}, []string{"state_cap", "reserve_up_to", "tell_uncollected_within", "tell_missed_within", "pay_from"}
}

// insured is the first day of which the file has to speak: Luật Việc làm 38/2013 came into force.
const insured calendar.Date = 20150101

// number is a row of unemployment.csv.
type number struct {
	name  string
	value int
	valid calendar.Range
}

// governing is what governs from a day on, until the next one does.
type governing struct {
	from calendar.Date
	Unemployment
}

// readUnemployment reads unemployment.csv. Every number that both laws have is there for every day since 2015, once.
func (l *Law) readUnemployment(files fs.FS) error {
	const file = "unemployment.csv"
	var numbers []number
	known, optional := new(Unemployment).named()
	names := strings.Join(slices.Sorted(maps.Keys(known)), ", ")
	last := 1
	err := readTable(files, file, []string{"name", "from", "to", "value", "unit", "source", "verified"}, func(r *row) {
		n := number{r.Text("name"), int(r.Number("value", 0, 10_000)), r.Valid()}
		r.OneOf("unit", "year", "percent", "times", "months", "days")
		r.Source()
		if known[n.name] == nil {
			r.Fail("không có tham số %s; các tham số: %s", n.name, names)
		}
		if slices.ContainsFunc(numbers, func(o number) bool { return o.name == n.name && overlap(o.valid, n.valid) }) {
			r.Fail("%s có hai giá trị trong cùng một ngày", n.name)
		}
		numbers = append(numbers, n)
		last = r.Line
	})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if gap, ok := gap(numbers, name); ok && !slices.Contains(optional, name) {
			return mistake(file, last, "%s không có giá trị cho ngày %s", name, gap)
		}
	}
	l.unemployment = govern(numbers)
	return nil
}

// govern puts the numbers of each day together, in the order of the days.
func govern(numbers []number) (all []governing) {
	days := []calendar.Date{insured}
	for _, n := range numbers {
		if days = append(days, n.valid.From); n.valid.To < Forever {
			days = append(days, n.valid.To.AddDays(1))
		}
	}
	slices.Sort(days)
	for _, day := range slices.Compact(days) {
		now := governing{from: day}
		into, _ := now.named()
		for _, n := range numbers {
			if n.valid.Has(day) {
				*into[n.name] = n.value
			}
		}
		all = append(all, now)
	}
	return all
}

// gap finds the first day since 2015 for which a number is missing.
func gap(numbers []number, name string) (calendar.Date, bool) {
	day := insured
	for day < Forever {
		i := slices.IndexFunc(numbers, func(n number) bool { return n.name == name && n.valid.Has(day) })
		if i < 0 {
			return day, true
		}
		if numbers[i].valid.To == Forever {
			break
		}
		day = numbers[i].valid.To.AddDays(1)
	}
	return 0, false
}

// Unemployment returns the numbers that govern on a day; false before 01/01/2015, when an older law did.
func (l *Law) Unemployment(on calendar.Date) (Unemployment, bool) {
	if on < insured {
		return Unemployment{}, false
	}
	i, found := slices.BinarySearchFunc(l.unemployment, on, func(g governing, on calendar.Date) int { return cmp.Compare(g.from, on) })
	if !found {
		i-- // there is one before it: they begin with insured or earlier
	}
	return l.unemployment[i].Unemployment, true
}
