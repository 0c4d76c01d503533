package domain_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"hoso/domain"
)

const person = `"person":"aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb"`

func decodeOpen(data string) (domain.Command, error) {
	return domain.CommandOf[open]("Mở", "Open").Decode([]byte(data))
}

func TestCommandDecodes(t *testing.T) {
	c, err := decodeOpen(`{` + person + `,"amount":5,"kind":"house","note":"mái dột"}`)
	if err != nil {
		t.Fatal(err)
	}
	if o := c.(open); o.Person != borrower || o.Amount != 5 || o.Kind != "house" || o.Tags != nil {
		t.Errorf("%+v", o)
	}
	reveals(t, "note", c.(open).Note, "mái dột")
}

func TestWrongFieldIsNamed(t *testing.T) {
	for name, c := range map[string]struct{ data, code, field string }{
		"missing":             {`{` + person + `,"kind":"house","note":"x"}`, "data.missing", "amount"},
		"null":                {`{` + person + `,"amount":null,"kind":"house","note":"x"}`, "data.missing", "amount"},
		"empty text":          {`{` + person + `,"amount":1,"kind":"house","note":""}`, "data.missing", "note"},
		"nobody":              {`{"person":"00000000-0000-0000-0000-000000000000","amount":1,"kind":"house","note":"x"}`, "data.missing", "person"},
		"unknown":             {`{` + person + `,"amount":1,"kind":"house","note":"x","size":1}`, "data.unknown_field", "size"},
		"other case":          {`{` + person + `,"Amount":1,"kind":"house","note":"x"}`, "data.missing", "amount"},
		"repeated":            {`{` + person + `,"amount":1,"amount":2,"kind":"house","note":"x"}`, "data.repeated_field", "amount"},
		"ill-typed number":    {`{` + person + `,"amount":"1","kind":"house","note":"x"}`, "data.ill_typed", "amount"},
		"fraction":            {`{` + person + `,"amount":1.5,"kind":"house","note":"x"}`, "data.ill_typed", "amount"},
		"too many digits":     {`{` + person + `,"amount":99999999999999999999,"kind":"house","note":"x"}`, "data.ill_typed", "amount"},
		"ill-typed list":      {`{` + person + `,"amount":1,"kind":"house","note":"x","tags":"a"}`, "data.ill_typed", "tags"},
		"ill-typed person":    {`{"person":"somebody","amount":1,"kind":"house","note":"x"}`, "data.ill_typed", "person"},
		"ill-typed private":   {`{` + person + `,"amount":1,"kind":"house","note":12345}`, "data.ill_typed", "note"},
		"sealed value":        {`{` + person + `,"amount":1,"kind":"house","note":{"sealed":"c2VhbGVk"}}`, "data.ill_typed", "note"},
		"sealed after spaces": {`{` + person + `,"amount":1,"kind":"house","note": ` + "\n\t" + `{"sealed":"c2VhbGVk"}}`, "data.ill_typed", "note"},
		"too small":           {`{` + person + `,"amount":0,"kind":"house","note":"x"}`, "data.too_small", "amount"},
		"too large":           {`{` + person + `,"amount":1001,"kind":"house","note":"x"}`, "data.too_large", "amount"},
		"not allowed":         {`{` + person + `,"amount":1,"kind":"car","note":"x"}`, "data.not_allowed", "kind"},
		"a list":              {`[]`, "data.not_an_object", "data"},
		"nothing":             {``, "data.not_an_object", "data"},
		"cut short":           {`{` + person + `,"amount":1,"kind":"house","note":"x"`, "data.not_an_object", "data"},
		"two objects":         {`{` + person + `,"amount":1,"kind":"house","note":"x"} {}`, "data.not_an_object", "data"},
		"a bracket too many":  {`{` + person + `,"amount":1,"kind":"house","note":"x"}}`, "data.not_an_object", "data"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := decodeOpen(c.data)
			var e *domain.Error
			if !errors.As(err, &e) {
				t.Fatalf("%+v, %v; want %s", got, err, c.code)
			}
			if e.Code != c.code || e.Field != c.field || e.Kind != domain.Invalid || e.Msg == "" {
				t.Errorf("%s of field %q (%v), want %s of %q", e.Code, e.Field, e, c.code, c.field)
			}
			if strings.Contains(e.Error(), "12345") {
				t.Errorf("the error quotes a private value: %v", e)
			}
		})
	}
}

func TestFieldsAreDeclared(t *testing.T) {
	fields := domain.Fields(reflect.TypeFor[open]())
	if len(fields) != 5 {
		t.Fatalf("%d fields", len(fields))
	}
	amount := fields[1]
	if amount.Name != "amount" || amount.Label.Vi != "Số tiền" || amount.Unit != "VND" || *amount.Min != 1 || *amount.Max != 1000 || amount.Optional {
		t.Errorf("%+v", amount)
	}
	if !fields[0].Person || !fields[4].Private || !fields[3].Optional || len(fields[2].Values) != 2 {
		t.Errorf("%+v", fields)
	}
}

func TestMarshalCommandIsReadBack(t *testing.T) {
	in := openOf(100)
	data, err := domain.MarshalCommand(in, "")
	if err != nil {
		t.Fatal(err)
	}
	out, err := decodeOpen(string(data))
	if err != nil || !reflect.DeepEqual(out, in) {
		t.Errorf("%s gives %+v, %v", data, out, err)
	}
}

func FuzzCommandDecode(f *testing.F) {
	f.Add([]byte(`{` + person + `,"amount":5,"kind":"house","note":"x","tags":["a"]}`))
	f.Add([]byte(`{"amount":1,"amount":1}`))
	f.Add([]byte(`{"note":{"sealed":""}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := decodeOpen(string(data))
		if err != nil {
			if domain.KindOf(err) != domain.Invalid {
				t.Fatalf("%q: %v is no error of the sender", data, err)
			}
			return
		}
		o := c.(open)
		if o.Person.IsZero() || o.Amount < 1 || o.Amount > 1000 || (o.Kind != "house" && o.Kind != "school") || o.Note.IsZero() {
			t.Fatalf("%q passed as %+v", data, o)
		}
	})
}
