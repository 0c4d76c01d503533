package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/desk"
	"hoso/projections/report"
)

// sheet is the form of a command, and what is wrong with it.
type sheet struct {
	Command  domain.CommandType
	Type     domain.CaseType
	Case     string // its id or a reference of the office
	Known    bool   // the case is there
	Draft    draft
	Inputs   []input
	Today    calendar.Date
	Places   []unit
	Refused  refusal
	Checking bool   // nothing is wrong: it is shown once more before it is recorded
	Computed []pair // what the service adds by itself
	lang     Lang
	ask      *Ask
}

// Title implements titled.
func (s sheet) Title(l Lang) string {
	return text{s.Command.Label.Vi, s.Command.Label.En}.In(l)
}

// input is a field of a form.
type input struct {
	domain.Field
	Kind    string // text, long, number, date, month, choice, yes, place, person
	Value   string
	Options []option
}

type option struct{ Value, Label string }

// pair is a name with a value, as pages show what a case says.
type pair struct {
	Name  string
	Value string
	Fresh bool // it is another than before
}

// dateLabel names the day on which an act happened, which every command states.
var dateLabel = domain.Text{Vi: "Ngày xảy ra", En: "Date on which it happened"}

// DateLabel is dateLabel, for templates.
func (sheet) DateLabel() domain.Text { return dateLabel }

var inputKinds = map[reflect.Type]string{
	reflect.TypeFor[calendar.Date](): "date", reflect.TypeFor[calendar.Month](): "month", reflect.TypeFor[area.Code](): "place", reflect.TypeFor[domain.PersonID](): "person",
}

func inputOf(f domain.Field, value string, l Lang) input {
	in := input{Field: f, Kind: "text", Value: value}
	switch {
	case inputKinds[f.Type] != "":
		in.Kind = inputKinds[f.Type]
	case len(f.Values) > 0:
		in.Kind = "choice"
		for _, v := range f.Values {
			in.Options = append(in.Options, option{v, choiceOf(f, v, l)})
		}
		if saysValues(f) {
			in.Hint = ""
		}
	case f.Type.Kind() == reflect.Bool:
		in.Kind = "yes"
	case f.Type.Kind() == reflect.Int || f.Type.Kind() == reflect.Int64 || f.Type.Kind() == reflect.Uint64:
		in.Kind = "number"
	case f.Private && slices.Contains([]string{"reason", "missing", "note", "deviation"}, f.Name), f.Type.Kind() == reflect.Slice:
		in.Kind = "long"
	}
	return in
}

var errNoCommand = &domain.Error{Kind: domain.NotFound, Code: "web.no_such_form", Msg: "không có biểu mẫu này", En: "there is no such form"}

func (a *Ask) command() (domain.CommandType, domain.CaseType, error) {
	c, ok := a.Catalog.Command(a.PathValue("command"))
	if !ok || c.Own {
		return c, domain.CaseType{}, errNoCommand
	}
	name, _, _ := strings.Cut(c.Name, ".")
	t, _ := a.Catalog.Type(name)
	return c, t, nil
}

// form shows the form of a command: empty, as it was left, or once more before it is recorded.
func form(a *Ask) (any, error) {
	c, t, err := a.command()
	if err != nil {
		return nil, err
	}
	v := a.URL.Query()
	s := sheet{Command: c, Type: t, Case: v.Get("case"), Today: a.today(), Places: a.units(), lang: a.Lang, ask: a,
		Draft: draft{ID: uuid.New(), Values: map[string]string{"occurred": a.today().String()}}}
	if id, err := uuid.Parse(v.Get("draft")); err == nil {
		found, ok := a.drafts.find(id, a.Who.Account)
		if !ok || found.Command != c.Name {
			return nil, &domain.Error{Kind: domain.NotFound, Code: "web.no_such_draft", Msg: "bản nháp này không còn; hãy điền lại biểu mẫu", En: "this draft is gone; fill in the form again"}
		}
		s.Draft, s.Case = found, found.Case
	}
	if s.Case == "" {
		s.Case = uuid.NewString()
	}
	id, err := uuid.Parse(s.Case)
	if err == nil {
		_, err = a.Desk.Listed(a.Context(), domain.StreamID{Type: t.Name, ID: id})
		if s.Known = err == nil; err != nil && domain.KindOf(err) != domain.NotFound && domain.KindOf(err) != domain.Forbidden {
			return nil, err
		}
	}
	for _, f := range c.Fields() {
		value := s.Draft.Values[f.Name]
		if value == "" && c.Common && slices.Contains(filled, f.Name) {
			value = v.Get(f.Name)
		}
		s.Inputs = append(s.Inputs, inputOf(f, value, a.Lang))
	}
	if v.Get("check") != "" {
		return s, a.probe(&s)
	}
	return s, nil
}

