package domain_test

import (
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
)

func TestParseStreamIDRefuses(t *testing.T) {
	id := uuid.NewString()
	for _, s := range []string{"", "loan", "loan-", "-" + id, "Loan-" + id, "lo an-" + id, "loan." + id, "loan-{" + id + "}",
		"loan-urn:uuid:" + id, "loan-" + id + "x", "vốn-" + id, "loan-" + id[:35]} {
		if got, err := domain.ParseStreamID(s); domain.CodeOf(err) != "stream.malformed" {
			t.Errorf("%q: %v, %v", s, got, err)
		}
	}
}

func FuzzParseStreamID(f *testing.F) {
	f.Add("loan-" + uuid.NewString())
	f.Add("loan-6AD5C0A3-0D5C-4F4E-9C0F-0A4D1C2B3E4F")
	f.Add("--")
	f.Fuzz(func(t *testing.T, s string) {
		id, err := domain.ParseStreamID(s)
		if err != nil {
			return
		}
		again, err := domain.ParseStreamID(id.String())
		if err != nil || again != id {
			t.Fatalf("%q is %v, and that is %v, %v", s, id, again, err)
		}
	})
}
