package intake_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/intake"
)

// desk is an office with an empty log.
type desk struct {
	*intake.Importer
	handler *domain.Handler
	log     *memlog.Log
	keys    domain.Keys
	people  intake.People
	wrong   []string // "line field code"
}

func newDesk(t *testing.T) *desk { return newDeskOn(t, memlog.New()) }

func newDeskOn(t *testing.T, log *memlog.Log) *desk {
	t.Cleanup(log.Close)
	keys := domaintest.Keys()
	d := &desk{handler: domain.NewHandler(catalog.All(), log, keys, now), log: log, keys: keys, people: intake.Nobody{}}
	d.restart(t)
	return d
}

// restart is a new run of the program on the same log.
func (d *desk) restart(t *testing.T) {
	names, err := intake.NewNames(t.Context(), d.keys)
	if err != nil {
		t.Fatal(err)
	}
	d.Importer = &intake.Importer{Parser: intake.NewParser(catalog.All(), names, d.people, now), Handler: d.handler, Workers: 32}
}

func (d *desk) run(t *testing.T, file string) intake.Summary {
	t.Helper()
	s, err := d.try(t.Context(), strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if s.Written+s.Already+s.Refused != s.Lines || s.Refused != len(d.wrong) {
		t.Errorf("the summary does not add up: %+v, refusals %v", s, d.wrong)
	}
	return s
}

func (d *desk) try(ctx context.Context, file io.Reader) (intake.Summary, error) {
	d.wrong = nil
	s, err := d.Run(ctx, file, func(r intake.Refusal) { d.wrong = append(d.wrong, fmt.Sprint(r.Line, " ", r.Field, " ", r.Code)) })
	slices.Sort(d.wrong)
	return s, err
}

func (d *desk) events(t *testing.T) (types []string) {
	t.Helper()
	head, err := d.log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if head == 0 {
		return nil
	}
	for e, err := range d.log.Follow(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		types = append(types, e.Type)
		if e.Position >= head {
			break
		}
	}
	return types
}

func lines(s ...string) string { return strings.Join(s, "\n") }

const collectLan = `{"command":"unemployment.collect","case":"HS-1","occurred":"2024-04-19","data":{}}`

func TestRightLinesGoInAndWrongOnesAreNamed(t *testing.T) {
	d := newDesk(t)
	file := "\ufeff" + lines(registerLan, "", "{", fileLan+"\r", strings.Replace(decideLan, "3000000", "-1", 1), decideLan,
		strings.Repeat("x", intake.MaxLine+1), collectLan, collectLan)
	s := d.run(t, file)
	if want := []string{"3  line.not_json", "5 data.level data.too_small", "7  line.too_long"}; !slices.Equal(d.wrong, want) {
		t.Errorf("refused %q, want %q", d.wrong, want)
	}
	if s.Lines != 8 || s.Written != 4 || s.Already != 1 {
		t.Errorf("%+v", s)
	}
	before := d.events(t)
	d.restart(t)
	if s := d.run(t, file); s.Written != 0 || s.Already != 5 || s.Refused != 3 {
		t.Errorf("second time: %+v", s)
	}
	if after := d.events(t); len(after) != len(before) {
		t.Errorf("importing twice added %v", after[len(before):])
	}
}

func TestLinesOfOneCaseKeepTheirOrder(t *testing.T) {
	d := newDesk(t)
	var b strings.Builder
	for i := range 300 {
		ref := fmt.Sprintf("HS-%d", i)
		for _, line := range []string{fileLan, decideLan, collectLan} {
			if line == fileLan {
				fmt.Fprintln(&b, strings.NewReplacer("nguoi-1", "nguoi-"+ref, "020085001234", fmt.Sprintf("020085%06d", i)).Replace(registerLan))
			}
			fmt.Fprintln(&b, strings.NewReplacer("nguoi-1", "nguoi-"+ref, "HS-1", ref).Replace(line))
		}
	}
	if s := d.run(t, b.String()); s.Written != 1200 {
		t.Errorf("%+v %v", s, d.wrong[:min(5, len(d.wrong))])
	}
}

// A registration that the rules refuse is only known to be refused after the lines behind it were read.
func TestLinesNamingARefusedPersonAreRefused(t *testing.T) {
	d := newDesk(t)
	d.run(t, lines(registerLan, `{"command":"person.erase","case":"nguoi-1","occurred":"2024-04-18","data":{"ground":"request"}}`))
	d.restart(t)
	s := d.run(t, lines(strings.ReplaceAll(registerLan, "nguoi-1", "NLD-7"), strings.ReplaceAll(fileLan, "nguoi-1", "NLD-7")))
	if want := []string{"1  person.erased", "2 data.person person.unknown"}; !slices.Equal(d.wrong, want) {
		t.Errorf("refused %q, want %q (%+v)", d.wrong, want, s)
	}
}

// The same person, written again with other details, is refused as known, and so is known to the lines behind it.
func TestAPersonRegisteredTwiceIsKnown(t *testing.T) {
	d := newDesk(t)
	s := d.run(t, lines(registerLan, strings.Replace(registerLan, "1985-02", "1985-02-03", 1), fileLan))
	if want := []string{"2  person.already_registered"}; !slices.Equal(d.wrong, want) || s.Written != 2 {
		t.Errorf("refused %q, want %q (%+v)", d.wrong, want, s)
	}
}

func TestAnIDIsForOneContent(t *testing.T) {
	d := newDesk(t)
	withID := func(line string) string {
		return strings.Replace(line, `"case"`, `"id":"0b5c1c0e-6f0a-4c52-9c5f-3a4f0d1e2b3c","case"`, 1)
	}
	d.run(t, lines(registerLan, withID(fileLan), withID(fileLan), withID(strings.Replace(fileLan, "HS-1", "HS-2", 1)), withID(decideLan)))
	want := []string{"4 id command.id_reused", "5 id command.id_reused"}
	if !slices.Equal(d.wrong, want) {
		t.Errorf("in one file: refused %q, want %q", d.wrong, want)
	}
	d.people = lan{}
	d.restart(t)
	d.Past = usedBefore{d: d}
	d.run(t, lines("", "", "", withID(strings.Replace(fileLan, "HS-1", "HS-2", 1)), withID(decideLan)))
	if !slices.Equal(d.wrong, want) {
		t.Errorf("in a later file: refused %q, want %q", d.wrong, want)
	}
}

// TestALogThatRecognisesALine: it answers as the first time, and the line is counted as what it is.
func TestALogThatRecognisesALine(t *testing.T) {
	d := newDeskOn(t, memlog.Open(memlog.NewIdempotentStore()))
	line := strings.Replace(fileLan, `"case"`, `"id":"0b5c1c0e-6f0a-4c52-9c5f-3a4f0d1e2b3c","case"`, 1)
	d.run(t, lines(registerLan, line))
	before := d.events(t)
	d.handler = domain.NewHandler(catalog.All(), d.log, d.keys, now) // which remembers nothing
	d.people = lan{}
	d.restart(t)
	d.Past = usedBefore{d: d}
	if s := d.run(t, lines(line)); s.Already != 1 || s.Written != 0 {
		t.Errorf("%+v", s)
	}
	if got := d.events(t); !slices.Equal(got, before) {
		t.Errorf("%q, want %q", got, before)
	}
}

// usedBefore knows the one id of the test above.
type usedBefore struct {
	intake.Past
	d *desk
}

func (u usedBefore) Command(context.Context, uuid.UUID) (intake.Place, bool, error) {
	l, err := u.d.Parser.Parse(context.Background(), []byte(fileLan))
	return intake.Place{Case: l.Case, Version: 1}, true, err
}

func (usedBefore) Case(context.Context, domain.StreamID) (bool, error) { return false, nil }

// lan is a view in which everybody is known.
type lan struct{}

func (lan) Person(context.Context, uuid.UUID) (domain.PersonID, bool, error) {
	return domain.PersonID{UUID: uuid.MustParse("6ad5c0a3-0d5c-4f4e-9c0f-0a4d1c2b3e4f")}, true, nil
}
func (lan) Exists(context.Context, domain.PersonID) (bool, error) { return true, nil }

// failing is a disk that fills up after some commands.
type failing struct {
	intake.Handler
	left atomic.Int32
}

func (f *failing) Handle(ctx context.Context, r domain.Request) (domain.Outcome, error) {
	if f.left.Add(-1) < 0 {
		return domain.Outcome{}, &domain.Error{Kind: domain.Unavailable, Code: "storage.full", Msg: "đĩa đầy"}
	}
	return f.Handler.Handle(ctx, r)
}

func TestAFailingDiskStopsTheImportAndLosesNothing(t *testing.T) {
	d := newDesk(t)
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintln(&b, strings.NewReplacer("nguoi-1", fmt.Sprintf("n-%d", i), "020085001234", fmt.Sprintf("020085%06d", i)).Replace(registerLan))
		fmt.Fprintln(&b, strings.NewReplacer("nguoi-1", fmt.Sprintf("n-%d", i), "HS-1", fmt.Sprintf("HS-%d", i)).Replace(fileLan))
	}
	broken := &failing{Handler: d.handler}
	broken.left.Store(700)
	d.Handler = broken
	s, err := d.try(t.Context(), strings.NewReader(b.String()))
	if domain.CodeOf(err) != "storage.full" || s.Written != 700 || len(d.wrong) > 0 {
		t.Fatalf("%v, %+v, %v", err, s, d.wrong)
	}
	d.restart(t)
	if s := d.run(t, b.String()); s.Already != 700 || s.Written != 1300 {
		t.Errorf("run again: %+v", s)
	}
}

