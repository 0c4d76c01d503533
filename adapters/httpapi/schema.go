package httpapi

import (
	"encoding"
	"encoding/json"
	"net/http"
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// The types whose JSON is not what their Go form suggests.
type (
	dateText   string
	monthText  string
	caseText   string
	uuidText   string
	numberJSON float64
	anyJSON    struct{}
)

const monthPattern = `^[0-9]{4}-(0[1-9]|1[0-2])$`

func (dateText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date"}
}
func (monthText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: monthPattern, Examples: []any{"2024-04"}}
}
func (caseText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: `^[a-z]+-[0-9a-f-]{36}$`, Description: "<case type>-<uuid>"}
}
func (uuidText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "uuid"}
}
func (numberJSON) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Nullable: true, Description: "null: không rõ · unknown"}
}
func (anyJSON) Schema(huma.Registry) *huma.Schema { return &huma.Schema{} }

// schemaName names a type of another package with its package: several have a Case.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if from := path.Base(t.PkgPath()); t.Name() != "" && from != "." && from != "httpapi" {
		name = strings.ToUpper(from[:1]) + from[1:] + name
	}
	return name
}

func schemas() huma.Registry {
	r := huma.NewMapRegistry("#/components/schemas/", schemaName)
	for from, to := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[calendar.Date]():   reflect.TypeFor[dateText](),
		reflect.TypeFor[calendar.Month]():  reflect.TypeFor[monthText](),
		reflect.TypeFor[domain.StreamID](): reflect.TypeFor[caseText](),
		reflect.TypeFor[uuid.UUID]():       reflect.TypeFor[uuidText](),
		reflect.TypeFor[figures.Number]():  reflect.TypeFor[numberJSON](),
		reflect.TypeFor[json.RawMessage](): reflect.TypeFor[anyJSON](),
	} {
		r.RegisterTypeAlias(from, to)
	}
	return r
}

var (
	textType    = reflect.TypeFor[encoding.TextUnmarshaler]()
	rawType     = reflect.TypeFor[json.RawMessage]()
	dateType    = reflect.TypeFor[calendar.Date]()
	monthType   = reflect.TypeFor[calendar.Month]()
	areaType    = reflect.TypeFor[area.Code]()
	integerKind = map[reflect.Kind]bool{reflect.Int: true, reflect.Int64: true, reflect.Uint64: true}
)

// commandSchema describes the body of a command by what its fields declare.
func commandSchema(c domain.CommandType, dateNeeded bool) *huma.Schema {
	data := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Properties: map[string]*huma.Schema{}}
	for _, f := range c.Fields() {
		data.Properties[f.Name] = fieldSchema(f)
		if !f.Optional {
			data.Required = append(data.Required, f.Name)
		}
	}
	body := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Required: []string{"data"}, Properties: map[string]*huma.Schema{
		"occurred": {Type: huma.TypeString, Format: "date", Title: "Ngày của việc", Description: "The day on which it happened; not in the future"},
		"data":     data,
	}}
	if dateNeeded {
		body.Required = []string{"occurred", "data"}
	}
	return body
}

// fieldSchema describes a field: its label is the title, its English label the description, and what JSON Schema has no
// word for stands in x- fields.
func fieldSchema(f domain.Field) *huma.Schema {
	s := typeSchema(f.Type)
	s.Title, s.Description = f.Label.Vi, f.Label.En
	for _, v := range f.Values {
		s.Enum = append(s.Enum, v)
	}
	s.Minimum, s.Maximum = float(f.Min), float(f.Max)
	s.Extensions = map[string]any{}
	for name, text := range map[string]string{"x-unit": f.Unit, "x-hint": f.Hint, "x-law": f.Law} {
		if text != "" {
			s.Extensions[name] = text
		}
	}
	if f.Private {
		s.Extensions["x-private"] = true
	}
	if f.Person {
		s.Extensions["x-person"] = true
		s.Format, s.Description = "", s.Description+" (id or reference of a person)"
	}
	return s
}

func typeSchema(t reflect.Type) *huma.Schema {
	switch {
	case t == dateType:
		return &huma.Schema{Type: huma.TypeString, Format: "date"}
	case t == monthType:
		return &huma.Schema{Type: huma.TypeString, Pattern: monthPattern}
	case t == areaType:
		return &huma.Schema{Type: huma.TypeString, Extensions: map[string]any{"x-area": true}}
	case t == rawType:
		return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
	case reflect.PointerTo(t).Implements(privateType): // Private[T] holds a pointer to its T
		return typeSchema(t.Field(0).Type.Elem())
	case t.Implements(textType) || reflect.PointerTo(t).Implements(textType):
		return &huma.Schema{Type: huma.TypeString}
	case integerKind[t.Kind()]:
		return &huma.Schema{Type: huma.TypeInteger, Format: "int64"}
	case t.Kind() == reflect.Bool:
		return &huma.Schema{Type: huma.TypeBoolean}
	case t.Kind() == reflect.Slice:
		return &huma.Schema{Type: huma.TypeArray, Items: typeSchema(t.Elem())}
	}
	return &huma.Schema{Type: huma.TypeString}
}

// privateType is what a Private of any type implements, and nothing else.
var privateType = reflect.TypeFor[interface{ GoString() string }]()

func float(n *int64) *float64 {
	if n == nil {
		return nil
	}
	f := float64(*n)
	return &f
}

// answers describes the problems of an operation by their statuses.
func answers(statuses ...int) map[string]*huma.Response {
	all := map[string]*huma.Response{}
	for _, status := range append(statuses, http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusServiceUnavailable) {
		all[itoa(status)] = &huma.Response{Ref: "#/components/responses/" + itoa(status)}
	}
	return all
}

// problemResponses are the problems of all operations.
func problemResponses(r huma.Registry) map[string]*huma.Response {
	all := map[string]*huma.Response{}
	schema := r.Schema(reflect.TypeFor[Problem](), true, "Problem")
	for status, title := range domain.StatusTitles() {
		all[itoa(status)] = &huma.Response{Description: title.Vi + " · " + title.En,
			Content: map[string]*huma.MediaType{"application/problem+json": {Schema: schema}}}
	}
	return all
}
