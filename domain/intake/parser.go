package intake

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Parser turns lines into requests. It remembers the people whom its lines registered, so it reads the lines of an
// import in their order, from one goroutine.
type Parser struct {
	catalog *domain.Catalog
	names   Names
	people  People
	clock   domain.Clock
	seen    map[uuid.UUID]*registration // by reference
}

// NewParser returns a parser for one import.
func NewParser(catalog *domain.Catalog, names Names, people People, clock domain.Clock) *Parser {
	return &Parser{catalog, names, people, clock, map[uuid.UUID]*registration{}}
}

// Line is a line that can be understood. Whether the rules of its case allow it is for the handler to say.
type Line struct {
	domain.Request
	// Given tells that the line states the command's id; otherwise the id is made from the content.
	Given     bool
	registers *registration
	needs     []need
}

// need is a person whom a line names and whom this import registers.
type need struct {
	field string
	*registration
}

var (
	fields  = []string{"command", "case", "id", "occurred", "actor", "unit", "data"}
	account = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$`)
)

// importer is the account that acts where a line names none.
const importer = "import"

// maxReference is how long, in bytes, an office's reference may be.
const maxReference = 200

// Parse reads one line. An error that is a domain.Error of kind Invalid or Conflict says what is wrong with the line
// and never quotes a value; any other error comes from People.
//
// Parsing is deterministic: the same line gives the same request, in whatever order its fields stand.
func (p *Parser) Parse(ctx context.Context, text []byte) (Line, error) {
	o, err := readLine(text)
	if err != nil {
		return Line{}, err
	}
	if err := only(o, fields); err != nil {
		return Line{}, err
	}
	return p.parse(ctx, o)
}

// Command is a command whose name, case and id stand beside its content: in the address and the head of an HTTP request.
type Command struct {
	Name string
	Case string // any reference of the office
	ID   uuid.UUID
	Body []byte // {"occurred":…,"data":{…}}; the same strictness as for a line
}

var stated = []string{"occurred", "data"}

// Command reads one command. It is the same request as that of a line that says the same.
func (p *Parser) Command(ctx context.Context, c Command) (Line, error) {
	o, err := readLine(c.Body)
	if err != nil {
		return Line{}, err
	}
	if err := only(o, stated); err != nil {
		return Line{}, err
	}
	for _, s := range []string{c.Name, c.Case} {
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return Line{}, domain.Malformed("line.broken_text", "case", "có ký tự bị hỏng khi chuyển mã")
		}
	}
	o["command"], o["case"], o["id"] = c.Name, norm.NFC.String(c.Case), c.ID.String()
	return p.parse(ctx, o)
}

func only(o object, known []string) error {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if !slices.Contains(known, name) {
			return domain.Malformed("line.unknown_field", clip(name), "trường không có trong mẫu; các trường: %s", strings.Join(known, ", "))
		}
	}
	return nil
}

func (p *Parser) parse(ctx context.Context, o object) (Line, error) {
	l, err := p.envelope(o)
	if err != nil {
		return Line{}, err
	}
	name, err := textOf(o, "command", true)
	if err != nil {
		return Line{}, err
	}
	c, ok := p.catalog.Command(name)
	if !ok || c.Own {
		return Line{}, domain.Malformed("line.unknown_command", "command", "không có lệnh này")
	}
	caseType, _, _ := strings.Cut(name, ".")
	reference, err := textOf(o, "case", true)
	if err != nil {
		return Line{}, err
	}
	if len(reference) > maxReference {
		return Line{}, domain.Malformed("line.too_long_reference", "case", "tham chiếu dài quá %d byte", maxReference)
	}
	if err := p.command(ctx, &l, c, o); err != nil {
		return Line{}, err
	}
	_, registering := l.Command.(registers)
	if l.Occurred, err = p.occurred(o, registering); err != nil {
		return Line{}, err
	}
	err = p.locate(ctx, &l, caseType, reference)
	return l, err
}

// envelope reads what stands around the data, and makes the ids.
func (p *Parser) envelope(o object) (l Line, err error) {
	if l.Actor.ID, err = accountOf(o, "actor"); err != nil {
		return l, err
	}
	if l.Actor.ID == "" {
		l.Actor.ID = importer
	}
	if l.Actor.Unit, err = accountOf(o, "unit"); err != nil {
		return l, err
	}
	content := string(canonical([]any{o["command"], o["case"], o["occurred"], o["data"]}))
	l.Fingerprint = p.names.Fingerprint(content)
	id, err := textOf(o, "id", false)
	if err != nil {
		return l, err
	}
	if l.Given = id != ""; !l.Given {
		l.ID = p.names.command(string(canonical([]any{content, o["actor"], o["unit"]})))
		return l, nil
	}
	var ok bool
	if l.ID, ok = parseID(id); !ok {
		return l, domain.Malformed("line.ill_typed", "id", "mã lệnh phải là một uuid")
	}
	return l, nil
}

// occurred reads the business date. Only a registration may leave it out: it then counts from today.
func (p *Parser) occurred(o object, optional bool) (calendar.Date, error) {
	today := calendar.On(p.clock())
	s, err := textOf(o, "occurred", !optional)
	if err != nil {
		return 0, err
	}
	if s == "" {
		return today, nil
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		return 0, domain.Malformed("line.not_a_date", "occurred", notADate)
	}
	if d > today {
		return 0, domain.Malformed("line.in_future", "occurred", "ngày ở tương lai (hôm nay là %s)", today.Vietnamese())
	}
	return d, nil
}

const notADate = "không phải ngày có thật dạng YYYY-MM-DD"

// command decodes the data, with the people and units that it names resolved.
func (p *Parser) command(ctx context.Context, l *Line, c domain.CommandType, o object) error {
	data, ok := o["data"].(object)
	if !ok {
		if o["data"] == nil {
			return domain.Malformed("line.missing", "data", "thiếu trường bắt buộc")
		}
		return domain.Malformed("line.ill_typed", "data", "phải là một đối tượng JSON")
	}
	resolved := make(map[string]json.RawMessage, len(data))
	for name, value := range data {
		resolved[name] = canonical(value)
	}
	for _, f := range c.Fields() {
		value := data[f.Name]
		if f.Type == areaType {
			code, err := place("data."+f.Name, value, p.day(o))
			if err != nil {
				return err
			}
			if value != nil {
				resolved[f.Name] = canonical(code)
			}
		}
		if !f.Person || value == nil {
			continue
		}
		name, ok := value.(string)
		if !ok || name == "" {
			return domain.Malformed("data.ill_typed", "data."+f.Name, "cần tham chiếu hoặc mã của một người")
		}
		who, here, err := p.person(ctx, "data."+f.Name, name)
		if err != nil {
			return err
		}
		if here != nil {
			l.needs = append(l.needs, need{"data." + f.Name, here})
		}
		resolved[f.Name] = canonical(who.String())
	}
	var err error
	if l.Command, err = c.DecodeFields(resolved); err != nil {
		return ofData(c, err)
	}
	return nil
}

// ofData puts an error about a field of the data into the line's words.
func ofData(c domain.CommandType, err error) error {
	var e *domain.Error
	if !errors.As(err, &e) || e.Field == "data" {
		return err
	}
	own := at("data."+e.Field, e)
	for _, f := range c.Fields() {
		if f.Name == e.Field && f.Type == reflect.TypeFor[calendar.Date]() {
			own.Msg = notADate // the original quotes what stands there
		}
	}
	return own
}

// locate finds the case.
func (p *Parser) locate(ctx context.Context, l *Line, caseType, reference string) error {
	t, _ := p.catalog.Type(caseType)
	l.Case = domain.StreamID{Type: caseType}
	if r, ok := l.Command.(registers); ok {
		c, reg, err := p.register(ctx, t, r, reference)
		if err != nil {
			return err
		}
		l.Command, l.Case.ID, l.registers = c, reg.person.UUID, reg
		return nil
	}
	if caseType != people {
		l.Case.ID = p.names.Case(caseType, reference)
		return nil
	}
	who, here, err := p.person(ctx, "case", reference)
	if here != nil {
		l.needs = append(l.needs, need{"case", here})
	}
	l.Case.ID = who.UUID
	return err
}

// accountOf reads the name of an account or unit. It stands in the log for all to read, so its form keeps people's
// names out.
func accountOf(o object, field string) (string, error) {
	s, err := textOf(o, field, false)
	if err == nil && s != "" && !account.MatchString(s) {
		err = domain.Malformed("line.ill_typed", field, "chỉ nhận chữ không dấu, chữ số và . _ @ - (tối đa 64)")
	}
	return s, err
}

// textOf reads a field that holds text.
func textOf(o object, field string, required bool) (string, error) {
	v := o[field]
	s, ok := v.(string)
	switch {
	case v != nil && !ok:
		return "", domain.Malformed("line.ill_typed", field, "giá trị không đúng kiểu, cần chuỗi ký tự")
	case strings.TrimSpace(s) == "" && required:
		return "", domain.Malformed("line.missing", field, "thiếu trường bắt buộc")
	}
	return s, nil
}
