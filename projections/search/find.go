package search

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/person"
	"hoso/domain/spelling"
)

// Person is somebody whom a search found, as a list may show it: the identity number masked, of the birth the year.
type Person struct {
	ID       domain.PersonID `json:"id"`
	Name     string          `json:"name"`
	Identity string          `json:"identity,omitempty"` // 020********123
	Born     string          `json:"born,omitempty"`     // the year
	Commune  area.Code       `json:"commune,omitempty"`
	Rank     Rank            `json:"rank"`
}

// Result is what a search found.
type Result struct {
	People []Person          `json:"people"`
	More   int               `json:"more,omitempty"` // people who fit, too, and are not listed
	Cases  []domain.StreamID `json:"cases"`          // named by their id, a reference of the office, or a document's number
}

const (
	// Longest is how long a text may be that is looked for, in bytes.
	Longest = 200
	// mostCases is how many cases a document's number lists.
	mostCases = 50
)

var errPreparing = &domain.Error{Kind: domain.Unavailable, Code: "search.preparing", Msg: "đang chuẩn bị để tìm kiếm; hãy thử lại sau giây lát",
	En: "the search is being prepared; try again in a moment"}

// Find looks for a text and returns at most limit people, the best first. It answers from what the last Refresh knew, less
// whoever was erased since: their data does not open any more. Before the first one it is Unavailable (search.preparing).
func (r *Reader) Find(ctx context.Context, text string, limit int) (Result, error) {
	out := Result{People: []Person{}, Cases: []domain.StreamID{}}
	if text = strings.TrimSpace(text); text == "" {
		return out, nil
	}
	if len(text) > Longest || !utf8.ValidString(text) {
		return out, domain.Malformed("search.too_long", "q", "nội dung tìm dài quá %d byte", Longest)
	}
	if !r.ready.Load() {
		return out, errPreparing
	}
	var err error
	if out.Cases, err = r.cases(ctx, text); err != nil {
		return out, err
	}
	if id, ok := identity(text); ok {
		p, known, err := r.person(ctx, domain.PersonID{UUID: r.office.Pseudonym("identity:" + string(id))})
		if known {
			out.People = append(out.People, p)
		}
		return out, err
	}
	hits, total := r.names.find(text, 2*limit) // somebody may be found under two names
	seen := map[domain.PersonID]bool{}
	for _, h := range hits {
		if seen[h.who] || len(out.People) == limit {
			continue
		}
		seen[h.who] = true
		p, known, err := r.person(ctx, h.who)
		if err != nil {
			return out, err
		}
		if known {
			p.Rank = h.rank
			out.People = append(out.People, p)
		}
	}
	out.More = max(0, total-len(hits)+len(seen)-len(out.People))
	return out, nil
}

// Person returns somebody as a list shows him; false where nobody is known, or not any more.
func (r *Reader) Person(ctx context.Context, who domain.PersonID) (Person, bool, error) {
	return r.person(ctx, who)
}

// People returns those of many who are known. They are looked up at once, since keys are asked for in batches.
func (r *Reader) People(ctx context.Context, ids []domain.PersonID) (map[domain.PersonID]Person, error) {
	found, fail, known := make([]Person, len(ids)), make([]error, len(ids)), make([]bool, len(ids))
	var all sync.WaitGroup
	for n := range min(lookups, len(ids)) {
		all.Go(func() {
			for i := n; i < len(ids); i += lookups {
				found[i], known[i], fail[i] = r.person(ctx, ids[i])
			}
		})
	}
	all.Wait()
	people := map[domain.PersonID]Person{}
	for i, id := range ids {
		if known[i] {
			people[id] = found[i]
		}
	}
	return people, cmp.Or(fail...)
}

// lookups is how many people are looked up at once.
const lookups = 16

// person reads what is said of a person: all of the registration, and the name that was said last.
func (r *Reader) person(ctx context.Context, who domain.PersonID) (p Person, known bool, err error) {
	rows, err := r.db.QueryContext(ctx, "SELECT type, schema, data FROM search_people WHERE person = ? AND data IS NOT NULL ORDER BY version", who.UUID[:])
	if err != nil {
		return p, false, err
	}
	defer rows.Close()
	p.ID = who
	for rows.Next() {
		var kind string
		var schema int
		var data []byte
		if err := rows.Scan(&kind, &schema, &data); err != nil {
			return p, false, err
		}
		s, err := r.open(ctx, kind, schema, data)
		if errors.Is(err, domain.ErrErased) {
			return p, false, nil
		}
		if err != nil {
			return p, false, err
		}
		if p.Name == "" {
			p.Name = s.name
		}
		if s.identity != "" {
			p.Identity = s.identity.Masked()
		}
		if s.born != "" {
			p.Born = string(s.born[:4])
		}
		if s.commune != "" {
			p.Commune = area.Code(s.commune)
		}
		known = true
	}
	return p, known, rows.Err()
}

// identity reads an identity number as people write it.
func identity(text string) (id person.Identity, ok bool) {
	quoted, err := json.Marshal(text)
	return id, err == nil && json.Unmarshal(quoted, &id) == nil
}

// cases returns the cases that a text names, at most mostCases.
func (r *Reader) cases(ctx context.Context, text string) (all []domain.StreamID, err error) {
	all = []domain.StreamID{}
	var ids []domain.StreamID
	if id, err := domain.ParseStreamID(text); err == nil {
		ids = append(ids, id)
	} else {
		for _, t := range r.catalog.Types {
			ids = append(ids, domain.StreamID{Type: t.Name, ID: r.office.Case(t.Name, text)})
		}
	}
	for _, id := range ids {
		exists, err := r.known.Exists(ctx, id)
		if err != nil {
			return nil, err
		}
		if exists && id.Type != "person" {
			all = append(all, id)
		}
	}
	if kind, head, ok := receipt(text); ok {
		if all, err = r.known.Beginning(ctx, kind, head, mostCases); err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(id domain.StreamID) bool { return id.Type == "person" })
	}
	if !strings.ContainsAny(text, "0123456789") {
		return all, nil
	}
	return r.numbered(ctx, spelling.Fold(text), all)
}

// receipt reads the number that receipts and lists give a case: the first eight digits of its id, with its type or without.
func receipt(text string) (caseType string, head []byte, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if at := strings.LastIndexByte(text, '-'); at >= 0 {
		caseType, text = text[:at], text[at+1:]
	}
	head, err := hex.DecodeString(text)
	return caseType, head, err == nil && len(head) == 4
}

// numbered adds the cases that state a document number which begins like that.
func (r *Reader) numbered(ctx context.Context, number string, all []domain.StreamID) ([]domain.StreamID, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT DISTINCT s.case_id, n.name FROM search_numbers s JOIN names n ON n.id = s.case_type
		WHERE s.number >= ? AND s.number < ? AND s.times > 0 LIMIT ?`, number, number+"\U0010ffff", mostCases)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id []byte
		var c domain.StreamID
		if err := rows.Scan(&id, &c.Type); err != nil {
			return nil, err
		}
		c.ID = uuid.UUID(id)
		all = append(all, c)
	}
	return all, rows.Err()
}