// probe asks what would be recorded, and puts what is wrong beside its field.
func (a *Ask) probe(s *sheet) error {
	cmd, err := a.toSend(*s)
	if err == nil {
		var events []domain.Event
		if events, err = a.Desk.Try(a.Context(), cmd); err == nil {
			s.Checking = true
			s.compute(events)
			return nil
		}
	}
	var wrong *domain.Error
	if !errors.As(err, &wrong) || wrong.Kind == domain.Internal || wrong.Kind == domain.Unavailable {
		return err
	}
	s.Refused = refusal{Why: wrong, Form: "f"}
	for _, in := range append(s.Inputs, input{Field: domain.Field{Name: "occurred", Label: dateLabel}}) {
		if in.Name == s.Refused.Field() {
			s.Refused.Label = text{in.Label.Vi, in.Label.En}.In(a.Lang)
		}
	}
	return nil
}

// compute lists what the events say beyond what was filled in.
func (s *sheet) compute(events []domain.Event) {
	for _, e := range events {
		for _, f := range domain.Fields(reflect.TypeOf(e)) {
			i := slices.IndexFunc(s.Inputs, func(in input) bool { return in.Name == f.Name })
			if i < 0 || s.Inputs[i].Value != "" || f.Private || f.Person {
				continue
			}
			b, err := json.Marshal(f.Of(e))
			if err != nil || slices.Contains([]string{`""`, "0", "null", "false", "{}"}, string(b)) {
				continue
			}
			label := s.Inputs[i].Label
			s.Computed = append(s.Computed, pair{Name: text{label.Vi, label.En}.In(s.lang), Value: labels{lang: s.lang}.written(f.Name, b)})
		}
	}
}

// toSend makes the command of a sheet. What is not filled in is left out.
func (a *Ask) toSend(s sheet) (cmd desk.Command, err error) {
	data := map[string]any{}
	for _, in := range s.Inputs {
		v := strings.TrimSpace(in.Value)
		if v == "" {
			continue
		}
		switch {
		case in.Kind == "yes":
			data[in.Name] = v == "true"
		case in.Kind == "number":
			n, err := strconv.ParseInt(strings.NewReplacer(".", "", " ", "", "\u00a0", "").Replace(v), 10, 64)
			if err != nil {
				return cmd, domain.Malformed("data.ill_typed", in.Name, "giá trị không đúng kiểu, cần số nguyên")
			}
			data[in.Name] = n
		case in.Type == reflect.TypeFor[json.RawMessage]():
			if !json.Valid([]byte(v)) {
				return cmd, domain.Malformed("data.ill_typed", in.Name, `cần một đối tượng JSON, như {"months": 3}`)
			}
			data[in.Name] = json.RawMessage(v)
		case in.Type.Kind() == reflect.Slice:
			data[in.Name] = strings.FieldsFunc(v, func(r rune) bool { return r == '\n' || r == '\r' })
		default:
			data[in.Name] = v
		}
	}
	occurred, err := calendar.ParseDate(s.Draft.Values["occurred"])
	if err != nil {
		return cmd, domain.Malformed("line.not_a_date", "occurred", "không phải ngày có thật")
	}
	cmd = desk.Command{Name: s.Command.Name, Case: s.Case, ID: s.Draft.ID}
	cmd.Body, err = bodyOf(occurred, data)
	return cmd, err
}

func bodyOf(occurred calendar.Date, data map[string]any) ([]byte, error) {
	return json.Marshal(map[string]any{"occurred": occurred, "data": data})
}