func TestAnUnreadableFileStopsTheImport(t *testing.T) {
	d := newDesk(t)
	torn := errors.New("the stick was pulled out")
	s, err := d.try(t.Context(), io.MultiReader(strings.NewReader(registerLan+"\n"+fileLan), reader{torn}))
	if !errors.Is(err, torn) || s.Lines != 1 {
		t.Errorf("%v, %+v", err, s)
	}
	if got := d.events(t); len(got) > 1 {
		t.Errorf("a line that was cut off went in: %v", got)
	}
}

type reader struct{ err error }

func (r reader) Read([]byte) (int, error) { return 0, r.err }

// crashing crashes at a command.
type crashing struct{ intake.Handler }

func (crashing) Handle(context.Context, domain.Request) (domain.Outcome, error) {
	panic("a rule that divides by zero")
}

func TestACrashStopsTheImportAndNothingElse(t *testing.T) {
	d := newDesk(t)
	d.Handler = crashing{}
	s, err := d.try(t.Context(), strings.NewReader(lines(registerLan, fileLan)))
	if err == nil || domain.KindOf(err) != domain.Internal || !strings.Contains(err.Error(), "divides by zero") || s.Written != 0 {
		t.Errorf("%v, %+v", err, s)
	}
}

// stopping ends the import from within its first command.
type stopping struct {
	intake.Handler
	stop context.CancelFunc
}

func (s stopping) Handle(ctx context.Context, r domain.Request) (domain.Outcome, error) {
	s.stop()
	if err := ctx.Err(); err != nil {
		return domain.Outcome{}, err
	}
	return s.Handler.Handle(ctx, r)
}

// Who stops an import knows what is in the log: the commands under way are finished and counted, no other begins.
func TestAnImportThatIsStoppedFinishesItsLine(t *testing.T) {
	d := newDesk(t)
	ctx, stop := context.WithCancel(t.Context())
	d.Handler = stopping{d.handler, stop}
	s, err := d.try(ctx, strings.NewReader(lines(registerLan, fileLan)))
	if !errors.Is(err, context.Canceled) || s.Written != 1 || len(d.events(t)) != 1 {
		t.Errorf("%v, %+v, %v", err, s, d.events(t))
	}
}
