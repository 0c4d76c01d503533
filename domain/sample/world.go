package sample

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/person"
)

// World is the invented province: its chance, its people, its offices, and the lines written so far.
type World struct {
	rand      *rand.Rand
	province  area.Code
	horizon   calendar.Date // the last day of which the file says anything; nothing happens after it
	stated    map[string][]span
	quiet     map[string][]calendar.Range // what a report compares with a stated figure, or adds to it
	lines     []line
	people    int
	cases     int
	documents int
}

// line is one line of an import file.
type line struct {
	Command  string          `json:"command"`
	Case     string          `json:"case"`
	Occurred calendar.Date   `json:"occurred"`
	Actor    string          `json:"actor"`
	Unit     string          `json:"unit"`
	Data     json.RawMessage `json:"data"`
}

// Resident is an invented person.
type Resident struct {
	Ref       string
	Sex       string
	BirthYear int
	Commune   area.Code
	name      string
}

// resident invents a person of a sex and a year of birth and registers it on a day.
func (w *World) resident(sex string, birthYear int, on calendar.Date) (Resident, error) {
	w.people++
	r := Resident{
		Ref: fmt.Sprintf("nguoi-%s-%06d", w.province, w.people), Sex: sex, BirthYear: birthYear, Commune: w.commune(on),
		name: w.pick(families) + " " + w.pick(middles[sex]) + " " + w.pick(givens[sex]),
	}
	century := (birthYear/100 - 19) * 2 // 0 and 1 for 1900–1999, 2 and 3 for 2000–2099
	if sex == "female" {
		century++
	}
	register := person.Register{
		// The last six digits run on from a random start, so that no two people share a number.
		Identity: domain.Hide(person.Identity(fmt.Sprintf("0%s%d%02d%06d", w.province, century, birthYear%100, (w.people*7919+13)%1_000_000))),
		Name:     domain.Hide(r.name),
		Born:     domain.Hide(person.Born(fmt.Sprintf("%d-%02d", birthYear, 1+w.rand.IntN(12)))),
		Commune:  r.Commune,
	}
	return r, w.write(register, r.Ref, "", on, r.Commune)
}

func (w *World) pick(from []string) string { return from[w.rand.IntN(len(from))] }

func (w *World) commune(on calendar.Date) area.Code {
	all := area.Communes(w.province, on)
	if len(all) == 0 {
		return w.province
	}
	return all[w.rand.IntN(len(all))].Code
}

// seat returns the commune where the province's offices are. Official codes begin with the provincial town.
func (w *World) seat(on calendar.Date) area.Code {
	if all := area.Communes(w.province, on); len(all) > 0 {
		return all[0].Code
	}
	return w.province
}

// write adds a line about a person known by a reference. The unit is the district of the commune, or the province where there is none.
func (w *World) write(c domain.Command, ref, who string, on calendar.Date, commune area.Code) error {
	data, err := domain.MarshalCommand(c, who)
	if err != nil {
		return err
	}
	unit := w.province
	if u, ok := area.Find(commune, on); ok && u.Level == area.Commune {
		unit = u.Parent
	}
	actor := fmt.Sprintf("canbo-%s-%d", unit, 1+len(w.lines)%4)
	w.lines = append(w.lines, line{c.CommandName(), ref, on, actor, string(unit), data})
	return nil
}

// workday picks a weekday of the ranges by chance; any day where they have no weekday.
func (w *World) workday(days []calendar.Range) calendar.Date {
	total := 0
	for _, r := range days {
		total += length(r) + 1
	}
	for range 50 {
		n := w.rand.IntN(total)
		for _, r := range days {
			if size := length(r) + 1; n >= size {
				n -= size
				continue
			}
			if d := r.From.AddDays(n); isWorkday(d) {
				return d
			}
			break
		}
	}
	return days[0].From
}

func isWorkday(d calendar.Date) bool {
	w := d.Time().Weekday()
	return w != time.Saturday && w != time.Sunday
}

// free tells whether more may happen on a day: the file says nothing about the indicators there. What a
// report compares with a stated figure or adds to it stays empty too, or it would mix what is stated with what is only
// made up.
func (w *World) free(d calendar.Date, indicators ...string) bool {
	for _, i := range indicators {
		if w.states(i, d) ||
			slices.ContainsFunc(w.quiet[i], func(r calendar.Range) bool { return r.Has(d) }) {
			return false
		}
	}
	return true
}

// states tells whether the file states an indicator for a day: what it states has been placed, and nothing may be added.
func (w *World) states(indicator string, d calendar.Date) bool {
	return slices.ContainsFunc(w.stated[indicator], func(s span) bool { return s.has(d) })
}

// Share divides a total into n positive parts of similar size, by chance, in thousands where that leaves room.
func (w *World) Share(total int64, n int) ([]int64, error) {
	if total < int64(n) {
		return nil, fmt.Errorf("không thể chia %d cho %d việc", total, n)
	}
	parts, mean := make([]int64, n), total/int64(n)
	step := int64(1)
	if mean >= 20_000 {
		step = 1000
	}
	left := total
	for i := range n - 1 {
		mean := left / int64(n-i)
		v := mean * int64(85+w.rand.IntN(31)) / 100 / step * step
		v = min(max(v, 1), left-int64(n-1-i))
		parts[i], left = v, left-v
	}
	parts[n-1] = left
	w.rand.Shuffle(n, func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return parts, nil
}

// Even divides a total into n parts that differ by one at most, the larger ones first; parts may be 0. Two totals that
// are divided so among the same acts keep their order in every act.
func (w *World) Even(total int64, n int) ([]int64, error) {
	parts := make([]int64, n)
	for i := range parts {
		parts[i] = total / int64(n)
		if int64(i) < total%int64(n) {
			parts[i]++
		}
	}
	return parts, nil
}

// flush writes the lines in the order of their days; within a day, and so within a case, in the order of making.
func (w *World) flush(out io.Writer) error {
	slices.SortStableFunc(w.lines, func(a, b line) int { return int(a.Occurred - b.Occurred) })
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	for _, l := range w.lines {
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}
