package intake_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/intake"
)

// A command in parts is the request that a line with the same words is, so that it is known whichever way it comes again.
func TestACommandInPartsIsItsLine(t *testing.T) {
	t.Parallel()
	p, id := parser(t), uuid.New()
	parse(t, p, registerLan)
	line := parse(t, p, `{"id":"`+id.String()+`",`+fileLan[1:])
	inParts, err := p.Command(t.Context(), intake.Command{Name: "unemployment.file", Case: "HS-1", ID: id,
		Body: []byte(`{"occurred":"2024-04-03","data":{"person":"nguoi-1","commune":"06550","sex":"female","birth_year":1985,"channel":"direct","residence":"own","months_paid":40}}`)})
	if err != nil {
		t.Fatal(err)
	}
	line.Actor = domain.Actor{ID: "import"} // a command in parts does not say who gives it
	if d := cmp.Diff(line.Request, inParts.Request); d != "" {
		t.Errorf("(-line +parts)\n%s", d)
	}
}

func TestACommandInPartsSaysNothingElse(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for body, code := range map[string]string{
		`{"occurred":"2024-04-03","data":{},"actor":"giam-doc"}`:      "line.unknown_field",
		`{"occurred":"2024-04-03","data":{},"unit":"20"}`:             "line.unknown_field",
		`{"occurred":"2024-04-03","data":{},"command":"period.open"}`: "line.unknown_field",
		`{"occurred":"2024-04-03","data":{"days":[]},"data":{}}`:      "line.repeated_field",
		`{"occurred":"2024-04-03","data":{}} {}`:                      "line.not_json",
		`{"occurred":"2024-04-03","data":{}`:                          "line.not_json",
		`[]`:                                                          "line.not_json",
		``:                                                            "line.not_json",
		strings.Repeat(`{"data":`, 5000):                              "line.not_json",
		"{\"occurred\":\"2024-04-03\xff\"}":                           "line.not_utf8",
		`{"occurred":"2024-04-03"}`:                                   "line.missing",
		`{"occurred":"2024-04-03","data":{"x":1}}`:                    "data.unknown_field",
	} {
		_, err := p.Command(t.Context(), intake.Command{Name: "unemployment.decide", Case: "HS-1", ID: uuid.New(), Body: []byte(body)})
		if domain.CodeOf(err) != code {
			t.Errorf("%.60s: %v (%s), want %s", body, err, domain.CodeOf(err), code)
		}
	}
	for _, c := range []intake.Command{
		{Name: "unemployment.decide", Case: "HS\xff"}, {Name: "unemployment.decide", Case: "HS\x00"},
		{Name: "unemployment.decide", Case: " "}, {Name: "unemployment.decide", Case: strings.Repeat("x", 300)},
		{Name: "period.nothing", Case: "x"}, {Name: "", Case: "x"}, {Name: "unemployment.decide"},
	} {
		c.ID, c.Body = uuid.New(), []byte(`{"occurred":"2024-04-03","data":{"level":3000000,"months":3}}`)
		if _, err := p.Command(t.Context(), c); domain.KindOf(err) != domain.Invalid {
			t.Errorf("%q %q: %v", c.Name, c.Case, err)
		}
	}
}
