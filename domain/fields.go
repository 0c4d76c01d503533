package domain

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Text is a label in both languages of the service.
type Text struct {
	Vi string `json:"vi"`
	En string `json:"en"`
}

// Field describes one field of a command. It is declared once, in the tags of the command's struct:
//
//	Level int64 `json:"level" vi:"Mức hưởng hằng tháng" en:"Monthly level" unit:"VND" min:"1" law:"Luật Việc làm 38/2013 Đ50"`
//
// Forms, import templates, validation and the API's schema all come from here. A field with omitempty or omitzero
// may be left out; every other one is required.
type Field struct {
	Name     string // in JSON
	Label    Text
	Unit     string // of the quantity: VND, kg, tháng…
	Hint     string
	Law      string   // document and article
	Values   []string // the allowed ones, where the set is closed
	Min, Max *int64
	Optional bool
	Private  bool // holds personal data
	Person   bool // names a person
	Type     reflect.Type
	index    []int
}

// Of returns what stands in the field in a value of the type that declares it.
func (f Field) Of(v any) any { return reflect.ValueOf(v).FieldByIndex(f.index).Interface() }

var declared sync.Map // reflect.Type -> []Field

// Fields returns the fields that a struct type declares, in their order.
func Fields(t reflect.Type) []Field {
	if v, ok := declared.Load(t); ok {
		return v.([]Field)
	}
	var fields []Field
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || !f.IsExported() || name == "" || name == "-" {
			continue
		}
		fields = append(fields, Field{
			Name:     name,
			Label:    Text{f.Tag.Get("vi"), f.Tag.Get("en")},
			Unit:     f.Tag.Get("unit"),
			Hint:     f.Tag.Get("hint"),
			Law:      f.Tag.Get("law"),
			Values:   splitValues(f.Tag.Get("values")),
			Min:      bound(f.Tag, "min"),
			Max:      bound(f.Tag, "max"),
			Optional: strings.Contains(options, "omit"),
			Private:  reflect.PointerTo(f.Type).Implements(secretType),
			Person:   f.Type == reflect.TypeFor[PersonID](),
			Type:     f.Type,
			index:    f.Index,
		})
	}
	declared.Store(t, fields)
	return fields
}

func splitValues(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

func bound(tag reflect.StructTag, key string) *int64 {
	n, err := strconv.ParseInt(tag.Get(key), 10, 64)
	if err != nil {
		return nil
	}
	return &n
}

// decodeFields reads the fields of a JSON object into the struct that ptr points to, strictly: an unknown, missing,
// ill-typed or out-of-range field is an error that names the field. With partial set, missing fields keep the value
// that they have.
func decodeFields(raw map[string]json.RawMessage, ptr any, partial bool) error {
	v := reflect.ValueOf(ptr).Elem()
	for _, f := range Fields(v.Type()) {
		value, ok := raw[f.Name]
		delete(raw, f.Name)
		if !ok || string(value) == "null" {
			if !f.Optional && !partial {
				return Malformed("data.missing", f.Name, "thiếu trường bắt buộc")
			}
			continue
		}
		if err := f.decode(value, v.FieldByIndex(f.index)); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		return Malformed("data.unknown_field", clip(name), "trường không có trong biểu mẫu")
	}
	return nil
}

func (f Field) decode(raw []byte, into reflect.Value) error {
	if f.Private && bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return Malformed("data.ill_typed", f.Name, "giá trị không đúng kiểu")
	}
	into.SetZero() // json would write into a slice or map that the value before the correction shares
	if err := json.Unmarshal(raw, into.Addr().Interface()); err != nil {
		var own *Error
		var kind *json.UnmarshalTypeError
		switch {
		case f.Private:
			return Malformed("data.ill_typed", f.Name, "giá trị không đúng kiểu")
		case errors.As(err, &own):
			return &Error{Kind: own.Kind, Code: own.Code, Field: f.Name, Msg: own.Msg}
		case errors.As(err, &kind):
			return Malformed("data.ill_typed", f.Name, "giá trị không đúng kiểu, cần %s", kindName(into.Kind()))
		}
		return Malformed("data.ill_typed", f.Name, "%s", err.Error())
	}
	switch into.Kind() {
	case reflect.Int, reflect.Int64, reflect.Uint64:
		n := into.Convert(reflect.TypeFor[int64]()).Int()
		if f.Min != nil && n < *f.Min {
			return Malformed("data.too_small", f.Name, "phải từ %d trở lên", *f.Min)
		}
		if f.Max != nil && n > *f.Max {
			return Malformed("data.too_large", f.Name, "không được quá %d", *f.Max)
		}
	case reflect.String:
		s := into.String()
		if f.Values != nil && !slices.Contains(f.Values, s) {
			return Malformed("data.not_allowed", f.Name, "chỉ nhận một trong: %s", strings.Join(f.Values, ", "))
		}
		if s == "" && !f.Optional {
			return Malformed("data.missing", f.Name, "thiếu trường bắt buộc")
		}
	default:
		if isUnset(into) && !f.Optional && into.Kind() != reflect.Bool {
			return Malformed("data.missing", f.Name, "thiếu trường bắt buộc")
		}
	}
	return nil
}

// isUnset tells whether nothing stands in a field, also where the type has its own idea of nothing: an empty Private.
func isUnset(v reflect.Value) bool {
	if z, ok := v.Interface().(interface{ IsZero() bool }); ok {
		return z.IsZero()
	}
	return v.IsZero()
}

func kindName(k reflect.Kind) string {
	switch k {
	case reflect.Int, reflect.Int64, reflect.Uint64:
		return "số nguyên"
	case reflect.Bool:
		return "true hoặc false"
	}
	return "chuỗi ký tự"
}

// object reads a JSON object without letting a repeated name pass.
func object(data []byte) (map[string]json.RawMessage, error) {
	bad := Malformed("data.not_an_object", "data", "phải là một đối tượng JSON")
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, bad
	}
	m := map[string]json.RawMessage{}
	for d.More() {
		t, err := d.Token()
		name, ok := t.(string)
		if err != nil || !ok {
			return nil, bad
		}
		if _, twice := m[name]; twice {
			return nil, Malformed("data.repeated_field", clip(name), "trường xuất hiện hai lần")
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return nil, bad
		}
		m[name] = raw
	}
	if t, err := d.Token(); err != nil || t != json.Delim('}') { // More is false at a cut end, too
		return nil, bad
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, bad
	}
	return m, nil
}

// clip keeps a name in an error short when somebody sends a book.
func clip(s string) string {
	if len(s) > 40 {
		return strings.ToValidUTF8(s[:40], "") + "…"
	}
	return s
}
