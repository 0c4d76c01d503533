package crowd

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// kind is a kind of act: how often it happens, and the indicators to which it adds together. A minus takes from a stock.
type kind struct {
	weight     int
	indicators string
}

// kinds are the acts of which an office has many, by the weights of a month of a province. Every other indicator has an act
// of its own with weight 2.
var kinds = []kind{
	{260, "merit.allowance_persons merit.allowance_amount"},
	{250, "unemployment.notices"},
	{250, "unemployment.amount_paid"},
	{80, "unemployment.claims unemployment.pending"},
	{75, "unemployment.decisions unemployment.receiving unemployment.amount_decided -unemployment.pending unemployment.decisions_female"},
	{70, "unemployment.terminated -unemployment.receiving"},
	{120, "employment.counselled"},
	{90, "employment.seekers_registered"},
	{40, "employment.referred"},
	{30, "employment.placed employment.jobs_created"},
	{60, "merit.gifts_persons merit.gifts_amount"},
	{50, "merit.dossiers_received merit.dossiers_pending"},
	{48, "merit.dossiers_resolved -merit.dossiers_pending"},
	{10, "merit.beneficiaries"},
	{8, "-merit.beneficiaries"},
	{30, "relief.households relief.persons relief.rice_kg"},
	{20, "training.enrolled"},
	{15, "training.graduated"},
	{20, "children.screened children.referred"},
	{6, "rehab.admitted rehab.present rehab.on_roll"},
	{5, "rehab.completed -rehab.present -rehab.on_roll"},
}

const rest = 2

// regulars are the people who are paid every month.
const regulars = 30_000

// acts are the acts of an office. They come in rounds: a round has every kind as often as it weighs.
type acts struct {
	round  []slot
	enters map[string]int // how many enter a stock in a round
	parts  map[string]domain.Indicator
	stay   int         // rounds between entering a stock and leaving it
	early  []area.Unit // communes until June 2025
	later  []area.Unit
}

// slot is the place of an act in a round: the how manieth of its kind.
type slot struct {
	kind
	number int
}

func actsOf(c *domain.Catalog) *acts {
	a := &acts{enters: map[string]int{}, parts: map[string]domain.Indicator{},
		early: area.Communes(area.LangSon, 20240401), later: area.Communes(area.LangSon, Last)}
	all := slices.Clone(kinds)
	named := map[string]bool{}
	for _, k := range kinds {
		for id := range strings.FieldsSeq(k.indicators) {
			named[strings.TrimPrefix(id, "-")] = true
		}
	}
	for _, t := range c.Types {
		for _, i := range t.Indicators {
			a.parts[i.ID] = i
			if !named[i.ID] && i.Measure != domain.Ratio {
				all = append(all, kind{rest, i.ID})
			}
		}
	}
	for _, k := range all {
		for n := range k.weight {
			a.round = append(a.round, slot{k, n})
		}
		for id := range strings.FieldsSeq(k.indicators) {
			a.enters[id] += k.weight
		}
	}
	chance(0, 0).Shuffle(len(a.round), func(i, j int) { a.round[i], a.round[j] = a.round[j], a.round[i] })
	return a
}

// of returns what the event of a number adds, without its day and place.
func (a *acts) of(n int) []domain.Contribution {
	r := chance(n, 2)
	round := (n - 1) / len(a.round)
	s := a.round[(n-1)%len(a.round)]
	var adds []domain.Contribution
	for id := range strings.FieldsSeq(s.indicators) {
		enters := strings.TrimPrefix(id, "-")
		i, ok := a.parts[enters]
		if !ok {
			continue
		}
		c := domain.Contribution{Indicator: i.ID, Quantity: 1, Breakdown: breakdown(i, r)}
		switch i.Measure {
		case domain.Stock: // who enters leaves once, after the stay
			came := round
			if id != enters {
				c.Quantity, came = -1, round-a.stay
			}
			if came < 0 {
				continue
			}
			c.Person = personOf(came*a.enters[enters] + s.number)
		case domain.Distinct: // everybody once in a while
			c.Person = personOf((round*s.weight + s.number) % regulars)
		case domain.Reported:
			c.Quantity = int64(r.IntN(10_000))
		default:
			if i.Unit == "VND" {
				c.Quantity = int64(1+r.IntN(40)) * 100_000
			}
			if r.IntN(200) == 0 { // taken back
				c.Quantity = -c.Quantity
			}
		}
		adds = append(adds, c)
	}
	return adds
}

func breakdown(i domain.Indicator, r *rand.Rand) string {
	var pairs []string
	for _, b := range i.Breakdowns {
		values := b.Values
		if len(values) == 0 {
			values = []string{"1.001", "1.002", "1.003", "1.004", "1.005", "1.006", "1.007", "1.008"}
		}
		pairs = append(pairs, b.Key, values[r.IntN(len(values))])
	}
	return domain.Split(pairs...)
}

// place draws the commune of an event: some have ten times as many acts as others.
func (a *acts) place(n int, on calendar.Date) area.Code {
	communes := a.early
	if on >= 20250701 {
		communes = a.later
	}
	r := chance(n, 3)
	return communes[r.IntN(1+r.IntN(len(communes)))].Code
}

func personOf(n int) domain.PersonID {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:], uint64(n+1)*0x9e3779b97f4a7c15) // spread, as keyed hashes are
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	return domain.PersonID{UUID: id}
}
