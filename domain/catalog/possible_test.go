package catalog_test

import (
	"testing"
	"time"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
)

// Of a case that is not there yet, what opens it is possible and the rest says why it is not, in both languages.
func TestWhatIsPossibleAtFirst(t *testing.T) {
	t.Parallel()
	c, log := catalog.All(), memlog.New()
	h := domain.NewHandler(c, log, domaintest.Keys(), func() time.Time { return domaintest.Now })
	for _, ct := range c.Types {
		all, err := h.Possibilities(t.Context(), domain.StreamID{Type: ct.Name, ID: domaintest.Case}, 20240401)
		if err != nil {
			t.Fatal(err)
		}
		possible := 0
		for _, p := range all {
			if p.Why == nil {
				possible++
				continue
			}
			if p.Why.Msg == "" || p.Why.En == "" {
				t.Errorf("%s: %v", p.Command.Name, p.Why)
			}
		}
		if possible == 0 && len(all) > 0 {
			t.Errorf("%s: nothing opens a case", ct.Name)
		}
	}
}
