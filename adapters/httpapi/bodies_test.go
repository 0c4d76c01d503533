package httpapi_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// bodyFor returns the body of a command that can be read: a value for each required field, by what the field declares. What the
// rules of the case say to it is another question. It names the unit in each field that says where a case belongs.
func bodyFor(c domain.CommandType, unit area.Code) string {
	data := map[string]any{}
	for _, f := range c.Fields() {
		if f.Type == reflect.TypeFor[area.Code]() {
			data[f.Name] = unit
		} else if !f.Optional {
			data[f.Name] = valueFor(f)
		}
	}
	maps.Copy(data, readable[c.Name])
	if _, verb, _ := strings.Cut(c.Name, "."); verb == "correct" || verb == "void" {
		data = map[string]any{"version": 1, "reason": "nhầm", "requester": "minh", "approver": "minh"}
		if verb == "correct" {
			data["data"] = map[string]any{}
		}
	}
	b, err := json.Marshal(map[string]any{"occurred": "2024-04-22", "data": data})
	if err != nil {
		panic(err)
	}
	return string(b)
}

func valueFor(f domain.Field) any {
	switch f.Type {
	case reflect.TypeFor[calendar.Date]():
		return "2024-04-20"
	case reflect.TypeFor[calendar.Month]():
		return "2024-04"
	case reflect.TypeFor[domain.PersonID]():
		return "NLD-1"
	case reflect.TypeFor[json.RawMessage]():
		return map[string]any{}
	}
	switch {
	case len(f.Values) > 0:
		return f.Values[0]
	case f.Type.Kind() == reflect.Bool:
		return true
	case f.Type.Kind() == reflect.Slice:
		return []string{}
	case f.Type.Kind() == reflect.Int || f.Type.Kind() == reflect.Int64 || f.Type.Kind() == reflect.Uint64:
		if f.Min != nil {
			return *f.Min
		}
		return 1
	}
	return "x"
}

// readable are values of fields whose words say more than their types.
var readable = map[string]map[string]any{
	"session.plan":          {"day": "2024-05-20"},
	"counselling.give":      {"person": "NLD-1"},
	"unemployment.file":     {"birth_year": 1985, "months_paid": 40},
	"merit.start_allowance": {"person": "NLD-1", "category": "h", "level": 2000000},
	"convalescent.list":     {"year": 2024},
	"rehab.admit":           {"months": 12, "times": "first"},
	"target.set":            {"indicator": "training.enrolled", "year": 2024},
	"register.issue":        {"number": "85/KH-UBND"},
}