// keepDraft keeps what was filled in, and leads back to the form: to be checked, or as it is.
func keepDraft(a *Ask) (string, error) {
	c, _, err := a.command()
	if err != nil {
		return "", err
	}
	if err := a.ParseForm(); err != nil {
		return "", domain.Malformed("web.malformed_form", "", "không đọc được biểu mẫu")
	}
	id, err := uuid.Parse(a.PostFormValue("draft"))
	if err != nil {
		return "", domain.Malformed("web.no_such_draft", "draft", "thiếu mã bản nháp")
	}
	if old, ok := a.drafts.find(id, a.Who.Account); !ok {
		if _, other := a.drafts.anybody(id); other {
			return "", domain.Malformed("web.no_such_draft", "draft", "mã bản nháp đã dùng")
		}
	} else if old.Command != c.Name {
		id = uuid.New()
	}
	d := draft{ID: id, Account: a.Who.Account, Command: c.Name, Case: cmp.Or(a.PostFormValue("case"), uuid.NewString()), Values: map[string]string{}}
	for _, name := range append([]string{"occurred"}, names(c.Fields())...) {
		v := a.PostFormValue("f." + name)
		if len(v) > longestField {
			return "", domain.Malformed("web.too_long", name, "nội dung dài quá %d byte", longestField)
		}
		d.Values[name] = v
	}
	if err := a.drafts.put(d); err != nil {
		return "", err
	}
	next := "/ghi/" + c.Name + "?draft=" + id.String()
	if a.PostFormValue("then") == "keep" {
		return next, nil
	}
	return next + "&check=1", nil
}

func (d *drafts) anybody(id uuid.UUID) (draft, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	one, ok := d.all[id]
	return one, ok
}

func names(fields []domain.Field) (all []string) {
	for _, f := range fields {
		all = append(all, f.Name)
	}
	return all
}

// sendDraft records a draft, and leads to its case. Where the rules refuse it, it leads back to the form, which says why.
func sendDraft(a *Ask) (string, error) {
	c, t, err := a.command()
	if err != nil {
		return "", err
	}
	id, err := uuid.Parse(a.PostFormValue("draft"))
	if err != nil {
		return "", domain.Malformed("web.no_such_draft", "draft", "thiếu mã bản nháp")
	}
	d, ok := a.drafts.find(id, a.Who.Account)
	if !ok {
		return "/ghi/" + c.Name + "?draft=" + id.String(), nil // which says that it is gone
	}
	s := sheet{Command: c, Type: t, Case: d.Case, Draft: d}
	for _, f := range c.Fields() {
		s.Inputs = append(s.Inputs, inputOf(f, d.Values[f.Name], a.Lang))
	}
	cmd, err := a.toSend(s)
	var out desk.Receipt
	if err == nil {
		out, err = a.Desk.Do(a.Context(), cmd)
	}
	if kind := domain.KindOf(err); err != nil && kind != domain.Invalid && kind != domain.Rejected {
		return "", err
	}
	if err != nil {
		return "/ghi/" + c.Name + "?draft=" + id.String() + "&check=1", nil //nolint:nilerr // the form says it beside the field
	}
	a.drafts.drop(id)
	a.untilDone(out)
	return "/ho-so/" + out.Case.String() + "?done=" + strconv.FormatUint(out.Last, 10), nil
}

// untilDone waits until pages show what was just done. Where that takes too long it stays done, and the next page says what is
// missing.
func (a *Ask) untilDone(r desk.Receipt) { _ = a.Desk.WaitFor(a.Context(), r.Position) }

// Answer writes what somebody filled in as people read it.
func (s sheet) Answer(in input) string {
	for _, o := range in.Options {
		if o.Value == in.Value {
			return o.Label
		}
	}
	switch in.Kind {
	case "yes":
		return "có"
	case "place":
		return placeName(area.Code(in.Value), s.Today)
	case "date", "month":
		return writtenText(in.Name, in.Value, s.Today)
	case "person":
		if id, err := uuid.Parse(in.Value); err == nil {
			if p, known, err := s.ask.Desk.Someone(s.ask.Context(), domain.PersonID{UUID: id}); err == nil && known {
				return strings.TrimSpace(p.Name + " " + p.Identity)
			}
		}
	case "number":
		if n, err := strconv.ParseInt(strings.ReplaceAll(in.Value, ".", ""), 10, 64); err == nil && in.Unit != "" {
			return report.Number(n) + " " + report.UnitName(in.Unit)
		}
	}
	return in.Value
}
